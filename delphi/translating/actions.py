"""Adding a language to a study, and keeping translations: nobody's are overwritten unseen."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, select

from analysis.study.records import TranslationState
from delphi import audit
from delphi.dataset import outcomes_of, protocol_of
from delphi.dataset.protocols import text_of
from delphi.extensions import db
from delphi.models import Outcome, Study, StudyText, Wording
from delphi.models.study import new_version
from delphi.translating.held import NOTHING, Given, Translation, Translations, held_in
from delphi.translating.offered import languages_to_add
from delphi.translating.texts import OUTCOMES, Item, items_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How many items changed, and those that were not saved: somebody else changed them meanwhile."""

    changed: int
    late: tuple[Given, ...]
    held: Translations


def add_language(study_id: int, *, language: str, by: str, now: datetime) -> bool:
    """Give the study one more language, with nothing translated; False if it has it, or we have it not."""
    study = _begin(study_id)
    protocol = protocol_of(study)
    if language not in {each.code for each in languages_to_add(protocol.study.languages)}:
        db.session.rollback()
        return False
    identity = replace(protocol.study, languages=(*protocol.study.languages, language))
    study.protocol = text_of(replace(protocol, study=identity))
    audit.record(db.session, at=now, actor=by, action="language added", study_id=study_id, language=language)
    db.session.commit()
    return True


def keep_translations(
    given: Collection[Given],
    *,
    study_id: int,
    language: str,
    whole: bool,
    by: str,
    now: datetime,
) -> Kept:
    """Keep what was changed. `whole`: where one was changed by somebody else meanwhile, none is kept."""
    study = _begin(study_id)
    protocol = protocol_of(study)
    items = items_of(protocol, outcomes=outcomes_of(study_id))
    held = held_in(study_id, language=language, languages=protocol.study.languages, items=items)
    late = tuple(each for each in given if each.is_late(held.get(each.item.key, NOTHING)))
    if late and whole:
        db.session.rollback()
        return Kept(changed=0, late=late, held=held)
    changed = {
        each.item.key: each.translation
        for each in given
        if each not in late and each.changes(held.get(each.item.key, NOTHING))
    }
    _write(changed, study_id=study_id, language=language, items=items)
    if changed:
        study.wordings_version = new_version()
        audit.record(
            db.session,
            at=now,
            actor=by,
            action="texts translated",
            study_id=study_id,
            language=language,
            texts=len(changed),
            checked=sum(each.is_checked for each in changed.values()),
        )
    db.session.commit()
    return Kept(changed=len(changed), late=late, held=held)


def _begin(study_id: int) -> Study:
    """Begin a write: until the commit nobody else translates this study or changes its languages."""
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    query = select(Study).where(Study.id == study_id).with_for_update(key_share=True)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _write(changed: Translations, *, study_id: int, language: str, items: Collection[Item]) -> None:
    texts = {key: each for key, each in changed.items() if not key.startswith(f"{OUTCOMES}.")}
    mine = (StudyText.study_id == study_id, StudyText.language == language)
    db.session.execute(delete(StudyText).where(*mine, StudyText.key.in_(list(texts))))
    places = {item.key: place for place, item in enumerate(items)}
    db.session.add_all(
        StudyText(
            study_id=study_id,
            language=language,
            key=key,
            position=places[key],
            text=each.texts[key],
            state=_state(each),
        )
        for key, each in texts.items()
        if each.texts
    )
    outcomes = {item.key.removeprefix(f"{OUTCOMES}."): item for item in items if item.part == OUTCOMES}
    query = select(Outcome.id, Outcome.code).where(Outcome.study_id == study_id)
    for outcome_id, code in db.session.execute(query).all():
        item = outcomes[code]
        if item.key in changed:
            _write_wording(changed[item.key], item, outcome_id=outcome_id, language=language)


def _write_wording(translation: Translation, item: Item, *, outcome_id: int, language: str) -> None:
    """Write what the page showed; what a bundle brought besides, such as plainer words, stays."""
    wording = db.session.get(Wording, (outcome_id, language))
    if wording is None:
        wording = Wording(outcome_id=outcome_id, language=language, label="", descriptor="", plain="")
        db.session.add(wording)
    for piece in item.pieces:
        setattr(wording, piece.key.rpartition(".")[2], translation.of(piece))
    wording.state = _state(translation)
    if not (wording.label or wording.descriptor or wording.plain):
        db.session.flush()
        db.session.delete(wording)


def _state(translation: Translation) -> TranslationState:
    return TranslationState.CHECKED if translation.is_checked else TranslationState.DRAFT

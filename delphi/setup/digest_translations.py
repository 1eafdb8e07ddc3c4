"""Putting the lines of a digest into another language of the study."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from analysis.study.records import TranslationState
from analysis.study.translation import digest_key
from delphi import audit
from delphi.domain.answers import LONGEST_COMMENT, TooLong, read_comment
from delphi.domain.receipt import sha256_of
from delphi.extensions import db
from delphi.feedback.digest import digest_lines
from delphi.models import Study, StudyText
from delphi.setup.digest_actions import wait_for_others
from delphi.setup.queries import synthetic_note
from delphi.setup.round_facts import protocol_in_view, round_id_of
from delphi.web.language import StudyLanguage, language_of_study

Texts = Mapping[str, "Translated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """A translation; `fault`: why it was not saved."""

    text: str = ""
    is_checked: bool = False
    fault: str = ""

    @property
    def fingerprint(self) -> str:
        """Tells one translation from another without its words."""
        return sha256_of(f"{self.is_checked} {self.text}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineToTranslate:
    """A line and what it says in the other language; `seen`: the fingerprint of what is held."""

    field: str
    text: str
    written_in: StudyLanguage
    translated: Translated
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationPage:
    """The lines of a round's digest that are not in `language`."""

    study: str
    study_title: str
    synthetic: str
    round_code: str
    round_label: str
    language: StudyLanguage
    lines: tuple[LineToTranslate, ...]

    @property
    def faults(self) -> tuple[LineToTranslate, ...]:
        """The lines with something wrong."""
        return tuple(line for line in self.lines if line.translated.fault)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How many translations changed, and those that were not saved, by key."""

    changed: int
    not_saved: Texts


NOTHING_SENT: Texts = {}


def translation_page(
    study_id: int, round_code: str, *, language: str, sent: Texts = NOTHING_SENT
) -> TranslationPage | None:
    """The lines to translate; None if the study has no such round or language. `sent`: what was not saved."""
    protocol, round_id = protocol_in_view(study_id), round_id_of(study_id, round_code)
    if round_id is None or language not in protocol.study.languages:
        return None
    held = _held(study_id, language)
    lines = []
    for text, written_in in _foreign_lines(study_id, round_id, language=language).items():
        key = digest_key(text)
        now = held.get(key, Translated())
        lines.append(
            LineToTranslate(
                field=_field(key),
                text=text,
                written_in=language_of_study(written_in),
                translated=sent.get(key, now),
                seen=now.fingerprint,
            )
        )
    return TranslationPage(
        study=protocol.study.code,
        study_title=protocol.study.title,
        synthetic=synthetic_note(protocol),
        round_code=round_code,
        round_label=protocol.round(round_code).label,
        language=language_of_study(language),
        lines=tuple(lines),
    )


def keep_translations(
    form: Mapping[str, str], *, study_id: int, round_code: str, language: str, by: str, now: datetime
) -> Kept:
    """Keep the translations that were changed; one that somebody else changed meanwhile is not overwritten.

    An empty one takes it away.
    """
    wait_for_others(Study, study_id)
    round_id, held = round_id_of(study_id, round_code) or 0, _held(study_id, language)
    changed: dict[str, Translated] = {}
    not_saved: dict[str, Translated] = {}
    for text in _foreign_lines(study_id, round_id, language=language):
        key = digest_key(text)
        given = _given(form, _field(key), held=held.get(key, Translated()))
        if given is not None:
            (not_saved if given.fault else changed)[key] = given
    _replace(changed, study_id=study_id, language=language)
    if changed:
        audit.record(
            db.session,
            at=now,
            actor=by,
            action="digest translated",
            study_id=study_id,
            round=round_code,
            language=language,
            lines=len(changed),
        )
    db.session.commit()
    return Kept(changed=len(changed), not_saved=not_saved)


def _given(form: Mapping[str, str], field: str, *, held: Translated) -> Translated | None:
    """What a form says of a line; None where it changes nothing."""
    if field not in form:
        return None
    is_checked = form.get(f"{field}-checked") == "yes"
    try:
        text = " ".join(read_comment(form[field]).split())
    except TooLong as fault:
        words = f"Write {LONGEST_COMMENT:,} characters or fewer. You have {fault.length:,}."
        return Translated(text=form[field], is_checked=is_checked, fault=words)
    given = Translated(text=text, is_checked=is_checked and bool(text))
    if given.fingerprint in (held.fingerprint, form.get(f"{field}-seen")):
        return None
    if form.get(f"{field}-seen") != held.fingerprint:
        words = f"Somebody else wrote here meanwhile: “{held.text}”. Save again to put yours in its place."
        return Translated(text=text, is_checked=given.is_checked, fault=words)
    return given


def _foreign_lines(study_id: int, round_id: int, *, language: str) -> dict[str, str]:
    """The lines of a digest that are in another language, each with the one it is in."""
    first = protocol_in_view(study_id).study.languages[0]
    lines = [line for each in digest_lines([round_id]).values() for line in each]
    return {line.text: line.language or first for line in lines if (line.language or first) != language}


def _held(study_id: int, language: str) -> dict[str, Translated]:
    query = select(StudyText.key, StudyText.text, StudyText.state)
    mine = (StudyText.study_id == study_id, StudyText.language == language)
    return {
        key: Translated(text=text, is_checked=state is TranslationState.CHECKED)
        for key, text, state in db.session.execute(query.where(*mine))
    }


def _replace(changed: Mapping[str, Translated], *, study_id: int, language: str) -> None:
    mine = (StudyText.study_id == study_id, StudyText.language == language)
    db.session.execute(delete(StudyText).where(*mine, StudyText.key.in_(list(changed))))
    last = db.session.scalar(select(func.max(StudyText.position)).where(StudyText.study_id == study_id)) or 0
    db.session.add_all(
        StudyText(
            study_id=study_id,
            language=language,
            key=key,
            position=last + place,
            text=each.text,
            state=TranslationState.CHECKED if each.is_checked else TranslationState.DRAFT,
        )
        for place, (key, each) in enumerate(changed.items(), start=1)
        if each.text
    )


def _field(key: str) -> str:
    return key.replace(".", "-")

"""The earlier forms of the outcomes of one page."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from analysis.study.records import LineageAction
from delphi.domain.ancestry import Sources, earlier_forms
from delphi.extensions import db
from delphi.models import LineageMember, LineageStep, ListedOutcome, Outcome, Side, Wording
from delphi.web.language import note_untranslated

CHANGES = (LineageAction.MERGED, LineageAction.REWORDED, LineageAction.SPLIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierForm:
    """An outcome as an earlier round listed it, its label in the language of the page."""

    outcome_id: int
    label: str


def forms_of(
    outcome_ids: Collection[int], *, listed_in: int, decisions: Sequence[Sources], language: str | None
) -> dict[int, tuple[EarlierForm, ...]]:
    """The forms in the list of round `listed_in` that each outcome comes from.

    `decisions`: what was made into what after that round and each since, up to today's without it.
    `language` None: the page is in the study's first language.
    """
    labels = _listed(listed_in, language=language)
    forms = {
        outcome_id: earlier_forms(outcome_id, decisions=decisions, listed=labels)
        for outcome_id in outcome_ids
    }
    if language is not None:
        named = {form for each in forms.values() for form in each}
        note_untranslated(own for form, (own, theirs) in labels.items() if form in named and not theirs)
    return {
        outcome_id: tuple(
            EarlierForm(outcome_id=form, label=labels[form][1] or labels[form][0]) for form in each
        )
        for outcome_id, each in forms.items()
    }


def _listed(round_id: int, *, language: str | None) -> dict[int, tuple[str, str]]:
    """Each outcome of a round's list: its label, and the one in the language of the page or ""."""
    query = (
        select(Outcome.id, Outcome.label, Wording.label)
        .join(ListedOutcome, ListedOutcome.outcome_id == Outcome.id)
        .outerjoin(Wording, and_(Wording.outcome_id == Outcome.id, Wording.language == language))
        .where(ListedOutcome.round_id == round_id)
    )
    return {id_: (own, theirs or "") for id_, own, theirs in db.session.execute(query)}


def decisions_after(round_ids: Sequence[int]) -> list[Sources]:
    """What was made into what after each of the rounds."""
    source, result = aliased(LineageMember), aliased(LineageMember)
    query = (
        select(LineageStep.round_id, result.outcome_id.label("result"), source.outcome_id.label("source"))
        .join(result, (result.step_id == LineageStep.id) & (result.side == Side.TO))
        .join(source, (source.step_id == LineageStep.id) & (source.side == Side.FROM))
        .where(LineageStep.round_id.in_(round_ids), LineageStep.action.in_(CHANGES))
        .order_by(LineageStep.position, source.position)
    )
    after: dict[int, dict[int, list[int]]] = {round_id: defaultdict(list) for round_id in round_ids}
    for row in db.session.execute(query):
        after[row.round_id][row.result].append(row.source)
    return list(after.values())

"""The earlier forms of the outcomes of one page."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from analysis.study.records import LineageAction
from delphi.domain.ancestry import Sources, earlier_forms
from delphi.extensions import db
from delphi.models import LineageMember, LineageStep, ListedOutcome, Outcome, Side

CHANGES = (LineageAction.MERGED, LineageAction.REWORDED, LineageAction.SPLIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierForm:
    """An outcome as an earlier round listed it."""

    outcome_id: int
    label: str


def forms_of(
    outcome_ids: Collection[int], *, listed_in: int, rounds_since: Sequence[int]
) -> dict[int, tuple[EarlierForm, ...]]:
    """The forms in the list of round `listed_in` that each outcome comes from.

    `rounds_since` names that round and those after it, up to today's without it, in their order.
    """
    listed = _listed(listed_in)
    decisions = _decisions(rounds_since)
    return {
        outcome_id: tuple(
            listed[form] for form in earlier_forms(outcome_id, decisions=decisions, listed=listed)
        )
        for outcome_id in outcome_ids
    }


def _listed(round_id: int) -> dict[int, EarlierForm]:
    query = (
        select(Outcome.id, Outcome.label)
        .join(ListedOutcome, ListedOutcome.outcome_id == Outcome.id)
        .where(ListedOutcome.round_id == round_id)
    )
    return {row.id: EarlierForm(outcome_id=row.id, label=row.label) for row in db.session.execute(query)}


def _decisions(round_ids: Sequence[int]) -> list[Sources]:
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

"""Decisions after rounds, and the outcomes that they speak of in the language of the page."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import and_, select

from delphi.changes.pages import Change, Text
from delphi.domain.lineage_story import After, Decision
from delphi.extensions import db
from delphi.models import LineageMember, LineageStep, ListedOutcome, Outcome, Side, Wording
from delphi.standing import RoundFacts, Standing
from delphi.web.language import note_untranslated

Texts = Mapping[int, Text]


def decided_after(rounds: Sequence[RoundFacts], *, then: RoundFacts | None) -> list[After]:
    """What was decided after each of the rounds, which follow one another; three statements.

    `then`: the round that opened after the last of them, None if none has.
    """
    decisions = _decisions([each.round_id for each in rounds])
    lists = _lists([each.round_id for each in (*rounds, *((then,) if then else ()))])
    if then is not None and then.planned is not None:
        lists[then.round_id] = then.planned
    return [
        After(
            listed=lists[each.round_id],
            decisions=tuple(decisions[each.round_id]),
            then=lists[following.round_id] if following else None,
        )
        for each, following in zip(rounds, (*rounds[1:], then), strict=True)
    ]


def _lists(round_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    query = (
        select(ListedOutcome.round_id, ListedOutcome.outcome_id)
        .where(ListedOutcome.round_id.in_(round_ids))
        .order_by(ListedOutcome.position)
    )
    lists: dict[int, tuple[int, ...]] = dict.fromkeys(round_ids, ())
    for round_id, outcome_id in db.session.execute(query):
        lists[round_id] += (outcome_id,)
    return lists


def _decisions(round_ids: Sequence[int]) -> dict[int, list[Decision]]:
    steps = db.session.execute(
        select(LineageStep.id, LineageStep.round_id, LineageStep.action, LineageStep.reason, LineageStep.told)
        .where(LineageStep.round_id.in_(round_ids))
        .order_by(LineageStep.position)
    ).all()
    members: dict[tuple[int, Side], list[int]] = defaultdict(list)
    query = (
        select(LineageMember.step_id, LineageMember.side, LineageMember.outcome_id)
        .join(LineageStep, LineageStep.id == LineageMember.step_id)
        .where(LineageStep.round_id.in_(round_ids))
        .order_by(LineageMember.position)
    )
    for step_id, side, outcome_id in db.session.execute(query):
        members[step_id, side].append(outcome_id)
    after: dict[int, list[Decision]] = {round_id: [] for round_id in round_ids}
    for step in steps:
        decision = Decision(
            action=step.action,
            sources=tuple(members[step.id, Side.FROM]),
            results=tuple(members[step.id, Side.TO]),
            reason=step.told or step.reason,
        )
        after[step.round_id].append(decision)
    return after


def texts_of(outcome_ids: Collection[int], *, standing: Standing) -> Texts:
    """The wordings of outcomes in the language of the page."""
    query = (
        select(Outcome.id, Outcome.label, Outcome.descriptor, Wording.label, Wording.descriptor)
        .outerjoin(Wording, and_(Wording.outcome_id == Outcome.id, Wording.language == standing.language))
        .where(Outcome.id.in_(outcome_ids))
    )
    found = {}
    for id_, label, descriptor, their_label, their_descriptor in db.session.execute(query):
        if standing.is_translated:
            pairs = ((label, their_label), (descriptor, their_descriptor))
            note_untranslated(own for own, theirs in pairs if not theirs)
        found[id_] = Text(label=their_label or label, descriptor=their_descriptor or descriptor)
    return found


def outcomes_in(decisions: Iterable[Decision]) -> set[int]:
    """Every outcome that the decisions speak of."""
    return {outcome_id for each in decisions for outcome_id in (*each.sources, *each.results)}


def change_of(decision: Decision, *, texts: Texts) -> Change:
    """A decision in the texts that it is about."""
    return Change(
        action=decision.action,
        before=tuple(texts[outcome_id] for outcome_id in decision.sources),
        now=tuple(texts[outcome_id] for outcome_id in decision.results),
        reason=decision.reason,
    )


def note_reasons(decisions: Iterable[Decision], *, standing: Standing) -> None:
    """Say that the team's reasons are in the study's first language."""
    if standing.is_translated:
        note_untranslated(decision.reason for decision in decisions if decision.reason)

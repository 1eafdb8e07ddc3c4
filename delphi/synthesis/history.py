"""A round's decisions and its list, as they are in the database."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from delphi.domain.deciding import Decided, OutcomeText
from delphi.domain.rounds import RoundState, state_of
from delphi.extensions import db
from delphi.models import (
    Decision,
    DecisionComment,
    DecisionResult,
    DecisionSource,
    LineageStep,
    ListedOutcome,
    MadeList,
    Outcome,
    Round,
    User,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An outcome of a round's list."""

    outcome_id: int
    code: str
    text: OutcomeText

    @property
    def said(self) -> str:
        """What is compared with other texts."""
        return f"{self.text.label} {self.text.descriptor}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundInView:
    """A round and how far deciding on it is. `later_opened`: the next round has its list already."""

    round_id: int
    code: str
    state: RoundState
    made_at: datetime | None
    has_lineage: bool
    later_opened: bool

    @property
    def may_decide(self) -> bool:
        """Whether decisions can still be made."""
        return self.state is RoundState.CLOSED and not (self.made_at or self.has_lineage or self.later_opened)


def round_in_view(study_id: int, round_code: str) -> RoundInView | None:
    """Return a round of the study, None if it has no such round."""
    later = select(Round.id).where(Round.study_id == study_id, Round.opened_at.is_not(None))
    row = db.session.execute(
        select(Round.id, Round.opened_at, Round.closed_at, Round.position, MadeList.made_at)
        .outerjoin(MadeList, MadeList.round_id == Round.id)
        .where(Round.study_id == study_id, Round.code == round_code)
    ).one_or_none()
    if row is None:
        return None
    has_lineage = select(LineageStep.id).where(LineageStep.round_id == row.id).exists()
    facts = db.session.execute(
        select(
            has_lineage.label("lineage"), later.where(Round.position > row.position).exists().label("later")
        )
    ).one()
    return RoundInView(
        round_id=row.id,
        code=round_code,
        state=state_of(row.opened_at, row.closed_at),
        made_at=row.made_at,
        has_lineage=facts.lineage,
        later_opened=facts.later,
    )


def list_of_round(round_id: int) -> dict[str, Listed]:
    """Return the outcomes that the round asked about, by code, in their order."""
    query = (
        select(Outcome.id, Outcome.code, Outcome.label, Outcome.descriptor, Outcome.plain, Outcome.domain)
        .join(ListedOutcome, ListedOutcome.outcome_id == Outcome.id)
        .where(ListedOutcome.round_id == round_id)
        .order_by(ListedOutcome.position)
    )
    return {
        code: Listed(
            outcome_id=id_,
            code=code,
            text=OutcomeText(label=label, descriptor=descriptor, plain=plain, domain=domain),
        )
        for id_, code, label, descriptor, plain, domain in db.session.execute(query)
    }


def history_of(round_id: int) -> tuple[Decided, ...]:
    """Return every decision that was ever made after the round, undone ones too, oldest first."""
    rows = db.session.execute(
        select(Decision, User.name)
        .join(User, User.id == Decision.user_id)
        .where(Decision.round_id == round_id)
        .order_by(Decision.number)
    ).all()
    if not rows:
        return ()
    sources, results, cited = _sources(round_id), _results(round_id), _cited(round_id)
    return tuple(
        Decided(
            number=row.number,
            kind=row.kind,
            sources=tuple(sources[row.id]),
            results=tuple(results[row.id]),
            reason=row.reason,
            told=row.told,
            cited=tuple(cited[row.id]),
            undoes=row.undoes,
            by=name,
            at=row.decided_at,
        )
        for row, name in rows
    )


def _sources(round_id: int) -> Mapping[int, list[str]]:
    query = (
        select(DecisionSource.decision_id, Outcome.code)
        .join(Outcome, Outcome.id == DecisionSource.outcome_id)
        .join(Decision, Decision.id == DecisionSource.decision_id)
        .where(Decision.round_id == round_id)
        .order_by(DecisionSource.position)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for decision_id, code in db.session.execute(query):
        found[decision_id].append(code)
    return found


def _results(round_id: int) -> Mapping[int, list[OutcomeText]]:
    query = (
        select(DecisionResult)
        .join(Decision, Decision.id == DecisionResult.decision_id)
        .where(Decision.round_id == round_id)
        .order_by(DecisionResult.position)
    )
    found: dict[int, list[OutcomeText]] = defaultdict(list)
    for row in db.session.scalars(query):
        text = OutcomeText(label=row.label, descriptor=row.descriptor, plain=row.plain, domain=row.domain)
        found[row.decision_id].append(text)
    return found


def _cited(round_id: int) -> Mapping[int, list[int]]:
    query = (
        select(DecisionComment.decision_id, DecisionComment.comment_id)
        .join(Decision, Decision.id == DecisionComment.decision_id)
        .where(Decision.round_id == round_id)
        .order_by(DecisionComment.comment_id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for decision_id, comment_id in db.session.execute(query):
        found[decision_id].append(comment_id)
    return found

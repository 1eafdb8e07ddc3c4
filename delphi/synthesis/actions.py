"""Deciding: every decision is a row that is added; a page that has not seen the newest is refused."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import insert, select

from delphi import audit
from delphi.domain.deciding import (
    BY_RULE,
    Decided,
    DecisionKind,
    OutcomeText,
    newer_on,
    newest,
    standing_decisions,
)
from delphi.extensions import db
from delphi.models import Decision, DecisionComment, DecisionResult, DecisionSource, Round
from delphi.synthesis.figures import RoundFigures
from delphi.synthesis.history import Listed, history_of, list_of_round, round_in_view


class NotNow(Exception):
    """The round is not closed, or its list has been made: nothing can be decided."""


class SomebodyElse(Exception):
    """Others decided on the same outcomes since the page was made; nothing was saved."""

    def __init__(self, newer: Sequence[Decided]) -> None:
        super().__init__("decided on by somebody else")
        self.newer = tuple(newer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who acts, and when: a user of the team, and their name in the audit trail."""

    user_id: int
    actor: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A decision as a form asks for it; `sources`: codes of outcomes in the round's list."""

    kind: DecisionKind
    sources: tuple[str, ...]
    results: tuple[OutcomeText, ...]
    reason: str
    told: str
    cited: tuple[int, ...] = ()
    undoes: int | None = None


def decide(study_id: int, round_code: str, *, wanted: Wanted, seen: int, by: Who) -> int:
    """Add a decision and return its number. `seen`: the newest decision that the page could show.

    Raises NotNow where nothing can be decided, SomebodyElse where somebody decided on one of its outcomes
    since then: of two who merge the same outcome at once, one wins and the other is told.
    """
    listed, history, round_id = begin_deciding(study_id, round_code)
    newer = newer_on(history, wanted.sources, seen=seen)
    if newer:
        db.session.rollback()
        raise SomebodyElse(newer)
    number = newest(history) + 1
    _add(round_id, [(number, wanted)], listed=listed, by=by)
    _record(study_id, round_code, f"decided: {wanted.kind.value}", outcomes=list(wanted.sources), by=by)
    db.session.commit()
    return number


def undo(study_id: int, round_code: str, *, number: int, by: Who) -> Decided:
    """Take a decision back by adding a row; its outcomes are undecided again. Return what it was.

    Raises SomebodyElse where it no longer stands: it was taken back, or another took its place.
    """
    listed, history, round_id = begin_deciding(study_id, round_code)
    standing = {each.number: each for each in standing_decisions(history)}
    if number not in standing:
        db.session.rollback()
        raise SomebodyElse([each for each in history if each.number > number])
    undone = standing[number]
    wanted = Wanted(
        kind=DecisionKind.UNDO, sources=undone.sources, results=(), reason="", told="", undoes=number
    )
    _add(round_id, [(newest(history) + 1, wanted)], listed=listed, by=by)
    _record(study_id, round_code, f"taken back: {undone.kind.value}", outcomes=list(undone.sources), by=by)
    db.session.commit()
    return undone


def accept_rule(
    study_id: int, round_code: str, *, figures: RoundFigures, reason: str, told: str, by: Who
) -> int:
    """Decide as the rule says on every outcome that is undecided and that it could decide; return how many.

    What somebody else decides at the same moment stays as they decided it.
    """
    listed, history, round_id = begin_deciding(study_id, round_code)
    decided = {code for each in standing_decisions(history) for code in each.sources}
    template = Wanted(kind=DecisionKind.KEEP, sources=(), results=(), reason=reason, told=told)
    ruled = [(code, BY_RULE[verdict]) for code in listed if (verdict := figures.verdict(code)) in BY_RULE]
    wanted = [replace(template, kind=kind, sources=(code,)) for code, kind in ruled if code not in decided]
    first = newest(history) + 1
    _add(round_id, list(enumerate(wanted, start=first)), listed=listed, by=by)
    if wanted:
        codes = [code for each in wanted for code in each.sources]
        _record(study_id, round_code, "rule accepted for the undecided", outcomes=codes, by=by)
    db.session.commit()
    return len(wanted)


def begin_deciding(study_id: int, round_code: str) -> tuple[dict[str, Listed], tuple[Decided, ...], int]:
    """Begin a write: until the commit nobody else decides on this round. Raises NotNow.

    The lock comes before everything is read, so that two who decide at once are one after the other.
    """
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    held = select(Round.id).where(Round.study_id == study_id, Round.code == round_code)
    connection.execute(held.with_for_update(key_share=True))
    round_ = round_in_view(study_id, round_code)
    if round_ is None or not round_.may_decide:
        db.session.rollback()
        raise NotNow
    return list_of_round(round_.round_id), history_of(round_.round_id), round_.round_id


def _add(
    round_id: int, numbered: Sequence[tuple[int, Wanted]], *, listed: dict[str, Listed], by: Who
) -> None:
    if not numbered:
        return
    rows = [
        {
            "round_id": round_id,
            "number": number,
            "kind": wanted.kind,
            "reason": wanted.reason,
            "told": wanted.told,
            "undoes": wanted.undoes,
            "user_id": by.user_id,
            "decided_at": by.now,
        }
        for number, wanted in numbered
    ]
    db.session.execute(insert(Decision), rows)
    first = numbered[0][0]
    made = select(Decision.number, Decision.id).where(Decision.round_id == round_id, Decision.number >= first)
    ids = dict(db.session.execute(made).all())
    parts = _parts([(ids[number], wanted) for number, wanted in numbered], listed)
    for table, values in parts.items():
        if values:
            db.session.execute(insert(table), values)


Part = type[DecisionSource | DecisionResult | DecisionComment]
Values = list[dict[str, object]]


def _parts(decisions: Sequence[tuple[int, Wanted]], listed: dict[str, Listed]) -> dict[Part, Values]:
    sources: Values = [
        {"decision_id": id_, "position": place, "outcome_id": listed[code].outcome_id}
        for id_, wanted in decisions
        for place, code in enumerate(wanted.sources)
    ]
    results: Values = [
        {
            "decision_id": id_,
            "position": place,
            "label": text.label,
            "descriptor": text.descriptor,
            "plain": text.plain,
            "domain": text.domain,
        }
        for id_, wanted in decisions
        for place, text in enumerate(wanted.results)
    ]
    cited: Values = [
        {"decision_id": id_, "comment_id": comment_id}
        for id_, wanted in decisions
        for comment_id in wanted.cited
    ]
    return {DecisionSource: sources, DecisionResult: results, DecisionComment: cited}


def _record(study_id: int, round_code: str, action: str, *, outcomes: list[str], by: Who) -> None:
    audit.record(
        db.session,
        at=by.now,
        actor=by.actor,
        action=action,
        study_id=study_id,
        round=round_code,
        outcomes=outcomes,
    )

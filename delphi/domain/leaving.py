"""Whether somebody who leaves can take out their answers: from facts alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from delphi.domain.rounds import RoundState


class RemovalReason(StrEnum):
    """Why answers can or cannot be taken out."""

    DAY_NOT_PASSED = "day_not_passed"
    DAY_PASSED = "day_passed"
    NOTHING_CLOSED = "nothing_closed"
    ROUND_CLOSED = "round_closed"


POSSIBLE = frozenset({RemovalReason.DAY_NOT_PASSED, RemovalReason.NOTHING_CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Whether answers can be taken out, and why; `last_day` where the protocol names one, itself included."""

    reason: RemovalReason
    last_day: date | None

    @property
    def is_possible(self) -> bool:
        """Whether they can."""
        return self.reason in POSSIBLE


def removal_of_answers(*, last_day: date | None, today: date, answered: Sequence[RoundState]) -> Removal:
    """Whether answers can be taken out today, a day in the study's time zone.

    `answered`: the state of each round that holds answers of this person. Where the protocol names no day,
    what has closed has been counted: then they stay, all of them, since rounds build on one another.
    """
    if last_day is not None:
        passed = today > last_day
        reason = RemovalReason.DAY_PASSED if passed else RemovalReason.DAY_NOT_PASSED
        return Removal(reason=reason, last_day=last_day)
    closed = RoundState.CLOSED in answered
    reason = RemovalReason.ROUND_CLOSED if closed else RemovalReason.NOTHING_CLOSED
    return Removal(reason=reason, last_day=None)

"""The state of a round, from its facts."""

from datetime import datetime
from enum import StrEnum


class RoundState(StrEnum):
    """Where a round stands."""

    NOT_OPENED = "not_opened"
    OPEN = "open"
    CLOSED = "closed"


def state_of(opened_at: datetime | None, closed_at: datetime | None) -> RoundState:
    """Return where a round stands; ValueError for one that closed without having opened."""
    if opened_at is None:
        if closed_at is not None:
            raise ValueError("closed_at: a round that never opened cannot have closed")
        return RoundState.NOT_OPENED
    return RoundState.OPEN if closed_at is None else RoundState.CLOSED

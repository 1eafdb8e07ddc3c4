"""The state of a round, from its facts."""

from datetime import datetime
from enum import StrEnum


class RoundState(StrEnum):
    """Where a round stands."""

    NOT_OPENED = "not_opened"
    OPEN = "open"
    CLOSED = "closed"


def is_due(closed_at: datetime | None, closes_at: datetime | None, *, now: datetime) -> bool:
    """Say whether a round that has not closed should have by now: from the planned moment on."""
    return closed_at is None and closes_at is not None and closes_at <= now


def closing_of(closed_at: datetime | None, closes_at: datetime | None, *, now: datetime) -> datetime | None:
    """Return when a round closed, by the team or by its plan; None while it has not."""
    return closes_at if is_due(closed_at, closes_at, now=now) else closed_at


def state_of(opened_at: datetime | None, closed_at: datetime | None) -> RoundState:
    """Return where a round stands; ValueError for one that closed without having opened."""
    if opened_at is None:
        if closed_at is not None:
            raise ValueError("closed_at: a round that never opened cannot have closed")
        return RoundState.NOT_OPENED
    return RoundState.OPEN if closed_at is None else RoundState.CLOSED

"""How long somebody stays signed in: from times alone."""

from datetime import datetime, timedelta
from enum import StrEnum

WARNED_BEFORE = timedelta(minutes=2)
ON_ITS_WAY = timedelta(minutes=1)


class AwayTime(StrEnum):
    """How long a panellist may be away before they are signed out, by their own choice."""

    TEN_MINUTES = "10_minutes"
    ONE_HOUR = "1_hour"
    EIGHT_HOURS = "8_hours"
    ONE_WEEK = "1_week"


LENGTHS = {
    AwayTime.TEN_MINUTES: timedelta(minutes=10),
    AwayTime.ONE_HOUR: timedelta(hours=1),
    AwayTime.EIGHT_HOURS: timedelta(hours=8),
    AwayTime.ONE_WEEK: timedelta(days=7),
}
UNLESS_CHOSEN = AwayTime.ONE_HOUR


class SessionState(StrEnum):
    """What a session is still good for: everything, handing in what was written, nothing."""

    GOOD = "good"
    TIMED_OUT = "timed_out"
    OVER = "over"


def session_state(
    *, signed_in_at: datetime, seen_at: datetime, now: datetime, away: AwayTime, lasts: timedelta
) -> SessionState:
    """What a session is good for; `lasts` from signing in at most, however it is used."""
    if now - signed_in_at >= lasts:
        return SessionState.OVER
    return SessionState.GOOD if now - seen_at < LENGTHS[away] else SessionState.TIMED_OUT


def was_on_its_way(*, ended_at: datetime, now: datetime) -> bool:
    """Whether what comes in now may have been sent before its session was ended, such as a last answer."""
    return now - ended_at < ON_ITS_WAY

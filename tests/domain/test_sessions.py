"""How long somebody stays signed in."""

from datetime import UTC, datetime, timedelta

import pytest

from delphi.domain.sessions import (
    LENGTHS,
    UNLESS_CHOSEN,
    WARNED_BEFORE,
    AwayTime,
    SessionState,
    session_state,
)

SIGNED_IN = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("away", "seen_after", "now_after", "state"),
    [
        (AwayTime.ONE_HOUR, timedelta(0), timedelta(minutes=59), SessionState.GOOD),
        (AwayTime.ONE_HOUR, timedelta(0), timedelta(minutes=60), SessionState.TIMED_OUT),
        (AwayTime.ONE_HOUR, timedelta(minutes=50), timedelta(minutes=109), SessionState.GOOD),
        (AwayTime.TEN_MINUTES, timedelta(0), timedelta(minutes=10), SessionState.TIMED_OUT),
        (AwayTime.EIGHT_HOURS, timedelta(0), timedelta(hours=7), SessionState.GOOD),
        (AwayTime.ONE_WEEK, timedelta(0), timedelta(days=6), SessionState.GOOD),
        # a week after signing in nothing can be handed in any more, however much was done
        (AwayTime.TEN_MINUTES, timedelta(0), WEEK, SessionState.OVER),
        (AwayTime.ONE_WEEK, timedelta(days=6), WEEK, SessionState.OVER),
        # two servers whose clocks differ a little
        (AwayTime.ONE_HOUR, timedelta(seconds=5), timedelta(seconds=4), SessionState.GOOD),
    ],
)
def test_a_session_is_good_until_its_reader_was_away_too_long(
    away: AwayTime, seen_after: timedelta, now_after: timedelta, state: SessionState
) -> None:
    found = session_state(
        signed_in_at=SIGNED_IN,
        seen_at=SIGNED_IN + seen_after,
        now=SIGNED_IN + now_after,
        away=away,
        lasts=WEEK,
    )
    assert found is state


def test_there_is_time_to_read_the_warning_whatever_was_chosen() -> None:
    assert set(LENGTHS) == set(AwayTime)
    assert min(LENGTHS.values()) >= 5 * WARNED_BEFORE
    assert LENGTHS[UNLESS_CHOSEN] == timedelta(hours=1)

"""The state of a round follows from when it opened and closed."""

from datetime import UTC, datetime

import pytest

from delphi.domain.rounds import RoundState, state_of

OPENED, CLOSED = datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 3, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("opened_at", "closed_at", "state"),
    [
        (None, None, RoundState.NOT_OPENED),
        (OPENED, None, RoundState.OPEN),
        (OPENED, CLOSED, RoundState.CLOSED),
    ],
)
def test_the_state_follows_from_the_facts(
    opened_at: datetime | None, closed_at: datetime | None, state: RoundState
) -> None:
    assert state_of(opened_at, closed_at) is state


def test_a_round_that_never_opened_cannot_have_closed() -> None:
    with pytest.raises(ValueError, match="closed_at"):
        state_of(None, CLOSED)

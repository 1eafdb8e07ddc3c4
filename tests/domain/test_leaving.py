"""Whether who leaves can take out their answers."""

from datetime import date

import pytest

from delphi.domain.leaving import RemovalReason, removal_of_answers
from delphi.domain.rounds import RoundState

DAY = date(2026, 3, 31)
OPEN, CLOSED = RoundState.OPEN, RoundState.CLOSED


@pytest.mark.parametrize(
    ("last_day", "today", "answered", "reason", "possible"),
    [
        (DAY, date(2026, 3, 30), [OPEN], RemovalReason.DAY_NOT_PASSED, True),
        (DAY, DAY, [CLOSED], RemovalReason.DAY_NOT_PASSED, True),  # the day itself is the last
        (DAY, date(2026, 4, 1), [OPEN], RemovalReason.DAY_PASSED, False),
        (DAY, date(2026, 4, 1), [], RemovalReason.DAY_PASSED, False),
        (None, DAY, [], RemovalReason.NOTHING_CLOSED, True),
        (None, DAY, [OPEN], RemovalReason.NOTHING_CLOSED, True),
        (None, DAY, [CLOSED], RemovalReason.ROUND_CLOSED, False),
        (None, DAY, [CLOSED, OPEN], RemovalReason.ROUND_CLOSED, False),
    ],
)
def test_answers_can_be_taken_out_until_the_day_or_until_a_round_with_them_closes(
    last_day: date | None, today: date, answered: list[RoundState], reason: RemovalReason, possible: bool
) -> None:
    removal = removal_of_answers(last_day=last_day, today=today, answered=answered)
    assert (removal.reason, removal.is_possible, removal.last_day) == (reason, possible, last_day)

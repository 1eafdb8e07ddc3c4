"""Joining by a study's open link."""

import pytest

from delphi.domain.joining import Door, door_of, round_to_join
from delphi.domain.rounds import RoundState

NEW, OPEN, CLOSED = RoundState.NOT_OPENED, RoundState.OPEN, RoundState.CLOSED


@pytest.mark.parametrize(
    ("states", "place"),
    [
        ([NEW, NEW], 0),
        ([OPEN, NEW], 0),
        ([CLOSED, NEW], 1),
        ([CLOSED, OPEN], 1),
        ([CLOSED, CLOSED], None),
        ([NEW, CLOSED, NEW], 2),  # loaded with its first round passed over
        ([], None),
    ],
)
def test_one_joins_in_the_open_round_or_the_next(states: list[RoundState], place: int | None) -> None:
    assert round_to_join(states) == place


@pytest.mark.parametrize(
    ("offered", "ended", "states", "door"),
    [
        (True, False, [OPEN], Door.OPEN),
        (True, False, [NEW], Door.OPEN),
        (True, False, [CLOSED], Door.NO_ROUND_LEFT),
        (True, True, [OPEN], Door.ENDED),
        (False, False, [OPEN], Door.NOT_OFFERED),
        (False, True, [CLOSED], Door.NOT_OFFERED),
    ],
)
def test_the_door_follows_from_the_facts(
    offered: bool, ended: bool, states: list[RoundState], door: Door
) -> None:
    assert door_of(offered=offered, ended=ended, states=states) is door

"""Reading an order and changing it."""

import pytest

from delphi.domain.answers import NotOffered
from delphi.domain.ranking import Move, moved, moves_offered, places_of, read_move, read_order

LISTED = (3, 5, 7, 12)


@pytest.mark.parametrize(
    ("listed", "asked_for", "places"), [(5, None, 5), (5, 3, 3), (5, 5, 5), (5, 8, 5), (0, None, 0)]
)
def test_there_are_no_more_places_than_outcomes(listed: int, asked_for: int | None, places: int) -> None:
    assert places_of(listed, asked_for) == places


@pytest.mark.parametrize(("text", "order"), [("", ()), ("12 5", (12, 5)), (" 3  7 5 12 ", (3, 7, 5, 12))])
def test_an_order_is_read(text: str, order: tuple[int, ...]) -> None:
    assert read_order(text, listed=LISTED, places=4) == order


@pytest.mark.parametrize("text", ["4", "3 3", "3,5", "a", "3 5 7", "-3", "1e1", "9" * 5000])
def test_what_is_no_order_is_refused(text: str) -> None:
    with pytest.raises(NotOffered):
        read_order(text, listed=LISTED, places=2)


@pytest.mark.parametrize(
    ("text", "move"), [("put-12", (Move.PUT, 12)), ("up-3", (Move.UP, 3)), ("out-5", (Move.OUT, 5))]
)
def test_a_move_is_read(text: str, move: tuple[Move, int]) -> None:
    assert read_move(text, listed=LISTED) == move


@pytest.mark.parametrize("text", ["", "up", "up-", "up-4", "up-03", "UP-3", "up 3", "-3"])
def test_what_is_no_move_is_refused(text: str) -> None:
    with pytest.raises(NotOffered):
        read_move(text, listed=LISTED)


@pytest.mark.parametrize(
    ("move", "outcome_id", "after"),
    [
        (Move.PUT, 12, (3, 5, 7, 12)),
        (Move.UP, 7, (3, 7, 5)),
        (Move.DOWN, 3, (5, 3, 7)),
        (Move.OUT, 5, (3, 7)),
        # what changes nothing
        (Move.PUT, 3, (3, 5, 7)),
        (Move.UP, 3, (3, 5, 7)),
        (Move.DOWN, 7, (3, 5, 7)),
        (Move.OUT, 12, (3, 5, 7)),
    ],
)
def test_a_move_changes_the_order(move: Move, outcome_id: int, after: tuple[int, ...]) -> None:
    assert moved((3, 5, 7), move, outcome_id, places=4) == after


def test_a_full_order_takes_no_more() -> None:
    assert moves_offered((3, 5), 7, places=2) == frozenset()
    assert moved((3, 5), Move.PUT, 7, places=2) == (3, 5)

"""The order of a table."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from delphi.reports.ordering import Direction, Ordering, in_order


@dataclass(frozen=True)
class Row:
    keys: dict[str, float | str | None]


@settings(deadline=None)
@given(st.lists(st.none() | st.integers(-5, 5)), st.sampled_from(Direction))
def test_rows_without_a_value_come_last_either_way(values: list[int | None], direction: Direction) -> None:
    rows = in_order([Row({"n": value}) for value in values], Ordering("n", direction))
    ordered = [row.keys["n"] for row in rows]
    known = [value for value in values if value is not None]
    assert ordered[: len(known)] == sorted(known, reverse=direction is Direction.DESCENDING)
    assert all(value is None for value in ordered[len(known) :])


def test_rows_that_tie_keep_their_order() -> None:
    rows = [Row({"n": 1, "name": name}) for name in "bac"]
    for direction in Direction:
        assert list(in_order(rows, Ordering("n", direction))) == rows


def test_a_click_on_the_column_in_use_turns_it_round() -> None:
    ordering = Ordering("n", Direction.ASCENDING)
    assert ordering.when_chosen("n", first=Direction.ASCENDING) == Ordering("n", Direction.DESCENDING)
    assert ordering.when_chosen("m", first=Direction.DESCENDING) == Ordering("m", Direction.DESCENDING)

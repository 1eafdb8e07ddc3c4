"""How far people are with a round, counted by group and by day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from delphi.domain.funnel import Day, Stage, days_of, funnels_of, middle_of, stage_of, together

FIRST, LAST = date(2025, 3, 1), date(2025, 3, 3)


@pytest.mark.parametrize(
    ("sizes", "parts"),
    [
        ({"a": 5, "b": 9}, (("a",), ("b",))),
        ({"a": 9, "b": 4, "c": 8}, (("a",), ("b", "c"))),  # the small one alone would be too few
        ({"a": 3, "b": 9, "c": 2}, (("a", "c"), ("b",))),
        ({"a": 1, "b": 9, "c": 2}, (("a", "b", "c"),)),
        ({"a": 4}, (("a",),)),
        ({"a": 0, "b": 6}, (("a",), ("b",))),
    ],
)
def test_no_part_is_smaller_than_the_smallest_where_that_can_be_had(
    sizes: dict[str, int], parts: tuple[tuple[str, ...], ...]
) -> None:
    assert together(sizes, minimum=5) == parts


def test_without_a_smallest_size_each_group_stands_alone() -> None:
    assert together({"a": 1, "b": 0}, minimum=0) == (("a",), ("b",))


def test_who_came_further_counts_in_the_steps_before() -> None:
    came = stage_of(opened=False, consented=False, started=True, finished=False)
    (funnel,) = funnels_of([("a", came), ("b", Stage.FINISHED), ("c", Stage.FINISHED)], parts=[("a", "b")])
    assert funnel.reached == (2, 2, 2, 2, 1)


def test_each_day_counts_what_had_happened_by_its_end() -> None:
    started = [datetime(2025, 2, 27, 9, tzinfo=UTC), datetime(2025, 3, 3, 23, 59, tzinfo=UTC)]
    days = days_of(started=started, finished=started[:1], first=FIRST, last=LAST)
    assert days == (
        Day(day=FIRST, started=1, finished=1),
        Day(day=date(2025, 3, 2), started=1, finished=1),
        Day(day=LAST, started=2, finished=1),
    )


@pytest.mark.parametrize(("minutes", "expected"), [([], None), ([5, 1, 9], 5), ([1, 2, 4, 9], 3)])
def test_the_middle_is_the_median(minutes: list[int], expected: int | None) -> None:
    found = middle_of([timedelta(minutes=each) for each in minutes])
    assert found == (None if expected is None else timedelta(minutes=expected))

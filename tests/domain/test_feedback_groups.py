"""Which groups are counted together in feedback, and when counts are renewed."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delphi.domain.feedback_groups import Parts, counted_together, parts_of, parts_to_count

GROUPS = "abcdef"
PEOPLE = st.lists(st.integers(0, 14), min_size=1, max_size=6)
MINIMUM = st.integers(1, 6)


def by_group(numbers: list[int]) -> dict[str, int]:
    return dict(zip(GROUPS, numbers, strict=False))


@pytest.mark.parametrize(
    ("numbers", "parts"),
    [
        ([6, 6], (("a",), ("b",))),
        ([5, 6], (("a", "b"),)),  # 5 would be 4 others to each of them
        ([6, 0], (("a",),)),  # nobody to protect
        ([9, 3, 3], (("a",), ("b", "c"))),  # large enough together
        ([9, 7, 3], (("a",), ("b", "c"))),  # the smallest that stands alone joins
        ([9, 7, 7, 2], (("a",), ("b",), ("c", "d"))),  # of equal ones the later
        ([1, 2, 3], (("a", "b", "c"),)),
        ([1, 1, 3], ()),
        ([5], ()),
        ([], ()),
        ([1, 8, 1, 7, 1], (("b",), ("a", "c", "d", "e"))),
    ],
)
def test_with_a_minimum_of_5(numbers: list[int], parts: Parts) -> None:
    assert parts_of(by_group(numbers), minimum=5) == parts


def test_groups_that_were_together_stay_together() -> None:
    assert parts_of(by_group([9, 8, 9]), minimum=5, joined={"b", "c"}) == (("a",), ("b", "c"))


def test_groups_that_were_together_take_another_in_when_they_shrink() -> None:
    assert parts_of(by_group([9, 8, 2, 2]), minimum=5, joined={"c", "d"}) == (("a",), ("b", "c", "d"))


@given(PEOPLE, MINIMUM)
def test_every_part_has_the_minimum_of_others_for_each(numbers: list[int], minimum: int) -> None:
    people = by_group(numbers)
    for part in parts_of(people, minimum=minimum):
        assert sum(people[group] for group in part) > minimum


@given(PEOPLE, MINIMUM)
def test_either_nobody_is_shown_or_everybody_is_counted_once(numbers: list[int], minimum: int) -> None:
    people = by_group(numbers)
    shown = list(chain(*parts_of(people, minimum=minimum)))
    there = [group for group, number in people.items() if number]
    assert sorted(shown) == (sorted(there) if sum(people.values()) > minimum else [])


@given(PEOPLE, MINIMUM)
def test_a_group_that_is_large_enough_stands_alone_unless_it_protects_others(
    numbers: list[int], minimum: int
) -> None:
    people = by_group(numbers)
    together = counted_together(parts_of(people, minimum=minimum))
    large = {group for group in together if people[group] > minimum}
    assert not large or sum(people[group] for group in together - large) <= minimum


@given(st.lists(PEOPLE, min_size=1, max_size=4), MINIMUM)
def test_no_later_round_splits_what_an_earlier_one_counted_together(
    rounds: list[list[int]], minimum: int
) -> None:
    joined: frozenset[str] = frozenset()
    for numbers in rounds:
        parts = parts_of(by_group(numbers), minimum=minimum, joined=joined)
        there = joined & {group for group, number in by_group(numbers).items() if number}
        assert sum(1 for part in parts if there & set(part)) <= 1
        joined |= counted_together(parts)


AB, A, B = (("a", "b"),), ("a",), ("b",)


@pytest.mark.parametrize(
    ("people", "fresh", "shown", "anew"),
    [
        ([6, 6], [6, 6], (), {A: True, B: True}),
        ([6, 2], [6, 2], (), {A: True}),  # b has too few people to be shown
        ([12, 9], [6, 3], (A, B), {A: True, B: False}),  # b stays as it is
        ([11, 9], [5, 3], (A, B), None),
        ([12, 9], [6, 3], (A,), None),  # b could not be shown: what is shown stays
        ([9, 9], [5, 5], AB, None),
        ([9, 9], [6, 6], AB, {A: True, B: True}),
        ([6, 4], [6, 4], (A, B), {A: True, B: False}),
    ],
)
def test_a_part_is_counted_anew_with_enough_new_scores(
    people: list[int], fresh: list[int], shown: Parts, anew: dict[tuple[str, ...], bool] | None
) -> None:
    found = parts_to_count([(A, B)], people=by_group(people), fresh=by_group(fresh), shown=shown, minimum=5)
    assert found == anew


def test_where_groups_cannot_be_told_apart_yet_their_part_is_renewed() -> None:
    found = parts_to_count([(A, B), AB], people=by_group([9, 9]), fresh=by_group([5, 5]), shown=AB, minimum=5)
    assert found == {("a", "b"): True}

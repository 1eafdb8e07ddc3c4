"""Which groups are counted together in feedback, and when counts are renewed."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delphi.domain.feedback_groups import Parts, ShownBefore, parts_of, parts_to_count, shown_before

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
    before = ShownBefore(together=frozenset("bc"))
    assert parts_of(by_group([9, 8, 9]), minimum=5, before=before) == (("a",), ("b", "c"))


@pytest.mark.parametrize(
    ("numbers", "parts"),
    [
        ([9, 8, 2, 2], (("a",), ("b",))),  # too few by now: and no other group joins them
        ([9, 3, 4, 4], (("a",), ("c", "d"))),  # b would be the difference between two rounds
        ([9, 8, 0, 7], (("a",), ("b",), ("c", "d"))),  # called as before
    ],
)
def test_what_was_together_keeps_its_company(numbers: list[int], parts: Parts) -> None:
    before = ShownBefore(together=frozenset("cd"))
    assert parts_of(by_group(numbers), minimum=5, before=before) == parts


@pytest.mark.parametrize(
    ("numbers", "alone", "parts"),
    [
        ([20, 8, 2], "ab", (("a",), ("b",))),  # c with b would be c, for who saw b alone
        ([20, 3, 2], "ab", (("a",),)),  # b has shrunk: with c it would be enough to tell who went
        ([20, 3, 2, 4], "ab", (("a",), ("c", "d"))),
        ([20, 9, 2], "a", (("a",), ("b", "c"))),  # b was never shown alone
    ],
)
def test_who_stood_alone_is_never_counted_together(numbers: list[int], alone: str, parts: Parts) -> None:
    before = ShownBefore(alone=frozenset(alone))
    assert parts_of(by_group(numbers), minimum=5, before=before) == parts


def test_while_answers_come_in_no_groups_are_put_together() -> None:
    assert parts_of(by_group([20, 3, 4]), minimum=5, more_to_come=True) == (("a",),)
    before = ShownBefore(together=frozenset("bc"))
    assert parts_of(by_group([20, 3, 4]), minimum=5, before=before, more_to_come=True) == (("a",), ("b", "c"))


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
    together = shown_before(parts_of(people, minimum=minimum)).together
    large = {group for group in together if people[group] > minimum}
    assert not large or sum(people[group] for group in together - large) <= minimum


@given(st.lists(st.lists(st.integers(0, 14), min_size=4, max_size=4), min_size=1, max_size=4), MINIMUM)
def test_in_all_rounds_a_group_is_shown_in_one_way_only(rounds: list[list[int]], minimum: int) -> None:
    shown: list[tuple[str, ...]] = []
    for numbers in rounds:
        shown += parts_of(by_group(numbers), minimum=minimum, before=shown_before(shown))
        before = shown_before(shown)
        assert not before.together & before.alone


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

"""What must hold of comparisons whatever people rate."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison import (
    differences_from,
    kruskal_wallis,
    kruskal_wallis_counts,
    mann_whitney,
    mann_whitney_counts,
)

POINTS = st.integers(1, 9)
GROUP = st.lists(POINTS, max_size=12)
SOME = st.lists(POINTS, min_size=1, max_size=12)
COUNTS = st.lists(
    st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=2, max_size=2),
    min_size=2,
    max_size=3,
)
NAN = float("nan")


@given(SOME, SOME)
def test_who_is_x_and_who_is_y_only_turns_the_sign(x: list[int], y: list[int]) -> None:
    one, other = mann_whitney(x, y), mann_whitney(y, x)
    assert one.statistic is not None
    assert one.rank_biserial is not None
    assert other.statistic == len(x) * len(y) - one.statistic
    assert other.p_value == one.p_value
    assert other.rank_biserial == -one.rank_biserial


@given(SOME, SOME)
def test_the_effect_size_is_how_often_x_is_higher_and_half_of_how_often_they_tie(
    x: list[int], y: list[int]
) -> None:
    pairs = [(a > b) + (a == b) / 2 for a in x for b in y]
    assert mann_whitney(x, y).probability_of_superiority == pytest.approx(sum(pairs) / len(pairs))


@given(GROUP, GROUP, st.randoms())
def test_only_the_order_of_the_scores_counts_not_of_the_people(
    x: list[int], y: list[int], random: Random
) -> None:
    shuffled = random.sample(x, len(x))
    assert mann_whitney([score**3 for score in shuffled], [score**3 for score in y]) == mann_whitney(x, y)


@given(GROUP, GROUP, st.integers(0, 3))
def test_people_who_skip_everything_change_nothing(x: list[int], y: list[int], skipped: int) -> None:
    assert mann_whitney([*x, *[NAN] * skipped], [*[NAN] * skipped, *y]) == mann_whitney(x, y)
    assert kruskal_wallis([[*x, *[NAN] * skipped], y]) == kruskal_wallis([x, y])


@given(SOME, SOME, st.integers(2, 4))
def test_copies_of_people_keep_the_effect_size_and_must_not_keep_the_p_value(
    x: list[int], y: list[int], copies: int
) -> None:
    one, copied = mann_whitney(x, y), mann_whitney(x * copies, y * copies)
    assert copied.probability_of_superiority == pytest.approx(one.probability_of_superiority)
    if one.p_value is not None and one.p_value < 1:
        assert copied.p_value != one.p_value


@given(st.lists(GROUP, min_size=1, max_size=4), st.integers(0, 3))
def test_the_order_of_groups_does_not_matter(groups: list[list[int]], turn: int) -> None:
    one, turned = kruskal_wallis(groups), kruskal_wallis([*groups[turn:], *groups[:turn]])
    assert turned.df == one.df
    assert turned.statistic == pytest.approx(one.statistic, abs=1e-9)


@given(st.lists(GROUP, min_size=1, max_size=4))
def test_the_effect_size_of_several_groups_lies_between_0_and_1(groups: list[list[int]]) -> None:
    found = kruskal_wallis(groups).epsilon_squared
    assert found is None or 0 <= found <= 1 + 1e-12


@given(SOME, SOME)
def test_of_two_groups_h_is_the_square_of_z_without_continuity_correction(x: list[int], y: list[int]) -> None:
    h, u = kruskal_wallis([x, y]).statistic, mann_whitney(x, y).statistic
    values, times = np.unique([*x, *y], return_counts=True)
    n = len(x) + len(y)
    if values.size > 1:
        assert u is not None
        spread = n + 1 - (times**3 - times).sum() / (n * (n - 1))
        variance = len(x) * len(y) / 12 * spread
        assert h == pytest.approx((u - len(x) * len(y) / 2) ** 2 / variance)


@given(COUNTS)
def test_outcomes_are_compared_each_on_its_own(counts: list[list[list[int]]]) -> None:
    array = np.array(counts)
    turned = array[:, ::-1]
    for test in (
        lambda one: mann_whitney_counts(one[0], one[1]).p_value,
        lambda one: kruskal_wallis_counts(one).p_value,
        lambda one: differences_from(one, reference=0, box=[False, False, True, True]).low[1],
    ):
        np.testing.assert_array_equal(test(array)[::-1], test(turned))


@given(COUNTS)
def test_the_other_box_differs_by_as_much_the_other_way(counts: list[list[list[int]]]) -> None:
    box = np.array([False, True, False, True])
    one = differences_from(counts, reference=1, box=box)
    other = differences_from(counts, reference=1, box=~box)
    np.testing.assert_allclose(other.share_difference, -one.share_difference, atol=1e-12)
    np.testing.assert_allclose(other.low, -one.high, atol=1e-12)


@given(COUNTS)
def test_the_interval_holds_the_difference_and_stays_within_what_shares_can_differ_by(
    counts: list[list[list[int]]],
) -> None:
    found = differences_from(counts, reference=0, box=[True, False, False, False])
    known = ~np.isnan(found.share_difference)
    low, middle, high = (one[known] for one in (found.low, found.share_difference, found.high))
    assert np.all((low >= -1 - 1e-12) & (low <= middle) & (middle <= high) & (high <= 1 + 1e-12))

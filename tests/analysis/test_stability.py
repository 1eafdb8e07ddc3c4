"""Stability between rounds: changes, percentage change, intraclass correlation, order of outcomes."""

from collections.abc import Callable

import numpy as np
import pytest

from analysis.stability import changes, icc_agreement, percentage_change, rank_correlation

NAN = float("nan")


def test_icc_of_three_pairs_is_the_published_one() -> None:
    # McGraw & Wong 1996: the pairs (2,4), (4,6), (6,8) have .67 by absolute agreement, 1 by consistency.
    # By hand: MSR 8, MSE 0, MSC 6; 8 / (8 + 2 * 6 / 3) = 2/3.
    found = icc_agreement([2, 4, 6], [4, 6, 8])
    assert found.value == pytest.approx(2 / 3, abs=1e-12)
    assert found.n == 3


def test_icc_by_hand() -> None:
    # Pairs 1 2, 2 2, 4 3, 5 5: sums 3 4 7 10, squares about 6 are 30; differences 1 0 -1 0, squares 2, sum 0.
    # MSR = 30/2/3 = 5, MSE = 2/2/3 = 1/3, MSC = 0. (5 - 1/3) / (5 + 1/3 + 2 (0 - 1/3) / 4) = (14/3) / (31/6).
    assert icc_agreement([1, 2, 4, 5], [2, 2, 3, 5]).value == pytest.approx(28 / 31, abs=1e-12)


def test_icc_of_two_people_by_hand() -> None:
    # Pairs 1 2, 3 4: MSR = 8/2 = 4, MSE 0, MSC = 2 * 2 / 4 = 1. 4 / (4 + 2 * 1 / 2) = .8.
    assert icc_agreement([1, 3], [2, 4]).value == pytest.approx(0.8, abs=1e-12)


def test_icc_of_ratings_that_stayed_is_1() -> None:
    assert icc_agreement([1, 5, 9], [1, 5, 9]).value == 1


def test_icc_of_a_panel_that_moved_as_one_is_0() -> None:
    assert icc_agreement([5, 5, 5], [7, 7, 7]).value == 0


def test_icc_of_ratings_turned_upside_down_is_negative() -> None:
    # MSR 0, MSE = (8^2 + 0 + 8^2) / 2 / 2 = 32, MSC 0: -32 / (32 - 2 * 32 / 3) = -3.
    assert icc_agreement([1, 5, 9], [9, 5, 1]).value == pytest.approx(-3, abs=1e-12)


@pytest.mark.parametrize(
    ("before", "after", "n"),
    [
        ([], [], 0),
        ([7], [8], 1),
        ([NAN, 7, 8], [9, NAN, 8], 1),
        ([0.1] * 3, [0.1] * 3, 3),
        ([1, 3], [3, 1], 2),  # mean squares of people and of rounds 0: 0 in the denominator
    ],
)
def test_icc_without_spread_or_people_is_not_computable(before: list, after: list, n: int) -> None:
    found = icc_agreement(before, after)
    assert (found.value, found.n) == (None, n)


def test_icc_leaves_out_pairs_with_a_rating_missing() -> None:
    assert icc_agreement([2, NAN, 4, 6, 9], [4, 5, 6, 8, NAN]) == icc_agreement([2, 4, 6], [4, 6, 8])


def test_percentage_change_is_half_the_differences_of_the_bins() -> None:
    # Differences 2, 1, 3 of 20 people: 6 / 2 / 20, which is .15 and not below it.
    assert percentage_change([5, 5, 10], [3, 4, 13]) == 0.15


def test_rounds_of_different_size_are_compared_by_shares() -> None:
    # 1/2 1/2 against 1/4 3/4 of 8.
    assert percentage_change([2, 2], [2, 6]) == 0.25


def test_percentage_change_of_many_outcomes_is_that_of_each() -> None:
    before = [[[5, 5, 10], [0, 0, 0]], [[2, 2, 0], [1, 0, 0]]]
    after = [[[3, 4, 13], [1, 0, 0]], [[2, 6, 0], [0, 0, 7]]]
    np.testing.assert_array_equal(percentage_change(before, after), [[0.15, NAN], [0.25, 1]])
    np.testing.assert_array_equal(percentage_change(before[1], after[1]), [0.25, 1])


@pytest.mark.parametrize(
    ("before", "after"), [([0, 0], [1, 2]), ([1, 2], [0, 0]), ([0, 0], [0, 0]), ([], [])]
)
def test_a_round_without_answers_has_no_percentage_change(before: list[int], after: list[int]) -> None:
    assert percentage_change(before, after) is None


def test_moves_that_cancel_do_not_show_in_the_percentage_but_in_the_changes() -> None:
    before, after = np.array([[1], [2]]), np.array([[2], [1]])
    assert percentage_change([1, 1], [1, 1]) == 0
    assert changes(before, after).share_changed == 1


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ([1, -1], [1, 1], "before_counts: a number that is neg"),
        ([1, 1], [0.5, 1], "after_counts: a value"),
        ([1, 1], [1, 1, 1], "after_counts: shape"),
        (3, 3, "before_counts: a single"),
    ],
)
def test_counts_that_do_not_compare_are_named(before: list, after: list, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}"):
        percentage_change(before, after)


def test_changes_by_hand() -> None:
    # Outcome 1: 7 to 8, 7 to 7, 9 to 5. Outcome 2: one pair, 3 to 4. Outcome 3: no pair.
    before = [[7, 3, NAN], [7, NAN, 5], [9, 4, NAN]]
    after = [[8, 4, 6], [7, 2, NAN], [5, NAN, NAN]]
    found = changes(before, after)
    np.testing.assert_array_equal(found.n, [3, 1, 0])
    np.testing.assert_array_equal(found.share_changed, [2 / 3, 1, NAN])
    np.testing.assert_array_equal(found.share_up, [1 / 3, 1, NAN])
    np.testing.assert_array_equal(found.share_down, [1 / 3, 0, NAN])
    np.testing.assert_array_equal(found.mean_absolute_change, [5 / 3, 1, NAN])


def test_nobody_changed_nothing_and_no_outcomes_have_no_changes() -> None:
    nobody = changes(np.empty((0, 2)), np.empty((0, 2)))
    np.testing.assert_array_equal(nobody.n, [0, 0])
    assert np.isnan(nobody.mean_absolute_change).all()
    assert changes(np.empty((3, 0)), np.empty((3, 0))).n.shape == (0,)


def test_ratings_that_stayed_are_no_changes() -> None:
    found = changes([[4, 5]], [[4, 5]])
    for shares in (found.share_changed, found.share_up, found.share_down, found.mean_absolute_change):
        np.testing.assert_array_equal(shares, [0, 0])


def test_the_order_of_outcomes_by_hand() -> None:
    # Ranks 1 2 3 4 and 1 3 2 4: 1 - 6 * 2 / (4 * 15) = .8.
    assert rank_correlation([4, 5, 6, 7], [2, 8, 3, 9]) == pytest.approx(0.8, abs=1e-15)


def test_ties_take_the_mean_of_their_ranks() -> None:
    # Ranks 1.5 1.5 3 and 1 2 3, about 2: -.5 -.5 1 and -1 0 1. 1.5 / sqrt(1.5 * 2).
    assert rank_correlation([5, 5, 7], [4, 6, 8]) == pytest.approx(1.5 / 3**0.5, abs=1e-15)


def test_the_same_order_is_exactly_1_and_the_opposite_exactly_minus_1() -> None:
    shares = [0.1, 0.2, 0.7, 0.7, 0.9, 0.3, 0.95]
    assert rank_correlation(shares, [value**3 for value in shares]) == 1
    assert rank_correlation(shares, [-value for value in shares]) == -1


def test_an_outcome_in_one_round_only_is_left_out_of_the_order() -> None:
    assert rank_correlation([4, NAN, 5, 6, 7], [2, 1, 8, 3, NAN]) == rank_correlation([4, 5, 6], [2, 8, 3])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([], []),
        ([1, 2], [1, 2]),
        ([1, NAN, 3, 4], [1, 2, NAN, 4]),
        ([7, 7, 7], [1, 2, 3]),
        ([1, 2, 3], [7, 7, 7]),
    ],
)
def test_too_few_outcomes_or_one_value_have_no_order(before: list, after: list) -> None:
    assert rank_correlation(before, after) is None


@pytest.mark.parametrize("function", [icc_agreement, rank_correlation])
@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ([1, 2, 3], [1, 2], "after: shape"),
        ([[1], [2]], [[1], [2]], "before: 2 dim"),
        ([float("inf"), 2, 3], [1, 2, 3], "before: an inf"),
    ],
)
def test_rounds_that_do_not_match_are_named(function: Callable, before: list, after: list, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}"):
        function(before, after)


def test_changes_of_rounds_that_do_not_match_are_named() -> None:
    with pytest.raises(ValueError, match=r"^before: 1 dim"):
        changes([1], [1])
    with pytest.raises(ValueError, match=r"^after: shape"):
        changes([[1, 2]], [[1]])
    with pytest.raises(ValueError, match=r"^after: an inf"):
        changes([[1]], [[-float("inf")]])

"""By how much one group lies above another."""

import numpy as np
import pytest

from analysis.hodges_lehmann import NullDistribution, hodges_lehmann, ordered_differences

NAN = float("nan")
EXACT, NORMAL = NullDistribution.EXACT, NullDistribution.NORMAL


def whose_differences_are_1_to_n(n_x: int, n_y: int) -> tuple[list[int], list[int]]:
    """Groups whose differences are 1, 2, ... n_x n_y: an end of the interval is its own place."""
    return [n_y * i for i in range(n_x)], [-j for j in range(1, n_y + 1)]


def test_the_permeability_data_of_hollander_and_wolfe() -> None:
    # P(U <= 8) = 60 / 3003 <= .025 < P(U <= 9) = 83 / 3003, so the 9th of the 50 differences from either end
    # bounds the interval: .73 - .88 and 1.64 - .88. The two in the middle are .30 and .31.
    x = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
    y = [1.15, 0.88, 0.90, 0.74, 1.21]
    found = hodges_lehmann(x, y)
    assert (found.estimate, found.low, found.high) == pytest.approx((0.305, -0.15, 0.76), abs=1e-12)
    assert (found.n_x, found.n_y, found.confidence, found.method) == (10, 5, 0.95, EXACT)


def test_the_estimate_is_the_mean_of_the_two_middle_differences_where_their_number_is_even() -> None:
    # 7 8 9 less 5 6: 1 2 2 3 3 4, the middle ones 2 and 3.
    assert hodges_lehmann([7, 8, 9], [5, 6]).estimate == 2.5


def test_and_the_middle_difference_where_it_is_odd() -> None:
    # 7 8 9 less 5: 2 3 4.
    assert hodges_lehmann([7, 8, 9], [5]).estimate == 3


@pytest.mark.parametrize(
    ("n", "critical"),
    # Largest U with a two-sided p of at most .05, as in the tables at the back of textbooks.
    [(4, 0), (5, 2), (6, 5), (7, 8), (8, 13), (10, 23), (15, 64), (20, 127)],
)
def test_the_ends_are_one_beyond_the_published_critical_values(n: int, critical: int) -> None:
    found = hodges_lehmann(*whose_differences_are_1_to_n(n, n))
    assert (found.low, found.high, found.method) == (critical + 1, n * n - critical, EXACT)


def test_three_against_three_are_too_few_for_95_percent_and_just_enough_for_90() -> None:
    # The outermost differences hold with 1 - 2/20 = 90 %: each of the C(6, 3) orders is as likely.
    x, y = whose_differences_are_1_to_n(3, 3)
    assert (hodges_lehmann(x, y).low, hodges_lehmann(x, y).high) == (None, None)
    at_90 = hodges_lehmann(x, y, confidence=0.9)
    assert (at_90.low, at_90.high) == (1, 9)
    assert hodges_lehmann(x, y, confidence=0.9001).low is None


def test_one_person_against_seventy_has_an_interval_by_the_exact_distribution() -> None:
    # U is uniform over 0 to 70: P(U <= 0) = 1/71 <= .025 < 2/71. A normal curve would give none.
    found = hodges_lehmann(*whose_differences_are_1_to_n(1, 70))
    assert (found.low, found.high, found.method) == (1, 70, EXACT)


def test_large_groups_use_the_normal_curve() -> None:
    # 31 x 31 = 961 pairs: 480.5 + .5 - 1.959964 sqrt(961 x 63 / 12) = 341.78, so the 341st from either end.
    found = hodges_lehmann(*whose_differences_are_1_to_n(31, 31))
    assert (found.low, found.high, found.method) == (341, 961 - 340, NORMAL)


def test_ties_narrow_the_normal_curve() -> None:
    # Ties of 20 and 42 people: s^2 = 961/12 (63 - (20^3 - 20 + 42^3 - 42) / (62 x 61)) = 3308.36, so
    # c = floor(481 - 1.959964 x 57.518) = 368. 14 x 25 = 350 differences are -1, the next 509 are 0: the
    # 368th is 0, where the 341st, without regard to ties, would be -1.
    found = hodges_lehmann([1] * 14 + [2] * 17, [2] * 25 + [1] * 6)
    assert (found.estimate, found.low, found.high) == (0, 0, 0)


def test_a_group_without_scores_is_not_computable() -> None:
    for x, y in (([], [1.0]), ([NAN], [1.0]), ([1.0], []), ([], [])):
        found = hodges_lehmann(x, y)
        assert (found.estimate, found.low, found.high, found.method) == (None, None, None, None)


def test_one_against_one_has_an_estimate_and_no_interval() -> None:
    found = hodges_lehmann([4], [2])
    assert (found.estimate, found.low, found.high) == (2, None, None)


def test_unanimous_groups_differ_by_what_they_differ() -> None:
    found = hodges_lehmann([9] * 40, [7] * 40)
    assert (found.estimate, found.low, found.high) == (2, 2, 2)
    same = hodges_lehmann([9] * 40, [9] * 40)
    assert (same.estimate, same.low, same.high) == (0, 0, 0)


def test_missing_scores_are_left_out() -> None:
    assert hodges_lehmann([7, NAN, 8, 9], [NAN, 5, 6]) == hodges_lehmann([7, 8, 9], [5, 6])


@pytest.mark.parametrize("most_at_once", [1, 7, 50])
def test_places_found_by_pivots_are_those_found_by_sorting(most_at_once: int) -> None:
    random = np.random.default_rng(20)
    for x, y in (
        (random.normal(size=17), random.normal(size=11)),
        (random.integers(1, 4, size=30) / 3, random.integers(1, 9, size=25) / 7),
        (np.array([1.0, 1.0, 1.0]), np.array([1.0, 2.0])),
    ):
        differences = np.sort((x[:, None] - y).ravel())
        places = list(range(1, differences.size + 1))
        assert ordered_differences(x, y, places, most_at_once=most_at_once) == tuple(differences)


def test_a_hundred_million_pairs_need_no_hundred_million_numbers() -> None:
    # 1 ... 10 000 less 0.5 ... 9999.5: as many differences lie above .5 as below.
    x = np.arange(1, 10_001, dtype=np.float64)
    found = hodges_lehmann(x, x - 0.5)
    assert found.estimate == 0.5
    assert found.low is not None
    assert found.high is not None
    assert found.low - 0.5 == 0.5 - found.high


def test_bad_input_is_named() -> None:
    with pytest.raises(ValueError, match=r"^confidence: 1,"):
        hodges_lehmann([1], [2], confidence=1)
    with pytest.raises(ValueError, match=r"^x: 2 dimensions"):
        hodges_lehmann([[1]], [2])
    with pytest.raises(ValueError, match=r"^y: an infinite score"):
        hodges_lehmann([1], [-np.inf])

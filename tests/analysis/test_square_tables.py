"""Tests and kappa of before-by-after tables."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from analysis.stability import bowker, paired_table, paired_tables, stuart_maxwell, weighted_kappa

NAN = float("nan")
# Stuart 1953: unaided distance vision of 7,477 women, right eye by left; R packages irr and coin, vision.
VISION = np.array([[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]])
FUNCTIONS = [bowker, stuart_maxwell, weighted_kappa]


def test_bowker_of_vision_is_the_published_one() -> None:
    # R: mcnemar.test(table(vision)): chi-squared 19.107, df 6, p .0040
    found = bowker(VISION)
    assert found.statistic == pytest.approx(19.107, abs=5e-4)
    assert found.df == 6
    assert found.p_value == pytest.approx(0.0040, abs=5e-5)
    assert (found.n, found.n_changed) == (7477, 7477 - 1520 - 1512 - 1772 - 492)


def test_stuart_maxwell_of_vision_is_the_published_one() -> None:
    # R: irr::stuart.maxwell.mh(table(vision)): 11.957; coin::mh_test(vision): Q = 11.96, df 3
    found = stuart_maxwell(VISION)
    assert found.statistic == pytest.approx(11.957, abs=5e-4)
    assert found.df == 3
    # By hand: the upper tail of chi-square with 3 df is erfc(sqrt(x/2)) + sqrt(2x/pi) exp(-x/2).
    x = found.statistic
    tail = math.erfc(math.sqrt(x / 2)) + math.sqrt(2 * x / math.pi) * math.exp(-x / 2)
    assert found.p_value == pytest.approx(tail, abs=1e-12)


@pytest.mark.parametrize(
    ("weights", "published"),
    # R: irr::kappa2(vision, weight = "unweighted" | "equal" | "squared")
    [("unweighted", 0.595), ("linear", 0.652), ("quadratic", 0.702)],
)
def test_kappas_of_vision_are_the_published_ones(weights: str, published: float) -> None:
    found = weighted_kappa(VISION, weights=weights)  # type: ignore[arg-type]
    assert found.value == pytest.approx(published, abs=5e-4)
    assert found.share_same == (1520 + 1512 + 1772 + 492) / 7477
    assert (found.n, found.weights) == (7477, weights)


@pytest.mark.parametrize("function", [bowker, stuart_maxwell])
def test_with_two_categories_both_are_mcnemars_test(function: Callable) -> None:
    # By hand: (9 - 1)^2 / (9 + 1) = 6.4, df 1, p = erfc(sqrt(6.4 / 2)).
    found = function([[5, 9], [1, 5]])
    assert found.statistic == pytest.approx(6.4, abs=1e-12)
    assert found.df == 1
    assert found.p_value == pytest.approx(math.erfc(math.sqrt(3.2)), abs=1e-12)


def test_stuart_maxwell_of_three_categories_by_hand() -> None:
    # Before 4, 4, 2; after 2, 5, 3. d = (2, -1). S = [[4 + 2 - 2, -3], [-3, 4 + 5 - 4]] = [[4, -3], [-3, 5]],
    # its determinant 11. d' S^-1 d = (2 (5*2 - 3) - (3*2 - 4)) / 11 = (14 - 2) / 11 = 12/11.
    found = stuart_maxwell([[1, 2, 1], [1, 2, 1], [0, 1, 1]])
    assert found.statistic == pytest.approx(12 / 11, abs=1e-12)
    assert found.df == 2


@pytest.mark.parametrize("function", [bowker, stuart_maxwell])
def test_a_category_that_nobody_used_drops_out(function: Callable) -> None:
    with_empty = np.insert(np.insert(VISION, 2, 0, axis=0), 2, 0, axis=1)
    assert function(with_empty) == function(VISION)


def test_an_empty_pair_of_used_categories_counts_in_bowkers_df() -> None:
    # 1 to 2 three times, 2 to 3 twice, nothing between 1 and 3: 9/3 + 4/2, df 3.
    found = bowker([[1, 3, 0], [0, 1, 2], [0, 0, 1]])
    assert (found.statistic, found.df) == (5, 3)


@pytest.mark.parametrize("function", [bowker, stuart_maxwell])
def test_moves_that_cancel_leave_a_statistic_of_nothing(function: Callable) -> None:
    found = function([[5, 4], [4, 5]])
    assert (found.statistic, found.p_value) == (0, 1)


@pytest.mark.parametrize("function", [bowker, stuart_maxwell])
@pytest.mark.parametrize(
    ("table", "categories_used"),
    [
        (np.diag([3, 4, 5]), 3),
        (np.diag([0, 7, 0]), 1),
        (np.zeros((3, 3), int), 0),
        (np.zeros((0, 0), int), 0),
    ],
)
def test_nobody_changing_is_not_computable(
    function: Callable, table: np.ndarray, categories_used: int
) -> None:
    found = function(table)
    pairs = categories_used * (categories_used - 1) // 2
    df = pairs if function is bowker else max(categories_used - 1, 0)
    assert (found.statistic, found.df, found.p_value, found.n_changed) == (None, df, None, 0)


@pytest.mark.parametrize(
    "table",
    [
        [[5, 4, 0], [1, 5, 0], [0, 0, 3]],  # those of the third category all stayed
        [[1, 2, 0, 0], [1, 1, 0, 0], [0, 0, 1, 2], [0, 0, 1, 1]],  # 1 and 2, 3 and 4, nothing between
    ],
)
def test_moves_that_do_not_link_all_categories_are_not_computable(table: list[list[int]]) -> None:
    found = stuart_maxwell(table)
    assert (found.statistic, found.df, found.p_value) == (None, len(table) - 1, None)


def test_one_chain_of_moves_is_enough_to_compute() -> None:
    # One moved from 1 to 2, one from 2 to 3: d = (1, 0), S = [[1, -1], [-1, 2]], inverse [[2, 1], [1, 1]]: 2.
    assert stuart_maxwell([[1, 1, 0], [0, 1, 1], [0, 0, 1]]).statistic == pytest.approx(2, abs=1e-12)


@pytest.mark.parametrize(
    ("weights", "expected"),
    # Costs times counts: unweighted 2, linear 3, quadratic 5 of n 10. Before 4 3 3, after 4 4 2 (by hand):
    # expected by chance, times 10: 100 - (16 + 12 + 6) = 66; 28 + 18 + 2 * (8 + 12) = 86; 46 + 4 * 20 = 126.
    [("unweighted", 1 - 20 / 66), ("linear", 1 - 30 / 86), ("quadratic", 1 - 50 / 126)],
)
def test_kappa_of_three_categories_by_hand(weights: str, expected: float) -> None:
    found = weighted_kappa([[3, 1, 0], [0, 3, 0], [1, 0, 2]], weights=weights)  # type: ignore[arg-type]
    assert found.value == pytest.approx(expected, abs=1e-12)
    assert found.share_same == 0.8


@pytest.mark.parametrize("weights", ["unweighted", "linear", "quadratic"])
def test_kappa_of_a_panel_unanimous_in_both_rounds_is_not_computable(weights: str) -> None:
    found = weighted_kappa(np.diag([0, 0, 12]), weights=weights)  # type: ignore[arg-type]
    assert (found.value, found.share_same, found.n) == (None, 1, 12)


def test_kappa_of_a_panel_that_moved_as_one_is_0() -> None:
    found = weighted_kappa([[0, 12], [0, 0]])
    assert (found.value, found.share_same) == (0, 0)


def test_kappa_of_nobody_is_not_computable() -> None:
    found = weighted_kappa(np.zeros((3, 3), int))
    assert (found.value, found.share_same, found.n) == (None, None, 0)


def test_kappa_of_one_person_needs_a_change() -> None:
    assert weighted_kappa([[0, 1], [0, 0]]).value == 0
    assert weighted_kappa([[1, 0], [0, 0]]).value is None


def test_nobody_changing_is_a_kappa_of_1() -> None:
    assert weighted_kappa(np.diag([3, 4, 5]), weights="linear").value == 1


def test_leaving_out_a_category_in_between_makes_moves_shorter() -> None:
    with_middle = [[3, 2, 0, 1], [1, 3, 0, 2], [0, 0, 0, 0], [2, 0, 0, 3]]
    without = [[3, 2, 1], [1, 3, 2], [2, 0, 3]]
    assert weighted_kappa(with_middle).value == weighted_kappa(without).value
    linear = [weighted_kappa(table, weights="linear").value for table in (with_middle, without)]
    assert linear[0] != linear[1]


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    "table", [[[1, 2]], [1, 2], [[1, -1], [0, 1]], [[0.5, 0], [0, 1]], [[NAN, 0], [0, 1]], [["1"]], [[True]]]
)
def test_what_is_no_table_of_people_is_refused(function: Callable, table: list) -> None:
    with pytest.raises(ValueError, match=r"^table:"):
        function(table)


def test_unknown_weights_are_named() -> None:
    with pytest.raises(ValueError, match=r"^weights: 'equal'"):
        weighted_kappa(VISION, weights="equal")  # type: ignore[arg-type]


def test_pairs_are_counted_before_by_after() -> None:
    table = paired_table([7, 7, 8, 9, NAN, 9], [8, 8, 8, 7, 7, NAN], categories=(7, 8, 9))
    # 7 to 8 twice, 8 to 8, 9 to 7; two pairs have a rating missing.
    assert table.tolist() == [[0, 2, 0], [0, 1, 0], [1, 0, 0]]
    assert table.dtype == np.int64


@pytest.mark.parametrize("categories", [(1, 3, 9), (0.5, 1, 1.5), (-100, 0, 100), (4, 5, 6)])
def test_categories_can_lie_anywhere(categories: tuple[float, ...]) -> None:
    low, middle, high = categories
    table = paired_table([low, high, high, middle], [middle, high, low, NAN], categories=categories)
    assert table.tolist() == [[0, 1, 0], [0, 0, 0], [1, 0, 1]]


def test_tables_of_many_outcomes_are_those_of_each() -> None:
    before = np.array([[1, 3, NAN], [2, 3, 5], [3, NAN, 4]])
    after = np.array([[1, 2, 5], [3, 3, NAN], [3, 1, NAN]])
    tables = paired_tables(before, after, categories=range(1, 6))
    assert tables.shape == (3, 5, 5)
    for outcome in range(3):
        one = paired_table(before[:, outcome], after[:, outcome], categories=range(1, 6))
        np.testing.assert_array_equal(tables[outcome], one)
    assert not tables[2].any()


def test_nobody_and_no_outcome_make_empty_tables() -> None:
    assert paired_table([], [], categories=(1, 2)).tolist() == [[0, 0], [0, 0]]
    assert paired_tables(np.empty((4, 0)), np.empty((4, 0)), categories=(1, 2)).shape == (0, 2, 2)


@pytest.mark.parametrize(
    ("before", "after", "categories", "name"),
    [
        ([1, 4], [1, 2], (1, 2, 3), "before: a rating"),
        ([1, 2], [1, 1.5], (1, 2, 3), "after: a rating"),
        ([1, 2], [1], (1, 2, 3), "after: shape"),
        ([[1]], [[1]], (1, 2, 3), "before: 2 dim"),
        ([1], [float("inf")], (1, 2, 3), "after: an inf"),
        ([1], [1], (3, 2, 1), "categories: each"),
    ],
)
def test_pairs_that_cannot_be_counted_are_named(
    before: list, after: list, categories: tuple[int, ...], name: str
) -> None:
    with pytest.raises(ValueError, match=f"^{name}"):
        paired_table(before, after, categories=categories)

"""Kemeny's orders: exact, all of them, counted."""

from fractions import Fraction
from itertools import islice, permutations
from math import comb, factorial

import numpy as np
import pytest

from analysis.ranking import kemeny, kemeny_of_matrix, pairwise_matrix
from tests.analysis.ballot_cases import (
    CHATTANOOGA,
    KNOXVILLE,
    MEMPHIS,
    NASHVILLE,
    TENNESSEE_WEIGHTS,
    places_of,
    tennessee,
)


def test_the_tennessee_example() -> None:
    # Agree: N before C and K 68 + 68, N before M 58, C before K 83, C before M 58, K before M 58: 393 of 600.
    result = kemeny(tennessee(), weights=TENNESSEE_WEIGHTS)
    assert result.orders == ((NASHVILLE, CHATTANOOGA, KNOXVILLE, MEMPHIS),)
    assert (result.agreement, result.cost) == (393, 600 - 393)
    assert (result.n_optimal, result.is_unique) == (1, True)
    assert (result.weight, result.n_voters, result.unranked) == (100, 4, "last")


def test_a_circle_leaves_three_orders() -> None:
    # Each pair 2 to 1: an order along the circle has two pairs with 1 against and one with 2.
    result = kemeny(places_of(["a b c", "b c a", "c a b"], listed="abc"))
    assert result.orders == ((0, 1, 2), (1, 2, 0), (2, 0, 1))
    assert (result.cost, result.agreement, result.n_optimal, result.is_unique) == (4, 5, 3, False)


def test_a_circle_between_two_that_are_not_in_it() -> None:
    result = kemeny(places_of(["d a b c e", "d b c a e", "d c a b e"], listed="abcde"))
    assert result.orders == ((3, 0, 1, 2, 4), (3, 1, 2, 0, 4), (3, 2, 0, 1, 4))


def test_pairs_that_nobody_compared_may_stand_either_way() -> None:
    # a before b and c before d, nothing between them: 4! / (2! 2!) shuffles, in lexicographic order.
    result = kemeny(places_of(["a b", "c d"], listed="abcd"), unranked="ignore")
    expected = [order for order in permutations(range(4)) if order.index(0) < order.index(1)]
    assert result.orders == tuple(order for order in expected if order.index(2) < order.index(3))
    assert (result.n_optimal, result.cost) == (6, 0)


def test_a_limit_cuts_the_orders_and_not_their_number() -> None:
    result = kemeny(np.ones((3, 9)), limit=5)
    assert result.orders == tuple(islice(permutations(range(9)), 5))
    assert (result.n_optimal, result.limit, result.is_unique) == (factorial(9), 5, False)


def test_the_number_of_orders_may_be_beyond_64_bits() -> None:
    # A fence: 0 beats 1, 2 beats 1 and 3, and so on. The orders are the alternating permutations, of which
    # there are 15514534163557086905 of 24 (Euler's secant numbers, OEIS A000364, entry 12).
    fence = np.zeros((24, 24), dtype=np.int64)
    upper = np.arange(0, 24, 2)
    fence[upper, upper + 1] = 1
    fence[upper[1:], upper[1:] - 1] = 1
    result = kemeny_of_matrix(fence, limit=3)
    assert (result.n_optimal, result.cost) == (15514534163557086905, 0)
    # The first in lexicographic order places each lower one as soon as both its neighbours stand.
    lowest = [outcome for upper in range(2, 24, 2) for outcome in (upper, upper - 1)]
    assert result.orders is not None
    assert result.orders[0] == (0, *lowest, 23)


def test_parts_count_on_their_own() -> None:
    # Two circles that tie with one another: 3 orders each, and 6! / (3! 3!) shuffles.
    circle = np.array([[0, 2, 1], [1, 0, 2], [2, 1, 0]])
    matrix = np.ones((6, 6), dtype=np.int64)
    matrix[:3, :3] = matrix[3:, 3:] = circle
    result = kemeny_of_matrix(matrix)
    assert result.n_optimal == 3 * 3 * comb(6, 3)
    assert result.orders is not None
    assert (len(result.orders), result.orders) == (result.n_optimal, tuple(sorted(set(result.orders))))
    assert result.cost == 4 + 4 + 9


def circular(outcomes: int) -> np.ndarray:
    """Each beats the half that follow it in a circle, by one."""
    ahead = (np.arange(outcomes) - np.arange(outcomes)[:, None]) % outcomes
    return ((ahead > 0) & (ahead <= outcomes // 2)).astype(np.int64)


def test_more_than_24_outcomes_bound_together_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^pairwise: 25 outcomes .* up to 24"):
        kemeny_of_matrix(circular(25))
    ballots = [[(place - voter) % 25 + 1 for place in range(25)] for voter in range(25)]
    with pytest.raises(ValueError, match=r"^ballots: 25 outcomes"):
        kemeny(ballots)


def test_any_number_of_outcomes_is_ordered_where_majorities_keep_them_apart() -> None:
    line = np.triu(np.ones((60, 60)), k=1)
    line[:3, :3] = circular(3)
    result = kemeny_of_matrix(line)
    rest = tuple(range(3, 60))
    assert result.orders == ((0, 1, 2, *rest), (1, 2, 0, *rest), (2, 0, 1, *rest))


def test_a_matrix_is_read_like_the_ballots_that_it_comes_from() -> None:
    ballots = places_of(["a b c", "b c a", "c a b", "a c"], listed="abc")
    weights = [0.5, 0.25, 0.25, 0.125]
    matrix = pairwise_matrix(ballots, weights=weights)
    of_ballots, of_matrix = kemeny(ballots, weights=weights), kemeny_of_matrix(matrix)
    assert of_ballots == of_matrix
    of_numbers = kemeny_of_matrix(matrix.weights)
    assert (of_numbers.orders, of_numbers.cost) == (of_ballots.orders, of_ballots.cost)
    assert (of_numbers.weight, of_numbers.n_voters, of_numbers.unranked) == (None, None, None)


def test_weights_are_compared_as_they_are_written() -> None:
    # 0.1 + 0.2 against 0.3 is a tie, so both orders are optimal.
    result = kemeny(places_of(["a b", "a b", "b a"], listed="ab"), weights=[0.1, 0.2, 0.3])
    assert (result.orders, result.cost) == (((0, 1), (1, 0)), Fraction(3, 10))


def test_large_weights_stay_exact() -> None:
    # A circle of 10^15 + 1, 10^15 and 10^15: cut at a link that the largest does not carry.
    ballots = places_of(["a b c", "b c a", "c a b"], listed="abc")
    result = kemeny(ballots, weights=[10**15 + 1, 10**15, 10**15])
    # a before b and b before c each have one vote more than c before a.
    assert (result.orders, result.cost) == (((0, 1, 2),), 4 * 10**15)


@pytest.mark.parametrize(("ballots", "weights"), [(np.empty((0, 2)), None), (np.ones((2, 2)), [0, 0])])
def test_without_voters_or_weight_nothing_is_computable(
    ballots: np.ndarray, weights: list[int] | None
) -> None:
    result = kemeny(ballots, weights=weights)
    assert (result.orders, result.n_optimal, result.cost, result.agreement) == (None,) * 4
    assert result.is_unique is None


def test_one_outcome_has_one_order() -> None:
    result = kemeny([[1]])
    assert (result.orders, result.cost, result.agreement) == (((0,),), 0, 0)


@pytest.mark.parametrize(
    "matrix", [[1, 2], [[0, 1]], np.empty((0, 0)), [[0, -1], [1, 0]], [[0, np.nan], [1, 0]]]
)
def test_what_is_no_matrix_is_refused(matrix: list[list[float]]) -> None:
    with pytest.raises(ValueError, match=r"^pairwise:"):
        kemeny_of_matrix(matrix)


def test_the_diagonal_is_not_read() -> None:
    assert kemeny_of_matrix([[np.nan, 1], [0, np.nan]]).agreement == 1


@pytest.mark.parametrize("limit", [0, -1, 0.5])
def test_a_limit_below_one_is_refused(limit: int) -> None:
    with pytest.raises(ValueError, match=r"^limit:"):
        kemeny([[1, 2]], limit=limit)
    with pytest.raises(ValueError, match=r"^limit:"):
        kemeny(np.empty((0, 2)), limit=limit)

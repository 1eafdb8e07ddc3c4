"""Kemeny's orders against all orders there are, and against integer programming."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, permutations
from typing import get_args

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.ranking import kemeny, kemeny_of_matrix
from analysis.ranking.pairwise import UnrankedPairs
from tests.analysis.ballot_cases import Places, random_places, random_weights

ALL_ORDERS = {n: np.array(list(permutations(range(n)))) for n in range(1, 8)}


def costs_of_all_orders(against: NDArray[np.int64]) -> NDArray[np.int64]:
    """`against[i, j]`: what it costs to put i before j."""
    orders = ALL_ORDERS[len(against)]
    costs = np.zeros(len(orders), dtype=np.int64)
    for first, second in combinations(range(len(against)), 2):
        costs += against[orders[:, first], orders[:, second]]
    return costs


def against_by_ballots(places: Places, whole: list[int], unranked: UnrankedPairs) -> NDArray[np.int64]:
    outcomes = range(places.shape[1])
    against = np.zeros((len(outcomes), len(outcomes)), dtype=np.int64)
    for ballot, weight in zip(places.tolist(), whole, strict=True):
        ranked = [at for at in outcomes if ballot[at] == ballot[at]]
        for i, j in permutations(outcomes, 2):
            if j in ranked and (ballot[j] < ballot[i] if i in ranked else unranked == "last"):
                against[i, j] += weight
    return against


def check_all(places: Places, weights: object, unranked: UnrankedPairs) -> None:
    # 30 makes thirds and tenths whole.
    whole = [int(Fraction(one) * 30) for one in weights] if isinstance(weights, list) else [30] * len(places)
    result = kemeny(places, weights=weights, unranked=unranked, limit=10_000)
    if not result.weight:
        assert result.orders is None
        return
    against = against_by_ballots(places, whole, unranked)
    costs = costs_of_all_orders(against)
    best = ALL_ORDERS[len(against)][costs == costs.min()]
    assert result.orders == tuple(map(tuple, best.tolist()))
    assert result.n_optimal == len(best)
    assert (result.cost, result.agreement) == (
        Fraction(int(costs.min()), 30),
        Fraction(int(against.sum() - costs.min()), 30),
    )


def profiles(seed: int, times: int) -> Iterator[tuple[Places, object, UnrankedPairs]]:
    rng = np.random.default_rng(seed)
    for _ in range(times):
        outcomes = int(rng.choice(np.arange(1, 8), p=[0.05, 0.05, 0.15, 0.2, 0.25, 0.2, 0.1]))
        places = random_places(rng, voters=int(rng.integers(0, 10)), outcomes=outcomes)
        yield places, random_weights(rng, len(places)), get_args(UnrankedPairs)[rng.integers(2)]


def test_all_optimal_orders_are_those_of_all_orders_that_cost_least() -> None:
    for places, weights, unranked in profiles(1, times=1200):
        check_all(places, weights, unranked)


def test_so_are_those_of_strict_ballots_full_of_circles() -> None:
    rng = np.random.default_rng(2)
    for _ in range(300):
        outcomes = int(rng.integers(3, 8))
        strict = rng.random((int(rng.integers(3, 8)), outcomes)).argsort(axis=1).argsort(axis=1) + 1.0
        check_all(strict, None, "last")


def test_so_are_those_of_any_matrix() -> None:
    # Sparse ones fall into parts that tie with one another, dense ones are searched as a whole.
    rng = np.random.default_rng(3)
    for _ in range(600):
        outcomes = int(rng.integers(2, 8))
        matrix = rng.integers(0, 4, (outcomes, outcomes)) * (rng.random((outcomes, outcomes)) < rng.random())
        np.fill_diagonal(matrix, 0)
        result = kemeny_of_matrix(matrix, limit=10_000)
        costs = costs_of_all_orders(matrix.T)
        best = ALL_ORDERS[outcomes][costs == costs.min()]
        assert result.orders == tuple(map(tuple, best.tolist()))
        assert (result.n_optimal, result.cost) == (len(best), costs.min())


def test_a_limit_takes_the_first_in_lexicographic_order() -> None:
    rng = np.random.default_rng(4)
    for places, weights, unranked in profiles(5, times=300):
        everything = kemeny(places, weights=weights, unranked=unranked, limit=10_000)
        limit = int(rng.integers(1, 12))
        result = kemeny(places, weights=weights, unranked=unranked, limit=limit)
        assert result.n_optimal == everything.n_optimal
        assert result.orders == (everything.orders and everything.orders[:limit])


def least_cost_and_number(against: list[list[int]]) -> tuple[int, int]:
    """Over all sets placed first, smallest first: the least cost, and in how many orders."""
    n = len(against)
    best = {0: (0, 1)}
    for placed in range(1, 1 << n):
        ways: dict[int, int] = {}
        for last in range(n):
            if placed >> last & 1:
                cost, number = best[placed ^ 1 << last]
                cost += sum(against[last][later] for later in range(n) if not placed >> later & 1)
                ways[cost] = ways.get(cost, 0) + number
        best[placed] = min(ways.items())
    return best[(1 << n) - 1]


@pytest.mark.parametrize("outcomes", [8, 9, 10])
def test_cost_and_number_are_those_of_a_plain_walk_over_all_sets(outcomes: int) -> None:
    rng = np.random.default_rng(outcomes)
    for voters in (2, 3, 4, 5, 6, 7, 48, 49):
        places = rng.random((voters, outcomes)).argsort(axis=1).argsort(axis=1) + 1.0
        places[places > rng.integers(outcomes // 2, outcomes + 1, (voters, 1))] = np.nan
        unranked = get_args(UnrankedPairs)[rng.integers(2)]
        against = against_by_ballots(places, [1] * voters, unranked)
        result = kemeny(places, unranked=unranked)
        assert (result.cost, result.n_optimal) == least_cost_and_number(against.tolist())
        orders = result.orders or ()
        assert orders == tuple(sorted(set(orders)))
        assert len(orders) == min(1000, result.n_optimal or 0)
        assert all(np.triu(against[np.ix_(order, order)]).sum() == result.cost for order in orders)


def least_cost_by_integer_programming(before: NDArray[np.int64]) -> int:
    """x of a pair i < j is 1 where i comes before j; no three outcomes run in a circle."""
    n = len(before)
    pairs = list(combinations(range(n), 2))
    at = {pair: place for place, pair in enumerate(pairs)}
    # Cost: before[i, j] where j comes before i, before[j, i] where i comes before j.
    gain = np.array([before[j, i] - before[i, j] for i, j in pairs], dtype=np.float64)
    circles = list(combinations(range(n), 3))
    rows = np.zeros((len(circles), len(pairs)))
    for row, (i, j, k) in zip(rows, circles, strict=True):
        row[[at[i, j], at[j, k], at[i, k]]] = 1, 1, -1
    found = milp(
        gain,
        integrality=np.ones(len(pairs)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(rows, 0, 1),
    )
    assert found.success
    return round(found.fun) + sum(int(before[pair]) for pair in pairs)


@pytest.mark.parametrize("outcomes", [10, 11, 12, 13, 14])
@pytest.mark.parametrize("noise", [0.3, 1.0, 100.0])
def test_the_cost_is_that_of_integer_programming(outcomes: int, noise: float) -> None:
    rng = np.random.default_rng([outcomes, int(noise * 10)])
    for voters in (5, 48):
        liking = np.arange(outcomes) / outcomes + noise * rng.random((voters, outcomes))
        places = liking.argsort(axis=1).argsort(axis=1) + 1.0
        places[places > rng.integers(3, outcomes + 1, (voters, 1))] = np.nan
        before = against_by_ballots(places, [1] * voters, "last").T
        assert kemeny(places).cost == least_cost_by_integer_programming(before)

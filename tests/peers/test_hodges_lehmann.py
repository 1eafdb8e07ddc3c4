"""The Hodges-Lehmann difference against its definition, written down as it is read."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations
from math import comb

import numpy as np
import pytest
from scipy import stats

from analysis.comparison.rank_sum_null import cumulated_null
from analysis.hodges_lehmann import NullDistribution, hodges_lehmann

DATA_SETS = 1200


@cache
def orders(n_x: int, n_y: int, u: int) -> int:
    """The orders of two groups with this U: the highest is an x, who beats all y, or a y."""
    if u < 0 or ((not n_x or not n_y) and u):
        return 0
    if not n_x or not n_y:
        return 1
    return orders(n_x - 1, n_y, u - n_y) + orders(n_x, n_y - 1, u)


def end_by_exact(n_x: int, n_y: int, tail: float) -> int:
    """The number of U, from 0, whose lower tail is at most `tail`."""
    end, below = 0, 0
    while (below := below + orders(n_x, n_y, end)) <= tail * comb(n_x + n_y, n_x) * (1 + 1e-12):
        end += 1
    return end


def end_by_normal(x: np.ndarray, y: np.ndarray, tail: float) -> int:
    n = x.size + y.size
    ties = stats.tiecorrect(stats.rankdata(np.concatenate((x, y))))
    deviation = np.sqrt(ties * x.size * y.size * (n + 1) / 12)
    return int(max(0, np.floor(x.size * y.size / 2 + 0.5 - stats.norm.isf(tail) * deviation)))


def two_groups(number: int, *, most: int, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Two groups of 0 or more people, of whole numbers, means or any, with ties and missing."""
    rng = np.random.default_rng(seed)
    for _ in range(number):
        sizes = rng.integers(0, most, size=2)
        points = int(rng.integers(1, 30))
        step = rng.choice([1.0, 1 / 3, 0.07])
        x, y = (rng.integers(1, points + 1, size=size) * step for size in sizes)
        x = x + rng.choice([0, 0.1])
        yield np.where(rng.random(x.size) < 0.1, np.nan, x), y


def expected(x: np.ndarray, y: np.ndarray, end: int) -> tuple[float | None, ...]:
    differences = np.sort((x[:, None] - y).ravel())
    if not end:
        return float(np.median(differences)), None, None
    return float(np.median(differences)), differences[end - 1], differences[-end]


@pytest.mark.parametrize("confidence", [0.95, 0.8])
def test_small_groups_by_every_difference_and_every_order(confidence: float) -> None:
    for x, y in two_groups(DATA_SETS, most=12, seed=31):
        found, x = hodges_lehmann(x, y, confidence=confidence), x[~np.isnan(x)]
        if not x.size or not y.size:
            assert found.estimate is None
            continue
        end = end_by_exact(x.size, y.size, (1 - confidence) / 2)
        assert found.method is NullDistribution.EXACT
        assert (found.estimate, found.low, found.high) == pytest.approx(expected(x, y, end), abs=1e-9)


def test_larger_groups_by_every_difference_and_the_normal_curve() -> None:
    normal = 0
    for x, y in two_groups(DATA_SETS, most=90, seed=32):
        found, x = hodges_lehmann(x, y), x[~np.isnan(x)]
        if found.method is not NullDistribution.NORMAL:
            continue
        result = expected(x, y, end_by_normal(x, y, 0.025))
        assert (found.estimate, found.low, found.high) == pytest.approx(result, abs=1e-9)
        normal += 1
    assert normal > 400


def test_groups_of_more_differences_than_are_held_in_memory() -> None:
    rng = np.random.default_rng(33)
    for _ in range(6):
        x, y = rng.normal(size=int(rng.integers(550, 900))), rng.normal(size=int(rng.integers(550, 900)))
        found, result = hodges_lehmann(x, y), expected(x, y, end_by_normal(x, y, 0.025))
        assert (found.estimate, found.low, found.high) == pytest.approx(result, abs=1e-9)


@pytest.mark.parametrize(("n_x", "n_y"), [(1, 1), (1, 6), (2, 5), (3, 3), (4, 3), (5, 5)])
def test_the_null_distribution_is_that_of_every_order_written_out(n_x: int, n_y: int) -> None:
    people = range(n_x + n_y)
    us = [sum(place - at for at, place in enumerate(chosen)) for chosen in combinations(people, n_x)]
    tails = [np.mean(np.array(us) <= u) for u in range(n_x * n_y + 1)]
    assert cumulated_null(n_x, n_y) == pytest.approx(tails, abs=1e-12)


@pytest.mark.parametrize(("n_x", "n_y"), [(30, 30), (8, 100), (33, 27), (20, 60)])
def test_the_null_distribution_of_large_groups_is_that_of_the_recursion(n_x: int, n_y: int) -> None:
    ways = np.cumsum([orders(n_x, n_y, u) for u in range(n_x * n_y + 1)])
    tails = [float(number / comb(n_x + n_y, n_x)) for number in ways]
    assert cumulated_null(n_x, n_y) == pytest.approx(tails, rel=1e-12)

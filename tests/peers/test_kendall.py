"""Kendall's W against Friedman's test, ranks counted one by one, and every permutation of tiny panels."""

from collections.abc import Iterator
from itertools import permutations, product

import numpy as np
import pytest
from scipy.stats import friedmanchisquare

from analysis.agreement.kendall import kendall_w


def random_ratings(number: int, *, seed: int) -> Iterator[np.ndarray]:
    """0 to 8 raters by 0 to 8 outcomes: whole numbers, fractions or any; ties, constant raters, missing."""
    rng = np.random.default_rng(seed)
    for _ in range(number):
        shape = int(rng.integers(0, 9)), int(rng.integers(0, 9))
        ratings = rng.integers(1, rng.integers(2, 14), size=shape) * rng.choice([1, 0.5, 0.1, 70])
        ratings[rng.random(shape[0]) < 0.1] = 4
        ratings[rng.random(shape) < rng.choice([0, 0.03])] = np.nan
        yield ratings


def mid_rank(score: float, scores: np.ndarray) -> float:
    return float((scores < score).sum() + ((scores == score).sum() + 1) / 2)


def naive_w(ratings: np.ndarray) -> tuple[float | None, float | None]:
    """W with and without the correction for ties, from ranks counted one by one."""
    complete = np.array([row for row in ratings if not np.isnan(row).any()])
    m, n = complete.shape if len(complete) else (0, ratings.shape[1])
    ties = sum(
        float((row == value).sum() ** 3 - (row == value).sum()) for row in complete for value in set(row)
    )
    room = m**2 * (n**3 - n) - m * ties
    if m < 2 or n < 2 or room == 0:
        return None, None
    sums = [sum(mid_rank(row[at], row) for row in complete) for at in range(n)]
    spread = sum((one - m * (n + 1) / 2) ** 2 for one in sums)
    return 12 * spread / room, 12 * spread / (m**2 * (n**3 - n))


def test_w_is_that_of_ranks_counted_one_by_one() -> None:
    computable = 0
    for ratings in random_ratings(2200, seed=1):
        found, (w, uncorrected) = kendall_w(ratings), naive_w(ratings)
        complete = ratings[~np.isnan(ratings).any(axis=1)]
        assert found.n_raters == len(complete)
        assert found.n_uninformative == sum(len(set(row)) == 1 for row in complete)
        assert (found.w is None) == (w is None)
        if w is not None:
            assert (found.w, found.w_uncorrected) == pytest.approx((w, uncorrected), abs=1e-9)
            computable += 1
    assert computable >= 1000


def test_the_test_is_friedmans() -> None:
    compared = 0
    for ratings in random_ratings(2500, seed=2):
        complete = ratings[~np.isnan(ratings).any(axis=1)]
        found = kendall_w(ratings)
        if found.w is None or complete.shape[1] < 3:
            continue
        peer = friedmanchisquare(*complete.T)
        assert (found.chi2, found.p_value) == pytest.approx((peer.statistic, peer.pvalue), abs=1e-9)
        assert found.w == pytest.approx(peer.statistic / (len(complete) * (complete.shape[1] - 1)), abs=1e-9)
        compared += 1
    assert compared >= 1000


def exact_p(ratings: np.ndarray) -> float:
    """The share of all ways to shuffle each rater's answers that agree as much."""
    own = naive_w(ratings)[0]
    every = [list(permutations(row)) for row in ratings]
    drawn = [naive_w(np.array(rows))[0] for rows in product(*every)]
    return sum(w >= own - 1e-12 for w in drawn if w is not None and own is not None) / len(drawn)


@pytest.mark.parametrize("seed", range(6))
def test_the_permutation_p_is_near_that_of_every_permutation(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ratings = rng.integers(1, 4, size=[(2, 4), (3, 3)][seed % 2]).astype(float)
    ratings[0] = np.arange(ratings.shape[1])
    exact, drawn = exact_p(ratings), 4000
    found = kendall_w(ratings, permutations=drawn, rng=rng)
    error = 5 * (exact * (1 - exact) / drawn) ** 0.5 + 1 / drawn
    assert found.p_permutation == pytest.approx(exact, abs=error)


def test_a_matrix_of_more_than_a_block_is_friedmans_too() -> None:
    rng = np.random.default_rng(4)
    ratings = rng.integers(1, 10, size=(9_000, 17)).astype(float)
    peer = friedmanchisquare(*ratings.T)
    found = kendall_w(ratings)
    assert (found.chi2, found.p_value) == pytest.approx((peer.statistic, peer.pvalue), abs=1e-9)

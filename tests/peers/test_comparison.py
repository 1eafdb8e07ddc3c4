"""Groups compared, against SciPy, pingouin, statsmodels and NumPy's own median."""

import warnings
from collections.abc import Iterator

import numpy as np
import pingouin
import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from analysis.comparison import (
    differences_from,
    kruskal_wallis,
    kruskal_wallis_counts,
    mann_whitney,
    mann_whitney_counts,
)

DATA_SETS = 1200
NEAR = 1e-9


def samples(number: int, *, groups: int, seed: int) -> Iterator[list[np.ndarray]]:
    """Groups of 0 to 12 people: few points or any number, with ties, missing, unanimous and empty ones."""
    rng = np.random.default_rng(seed)
    for _ in range(number):
        points, step = int(rng.integers(1, 40)), rng.choice([0.37, 0.5, 1.0])
        sizes = rng.integers(0, rng.integers(2, 14), size=groups)
        drawn = [rng.integers(1, points + 1, size=size) * step for size in sizes]
        missing = rng.choice([0, 0.3])
        yield [np.where(rng.random(one.size) < missing, np.nan, one) for one in drawn]


def scored(sample: np.ndarray) -> np.ndarray:
    return sample[~np.isnan(sample)]


def test_mann_whitney_is_scipys() -> None:
    exact = 0
    for x, y in samples(DATA_SETS, groups=2, seed=1):
        found, left, right = mann_whitney(x, y), scored(x), scored(y)
        if not left.size or not right.size:
            assert found.statistic is None
            continue
        if np.unique(np.concatenate((left, right))).size == 1:
            assert (found.p_value, found.probability_of_superiority) == (None, 0.5)
            continue
        peer = stats.mannwhitneyu(left, right, method="exact" if found.is_exact else "asymptotic")
        assert found.statistic == peer.statistic
        assert found.p_value == pytest.approx(peer.pvalue, rel=NEAR, abs=NEAR)
        exact += found.is_exact
    assert exact > 50


def test_the_exact_test_is_chosen_where_scipy_chooses_it() -> None:
    for x, y in samples(DATA_SETS, groups=2, seed=2):
        left, right = scored(x), scored(y)
        if left.size and right.size and np.unique(np.concatenate((left, right))).size > 1:
            assert mann_whitney(x, y).p_value == pytest.approx(
                stats.mannwhitneyu(left, right)[1], rel=NEAR, abs=NEAR
            )


def test_the_effect_sizes_are_pingouins() -> None:
    for x, y in samples(1000, groups=2, seed=3):
        found, left, right = mann_whitney(x, y), scored(x), scored(y)
        if min(left.size, right.size) < 2:
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sets that are all tied
            peer = pingouin.mwu(left, right).iloc[0]
        assert found.probability_of_superiority == pytest.approx(peer["CLES"], rel=NEAR, abs=NEAR)
        assert found.rank_biserial == pytest.approx(peer["RBC"], rel=NEAR, abs=NEAR)


def test_counts_give_what_scores_give() -> None:
    rng = np.random.default_rng(4)
    counts = rng.integers(0, rng.integers(1, 4, size=(2, DATA_SETS, 1)), size=(2, DATA_SETS, 9))
    found = mann_whitney_counts(*counts)
    for at in range(DATA_SETS):
        one = mann_whitney(*(np.repeat(np.arange(9.0), of_group[at]) for of_group in counts))
        for name in ("statistic", "p_value", "probability_of_superiority", "rank_biserial"):
            expected, value = getattr(one, name), getattr(found, name)[at]
            assert (np.isnan(value) and expected is None) or value == expected


def test_kruskal_wallis_is_scipys() -> None:
    for groups in samples(DATA_SETS, groups=4, seed=5):
        found = kruskal_wallis(groups)
        some = [scored(one) for one in groups if scored(one).size]
        together = np.concatenate([np.empty(0), *some])
        if len(some) < 2 or np.unique(together).size == 1:
            assert (found.statistic, found.p_value) == (None, None)
            continue
        peer = stats.kruskal(*some)
        assert found.statistic == pytest.approx(peer.statistic, rel=NEAR, abs=NEAR)
        assert found.p_value == pytest.approx(peer.pvalue, rel=NEAR, abs=NEAR)
        assert found.df == len(some) - 1


def test_epsilon_squared_is_the_share_of_the_ranks_variance_between_groups() -> None:
    for groups in samples(DATA_SETS, groups=3, seed=6):
        found = kruskal_wallis(groups)
        if found.epsilon_squared is None:
            continue
        some = [scored(one) for one in groups if scored(one).size]
        ranks = stats.rankdata(np.concatenate(some))
        of_each = np.split(ranks, np.cumsum([one.size for one in some])[:-1])
        between = sum(one.size * (one.mean() - ranks.mean()) ** 2 for one in of_each)
        assert found.epsilon_squared == pytest.approx(
            between / ((ranks - ranks.mean()) ** 2).sum(), rel=NEAR, abs=NEAR
        )


def test_kruskal_wallis_of_counts_is_that_of_scores() -> None:
    rng = np.random.default_rng(7)
    counts = rng.integers(0, rng.integers(1, 4, size=(3, DATA_SETS, 1)), size=(3, DATA_SETS, 7))
    found = kruskal_wallis_counts(counts)
    for at in range(DATA_SETS):
        one = kruskal_wallis([np.repeat(np.arange(7.0), of_group[at]) for of_group in counts])
        for name in ("statistic", "p_value", "epsilon_squared"):
            expected, value = getattr(one, name), getattr(found, name)[at]
            assert (np.isnan(value) and expected is None) or value == expected


def test_the_interval_of_a_difference_is_statsmodels() -> None:
    rng = np.random.default_rng(8)
    n = rng.integers(1, rng.integers(2, 60, size=(2, DATA_SETS)))
    k = rng.integers(0, n + 1)
    found = differences_from(np.stack((n - k, k), axis=-1), reference=0, box=[False, True])
    for at in range(DATA_SETS):
        peer = confint_proportions_2indep(k[1, at], n[1, at], k[0, at], n[0, at], method="newcomb")
        assert (found.low[1, at], found.high[1, at]) == pytest.approx(peer, rel=NEAR, abs=NEAR)


def test_the_difference_of_medians_is_numpys() -> None:
    rng = np.random.default_rng(9)
    counts = rng.integers(0, rng.integers(1, 4, size=(3, DATA_SETS, 1)), size=(3, DATA_SETS, 9))
    found = differences_from(counts, reference=1, box=np.arange(9) >= 6)
    for at in range(DATA_SETS):
        scores = [np.repeat(np.arange(9.0), of_group[at]) for of_group in counts]
        medians = [float(np.median(one)) if one.size else np.nan for one in scores]
        np.testing.assert_array_equal(found.median[:, at], medians)
        for group in (0, 2):
            difference = found.median_difference[group, at]
            np.testing.assert_array_equal(difference, medians[group] - medians[1])

"""Tests and kappa of tables against statsmodels and scikit-learn; tables against counting one by one."""

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.contingency_tables import SquareTable
from statsmodels.stats.inter_rater import cohens_kappa

from analysis.stability import bowker, paired_table, paired_tables, stuart_maxwell, weighted_kappa

WEIGHTS = ("unweighted", "linear", "quadratic")
NAN = float("nan")


def random_tables(number: int) -> Iterator[np.ndarray]:
    """Of 1 to 9 categories and 0 to 60 people, from all staying to all moving, some categories empty."""
    rng = np.random.default_rng(20_250_101)
    for _ in range(number):
        size, people = int(rng.integers(1, 10)), int(rng.choice([0, 1, 3, 8, 20, 60]))
        staying = rng.choice([0, 0.5, 5, 50])
        chances = rng.random((size, size)) * (rng.random((size, size)) < rng.choice([0.3, 1, 1]))
        chances += np.eye(size) * (staying + 1e-9)
        table = rng.multinomial(people, (chances / chances.sum()).ravel()).reshape(size, size)
        if rng.random() < 0.3:
            gone = rng.integers(size)
            table[gone], table[:, gone] = 0, 0
        yield table


def without_unused(table: np.ndarray) -> np.ndarray:
    used = [i for i in range(len(table)) if table[i].any() or table[:, i].any()]
    return table[used][:, used]


def test_bowker_is_that_of_statsmodels() -> None:
    compared = 0
    for table in random_tables(2500):
        found, used = bowker(table), without_unused(table)
        if not (table - np.diag(np.diag(table))).any():
            assert (found.statistic, found.p_value) == (None, None)
            continue
        peer = SquareTable(used, shift_zeros=False).symmetry()
        assert found.statistic == pytest.approx(peer.statistic, abs=1e-9)
        assert found.p_value == pytest.approx(peer.pvalue, abs=1e-9)
        assert found.df == peer.df
        compared += 1
    assert compared >= 1000


def test_stuart_maxwell_is_that_of_statsmodels_and_needs_full_rank() -> None:
    computed = singular = 0
    for table in random_tables(4000):
        found, used = stuart_maxwell(table), without_unused(table)
        covariance = np.diag(used.sum(0) + used.sum(1)) - used - used.T
        if len(used) < 2 or np.linalg.matrix_rank(covariance) < len(used) - 1:
            assert (found.statistic, found.p_value) == (None, None)
            singular += 1
            continue
        peer = SquareTable(used, shift_zeros=False).homogeneity()
        assert found.statistic == pytest.approx(peer.statistic, abs=1e-9, rel=1e-9)
        assert found.p_value == pytest.approx(peer.pvalue, abs=1e-9)
        assert found.df == peer.df
        computed += 1
    assert computed >= 1000
    assert singular >= 1000


@pytest.mark.parametrize("weights", WEIGHTS)
def test_kappa_is_that_of_statsmodels(weights: str) -> None:
    compared = 0
    for table in random_tables(2000):
        found = weighted_kappa(table, weights=weights)  # type: ignore[arg-type]
        if np.count_nonzero(table.sum(0) + table.sum(1)) < 2:
            assert found.value is None
            continue
        name = None if weights == "unweighted" else weights
        peer = cohens_kappa(table, wt=name, return_results=False)
        assert found.value == pytest.approx(peer, abs=1e-9)
        compared += 1
    assert compared >= 1000


@pytest.mark.parametrize("weights", WEIGHTS)
def test_kappa_is_that_of_scikit_learn(weights: str) -> None:
    rng = np.random.default_rng(3)
    for _ in range(300):
        before = rng.integers(1, 10, size=rng.integers(2, 30))
        after = np.where(rng.random(before.size) < 0.5, before, rng.integers(1, 10, size=before.size))
        if len({*before, *after}) < 2:
            continue
        points = list(range(1, 10))
        found = weighted_kappa(paired_table(before, after, categories=points), weights=weights)  # type: ignore[arg-type]
        name = None if weights == "unweighted" else weights
        peer = cohen_kappa_score(before, after, labels=points, weights=name)
        assert found.value == pytest.approx(peer, abs=1e-9)


def test_tables_are_what_counting_one_by_one_gives() -> None:
    rng = np.random.default_rng(4)
    for _ in range(1000):
        raters, outcomes, width = rng.integers(0, 12), rng.integers(0, 5), rng.integers(1, 10)
        any_points = np.sort(rng.choice(100, size=width, replace=False)).astype(float)
        points = rng.choice(5) + np.arange(float(width)) if rng.random() < 0.5 else any_points
        before, after = rng.choice([*points, NAN], size=(2, raters, outcomes))
        tables = paired_tables(before, after, categories=points.tolist())
        for outcome in range(outcomes):
            pairs = Counter(zip(before[:, outcome], after[:, outcome], strict=True))
            expected = [[pairs[row, column] for column in points] for row in points]
            assert tables[outcome].tolist() == expected

"""Wilcoxon's signed ranks against SciPy, pingouin, and ranks counted one by one."""

from collections.abc import Iterator

import numpy as np
import pingouin
import pytest
from scipy import stats

from analysis.stability.signed_rank import Zeros, wilcoxon, wilcoxon_of_tables


def two_rounds(number: int, *, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Rows of 0 to 20 ratings: whole, eighths (exact in floats) or far apart; ties, missing, nobody moved."""
    rng = np.random.default_rng(seed)
    for _ in range(number):
        n = int(rng.integers(0, 21))
        before = rng.integers(1, 10, size=n).astype(float)
        after = before + rng.integers(-2, 3, size=n) * (rng.random(n) < rng.choice([0, 0.3, 1]))
        scale = rng.choice([1, 1, 0.125, 50])
        for ratings in (before, after):
            ratings *= scale
            ratings[rng.random(n) < rng.choice([0, 0.2])] = np.nan
        yield before, after


@pytest.mark.parametrize("zeros", ["wilcox", "pratt"])
def test_the_test_is_that_of_scipy(zeros: Zeros) -> None:
    compared = 0
    for before, after in two_rounds(2000, seed=1):
        found = wilcoxon(before, after, zeros=zeros)
        moved = (after - before)[~np.isnan(after - before)]
        assert (found.n_paired, found.n_changed) == (moved.size, np.count_nonzero(moved))
        if not moved.any():
            assert (found.statistic, found.p_value) == (None, None)
            continue
        options = {"zero_method": zeros, "correction": False, "method": "asymptotic"}
        peer = stats.wilcoxon(moved, alternative="greater", **options)
        assert found.statistic == pytest.approx(peer.statistic, abs=1e-9)
        assert found.z == pytest.approx(peer.zstatistic, abs=1e-9)
        assert found.p_value == pytest.approx(stats.wilcoxon(moved, **options).pvalue, abs=1e-9)
        compared += 1
    assert compared >= 1000


def test_the_rank_correlation_is_that_of_pingouin() -> None:
    compared = 0
    for before, after in two_rounds(60, seed=2):
        both = ~np.isnan(before - after)
        if np.count_nonzero(both & (before != after)) < 2:
            continue
        table = pingouin.wilcoxon(after[both], before[both], correction=False, method="asymptotic")
        found = wilcoxon(before, after)
        assert found.rank_biserial == pytest.approx(table.iloc[0]["RBC"], abs=1e-9)
        assert found.p_value == pytest.approx(table.iloc[0].filter(regex="^p").iloc[0], abs=1e-9)
        compared += 1
    assert compared >= 20


@pytest.mark.parametrize("zeros", ["wilcox", "pratt"])
def test_the_rank_correlation_is_that_of_ranks_counted_one_by_one(zeros: Zeros) -> None:
    for before, after in two_rounds(1000, seed=3):
        moved = (after - before)[~np.isnan(after - before)]
        ranked = moved if zeros == "pratt" else moved[moved != 0]
        if not moved.any():
            continue
        ranks = stats.rankdata(abs(ranked))
        rose, fell = ranks[ranked > 0].sum(), ranks[ranked < 0].sum()
        found = wilcoxon(before, after, zeros=zeros)
        assert found.statistic == pytest.approx(rose, abs=1e-9)
        assert found.rank_biserial == pytest.approx((rose - fell) / (rose + fell), abs=1e-9)


@pytest.mark.parametrize("zeros", ["wilcox", "pratt"])
def test_tables_have_the_test_of_their_people(zeros: Zeros) -> None:
    rng = np.random.default_rng(4)
    tables = rng.poisson(rng.choice([0.05, 0.3, 3], size=(1000, 1, 1)), size=(1000, 5, 5))
    found = wilcoxon_of_tables(tables.reshape(10, 100, 5, 5), zeros=zeros)
    for at, table in enumerate(tables):
        before, after = (np.repeat(part.ravel(), table.ravel()) for part in np.indices((5, 5)))
        moved = after - before
        if not moved.any():
            assert np.isnan(found.z.flat[at])
            continue
        peer = stats.wilcoxon(moved, zero_method=zeros, correction=False, method="asymptotic")
        assert found.p_value.flat[at] == pytest.approx(peer.pvalue, abs=1e-9)
        assert found.n_paired.flat[at] == table.sum()

"""Changes, percentage change, ICC and order of outcomes against pandas, fractions, pingouin and SciPy."""

import warnings
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pandas as pd
import pingouin
import pytest
from scipy.stats import spearmanr

from analysis.stability import changes, icc_agreement, percentage_change, rank_correlation

NAN = float("nan")


def two_rounds(number: int, *, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Rows of 0 to 14 ratings, before and after: whole, halves or any; with ties, missing, unanimous ones."""
    rng = np.random.default_rng(seed)
    for _ in range(number):
        n = int(rng.integers(0, 15))
        before = rng.integers(1, rng.integers(2, 10), size=n).astype(float)
        moved = rng.integers(-2, 3, size=n) * (rng.random(n) < rng.choice([0, 0.3, 1]))
        after = before + moved
        scale = rng.choice([0.1, 0.5, 1, 1])
        for ratings in (before, after):
            ratings *= scale
            ratings[rng.random(n) < rng.choice([0, 0.2])] = NAN
        yield before, after


def icc_by_analysis_of_variance(pairs: np.ndarray) -> float | None:
    """McGraw & Wong's ICC(A,1) from the mean squares of a two-way layout, people by rounds."""
    n, k = pairs.shape
    grand = pairs.mean()
    people = k * ((pairs.mean(axis=1) - grand) ** 2).sum()
    rounds = n * ((pairs.mean(axis=0) - grand) ** 2).sum()
    rest = ((pairs - grand) ** 2).sum() - people - rounds
    msr, msc, mse = people / (n - 1), rounds / (k - 1), rest / ((n - 1) * (k - 1))
    below = msr + (k - 1) * mse + k * (msc - mse) / n
    return (msr - mse) / below if abs(below) > 1e-12 else None


def test_icc_is_that_of_an_analysis_of_variance() -> None:
    compared = 0
    for before, after in two_rounds(2500, seed=1):
        found = icc_agreement(before, after)
        pairs = np.array([pair for pair in zip(before, after, strict=True) if not np.isnan(pair).any()])
        assert found.n == len(pairs)
        if len(pairs) < 2:
            assert found.value is None
            continue
        peer = icc_by_analysis_of_variance(pairs)
        assert (found.value is None) == (peer is None)
        if peer is not None:
            assert found.value == pytest.approx(peer, abs=1e-9)
            compared += 1
    assert compared >= 1000


def test_icc_is_that_of_pingouin() -> None:
    rng = np.random.default_rng(2)
    for _ in range(50):
        n = int(rng.integers(5, 20))
        before = rng.integers(1, 10, size=n).astype(float)
        after = before + rng.normal(size=n)
        ratings = pd.DataFrame(
            {"person": np.tile(np.arange(n), 2), "round": np.repeat([1, 2], n), "score": [*before, *after]}
        )
        with warnings.catch_warnings(
            action="ignore", category=pd.errors.Pandas4Warning
        ):  # pingouin's own use
            table = pingouin.intraclass_corr(ratings, targets="person", raters="round", ratings="score")
        peer = table.set_index("Type").loc["ICC(A,1)", "ICC"]
        assert icc_agreement(before, after).value == pytest.approx(peer, abs=1e-9)


def test_changes_are_those_of_pandas() -> None:
    rng = np.random.default_rng(3)
    for _ in range(300):  # of about four outcomes each
        shape = int(rng.integers(0, 15)), int(rng.integers(2, 7))
        before, after = rng.choice([1.0, 2, 3, 9, NAN], size=(2, *shape))
        found = changes(before, after)
        moved = pd.DataFrame(after) - pd.DataFrame(before)
        known = moved.notna()
        np.testing.assert_array_equal(found.n, known.sum())
        pairs = (
            (found.share_changed, (moved != 0).where(known)),
            (found.share_up, (moved > 0).where(known)),
            (found.share_down, (moved < 0).where(known)),
            (found.mean_absolute_change, moved.abs()),
        )
        for ours, frame in pairs:
            np.testing.assert_allclose(ours, frame.astype(float).mean(), rtol=0, atol=1e-9)


def exact_percentage_change(before: list[int], after: list[int]) -> float:
    if not sum(before) or not sum(after):
        return NAN
    shares = ([Fraction(k, sum(counts)) for k in counts] for counts in (before, after))
    return float(sum(abs(b - a) for a, b in zip(*shares, strict=True)) / 2)


def test_percentage_change_is_the_nearest_float_to_the_exact_fraction() -> None:
    rng = np.random.default_rng(4)
    for _ in range(1000):
        shape = int(rng.integers(1, 4)), int(rng.integers(1, 10))
        before, after = rng.integers(0, rng.choice([2, 20, 3000]), size=(2, *shape))
        expected = [
            exact_percentage_change(b, a) for b, a in zip(before.tolist(), after.tolist(), strict=True)
        ]
        np.testing.assert_array_equal(percentage_change(before, after), expected)


def test_the_order_of_outcomes_is_that_of_scipy() -> None:
    compared = 0
    for before, after in two_rounds(2500, seed=5):
        found = rank_correlation(before, after)
        both = ~(np.isnan(before) | np.isnan(after))
        x, y = before[both], after[both]
        if x.size < 3 or np.ptp(x) == 0 or np.ptp(y) == 0:
            assert found is None
            continue
        assert found == pytest.approx(spearmanr(x, y).statistic, abs=1e-9)
        compared += 1
    assert compared >= 1000

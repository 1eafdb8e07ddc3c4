"""Quantiles against NumPy, statsmodels, pandas, and repeated rows."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.weightstats import DescrStatsW

from analysis.quantiles import DEFINITIONS, quantile, quantile_of_counts, weighted_quantile_of_counts

NUMPY_METHODS = {
    1: "inverted_cdf",
    2: "averaged_inverted_cdf",
    3: "closest_observation",
    4: "interpolated_inverted_cdf",
    5: "hazen",
    6: "weibull",
    7: "linear",
    8: "median_unbiased",
    9: "normal_unbiased",
}
# Sixteenths are exact in floats, so that NumPy does not miss a jump.
SHARES = [Fraction(at, 16) for at in range(17)]
POINTS = np.arange(1, 10)


def random_counts(rng: np.random.Generator, sets: int) -> np.ndarray:
    """Panels of 0 to 40 on nine points: nobody, one, unanimous, full of ties."""
    used = rng.random((sets, 9)) < rng.choice([0.15, 0.4, 1], size=(sets, 1))
    return rng.poisson(rng.choice([0.3, 2, 6], size=(sets, 1)), size=(sets, 9)) * used


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_quantiles_of_counts_are_those_of_numpy(definition: int) -> None:
    rng = np.random.default_rng(definition)
    counts = random_counts(rng, 1000)
    found = quantile_of_counts(counts, tuple(SHARES), values=POINTS, definition=definition)
    assert (counts.sum(axis=1) == 0).any()
    for row, ours in zip(counts, found, strict=True):
        if row.sum() == 0:
            assert np.isnan(ours).all()
            continue
        peer = np.quantile(np.repeat(POINTS, row), [*map(float, SHARES)], method=NUMPY_METHODS[definition])
        np.testing.assert_allclose(ours, peer, rtol=0, atol=1e-9)


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_quantiles_of_scores_are_those_of_numpy(definition: int) -> None:
    rng = np.random.default_rng(100 + definition)
    for _ in range(1000):
        scores = rng.choice([rng.normal(size=30), rng.integers(1, 10, 30)])[: rng.integers(1, 30)]
        share = SHARES[rng.integers(17)]
        missing = np.r_[scores, [np.nan] * rng.integers(3)]
        peer = np.quantile(scores, float(share), method=NUMPY_METHODS[definition])
        assert quantile(missing, share, definition=definition) == pytest.approx(peer, abs=1e-9)


def test_the_default_is_that_of_pandas() -> None:
    rng = np.random.default_rng(200)
    for _ in range(1000):
        scores = rng.choice([*range(1, 10), np.nan], size=rng.integers(1, 25))
        share = float(rng.random())
        peer, found = pd.Series(scores).quantile(share), quantile(scores, share)
        assert found is None if np.isnan(peer) else found == pytest.approx(peer, abs=1e-9)


def test_scores_and_counts_agree_at_decimal_shares() -> None:
    # Tenths and hundredths are no floats: here only the exact arithmetic of both ways can be compared.
    rng = np.random.default_rng(300)
    counts = random_counts(rng, 1000)
    for row in counts[counts.sum(axis=1) > 0]:
        share, definition = int(rng.integers(101)) / 100, int(rng.integers(1, 10))
        found = quantile_of_counts(row, share, values=POINTS, definition=definition)
        assert found == quantile(np.repeat(POINTS, row), share, definition=definition)


def exact_quantile(scores: np.ndarray, p: Fraction, definition: int) -> float:
    """Types 1, 2, 3 as Hyndman and Fan state them, in fractions."""
    ordered, n = [int(score) for score in np.sort(scores)], scores.size
    m = Fraction(-1, 2) if definition == 3 else Fraction(0)
    j = (n * p + m) // 1
    g = n * p + m - j
    gamma = {
        1: Fraction(int(g > 0)),
        2: Fraction(1) if g > 0 else Fraction(1, 2),
        3: Fraction(int(not (g == 0 and j % 2 == 0))),
    }[definition]
    low, high = (ordered[min(max(int(place), 1), n) - 1] for place in (j, j + 1))
    return float((1 - gamma) * low + gamma * high)


@pytest.mark.parametrize("definition", [1, 2, 3])
def test_jumps_are_exact_at_decimal_shares(definition: int) -> None:
    rng = np.random.default_rng(400 + definition)
    for _ in range(1000):
        scores = rng.integers(1, 10, size=rng.integers(1, 60))
        share = int(rng.integers(1001)) / 1000
        expected = exact_quantile(scores, Fraction(str(share)), definition)
        assert quantile(scores, share, definition=definition) == expected


@pytest.mark.parametrize(("definition", "method"), [(1, "inverted_cdf"), (2, "averaged_inverted_cdf")])
def test_whole_weights_are_repeated_rows(definition: int, method: str) -> None:
    rng = np.random.default_rng(500 + definition)
    for _ in range(1000):
        scores = rng.integers(1, 10, size=rng.integers(1, 15)).astype(float)
        weights, share = rng.integers(0, 5, size=scores.size), SHARES[rng.integers(17)]
        scores[rng.random(scores.size) < 0.1] = np.nan
        rows = np.repeat(scores, weights)
        rows = rows[~np.isnan(rows)]
        found = quantile(scores, share, weights=weights, definition=definition)
        assert found == (np.quantile(rows, float(share), method=method) if rows.size else None)


@pytest.mark.parametrize("definition", [1, 2])
def test_weighted_counts_are_repeated_rows_at_any_share(definition: int) -> None:
    rng = np.random.default_rng(600 + definition)
    counts, factor = random_counts(rng, 1000), rng.choice([1, 0.5, 0.1, 3.7], size=(1000, 1))
    for share in (0, 0.1, 0.25, 0.3, 0.5, 0.7, 0.9, 1):
        expected = quantile_of_counts(counts, share, values=POINTS, definition=definition)
        whole = weighted_quantile_of_counts(counts, share, values=POINTS, definition=definition)
        scaled = weighted_quantile_of_counts(counts * factor, share, values=POINTS, definition=definition)
        np.testing.assert_array_equal(whole, expected)
        np.testing.assert_array_equal(scaled, expected)


def test_weighted_quantiles_are_those_of_statsmodels() -> None:
    rng = np.random.default_rng(700)
    for _ in range(1000):
        scores = rng.integers(1, 10, size=rng.integers(1, 15)).astype(float)  # it truncates whole ones
        weights = rng.integers(1, 9, size=scores.size) / rng.choice([1, 4, 8])
        share = float(SHARES[rng.integers(1, 16)])
        peer = DescrStatsW(scores, weights).quantile(share, return_pandas=False)[0]
        found = quantile(scores, share, weights=weights, definition=2)
        assert found == pytest.approx(peer, abs=1e-9)


def test_weighted_quantiles_are_those_of_numpy() -> None:
    rng = np.random.default_rng(800)
    for _ in range(1000):
        scores = rng.normal(size=rng.integers(1, 15)).round(1)
        weights = rng.integers(0, 9, size=scores.size) / 8
        share = float(SHARES[rng.integers(1, 16)])
        found = quantile(scores, share, weights=weights, definition=1)
        if weights.sum() == 0:
            assert found is None
            continue
        peer = np.quantile(scores, share, weights=weights, method="inverted_cdf")
        assert found == pytest.approx(peer, abs=1e-9)

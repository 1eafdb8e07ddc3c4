"""A, Cns, two camps and spread against naive transcriptions of their definitions, and SciPy."""

from fractions import Fraction
from itertools import combinations
from math import log2

import numpy as np
import pytest
from scipy import stats

from analysis.dispersion import is_bimodal, polarisation, spread_of_counts, tastle_wierman, van_der_eijk_a


def random_counts(rng: np.random.Generator, categories: int) -> np.ndarray:
    """A panel of 0 to about 30: nobody, one, unanimous, even, with gaps."""
    if rng.random() < 0.05:
        return np.full(categories, int(rng.integers(0, 4)))
    used = rng.random(categories) < rng.choice([0.2, 0.5, 1])
    return rng.integers(0, rng.choice([2, 4, 12]), size=categories) * used


def agreement_of_pattern(used: list[bool]) -> Fraction:
    """One layer, by looking at each triple of categories."""
    k, size = len(used), sum(used)
    unimodal = broken = 0
    for i, j, last in combinations(range(k), 3):
        triple = (used[i], used[j], used[last])
        unimodal += triple in ((True, True, False), (False, True, True))
        broken += triple == (True, False, True)
    if size == k:
        shape = Fraction(0)
    elif unimodal + broken == 0:
        shape = Fraction(1)
    else:
        shape = Fraction((k - 2) * unimodal - (k - 1) * broken, (k - 2) * (unimodal + broken))
    return shape * (1 - Fraction(size - 1, k - 1))


def naive_a(counts: list[int]) -> Fraction | None:
    """Take one layer off after the other."""
    left, total, found = list(counts), sum(counts), Fraction(0)
    while any(left):
        height = min(count for count in left if count)
        used = [count > 0 for count in left]
        found += Fraction(height * sum(used), total) * agreement_of_pattern(used)
        left = [count - height if count else 0 for count in left]
    return found if total else None


@pytest.mark.parametrize("categories", [2, 3, 5, 7, 9, 11])
def test_a_is_that_of_taking_layers_off(categories: int) -> None:
    rng = np.random.default_rng(categories)
    for _ in range(300):
        counts = random_counts(rng, categories)
        expected, found = naive_a(counts.tolist()), van_der_eijk_a(counts)
        if expected is None:
            assert (found, polarisation(counts)) == (None, None)
            continue
        assert found == pytest.approx(float(expected), abs=1e-9)
        assert polarisation(counts) == pytest.approx(float((1 - expected) / 2), abs=1e-9)


@pytest.mark.parametrize("categories", [13, 20])
def test_a_beyond_the_table_is_that_of_taking_layers_off(categories: int) -> None:
    rng = np.random.default_rng(categories)
    rows = np.stack([random_counts(rng, categories) for _ in range(40)])
    expected = [naive_a(row) for row in rows.tolist()]
    wanted = [np.nan if one is None else float(one) for one in expected]
    np.testing.assert_allclose(van_der_eijk_a(rows), wanted, rtol=0, atol=1e-9)


def test_many_outcomes_at_once_are_those_one_by_one() -> None:
    rng = np.random.default_rng(3)
    rows = np.stack([random_counts(rng, 9) for _ in range(1000)])
    for measure in (van_der_eijk_a, lambda counts: tastle_wierman(counts, range(1, 10))):
        alone = [np.nan if (one := measure(row)) is None else one for row in rows]
        np.testing.assert_allclose(measure(rows.reshape(10, 100, 9)).ravel(), alone, rtol=0, atol=1e-12)


@pytest.mark.parametrize("categories", [3, 4, 5, 6, 9])
def test_two_camps_are_those_of_the_exact_a_and_of_exact_thirds(categories: int) -> None:
    rng = np.random.default_rng(categories)
    end = categories // 3
    for _ in range(300):
        counts = random_counts(rng, categories).tolist()
        agreement, third = naive_a(counts), Fraction(sum(counts), 3)
        outer = sum(counts) > 0 and sum(counts[:end]) >= third and sum(counts[-end:]) >= third
        assert bool(is_bimodal(counts)) is (outer or (agreement is not None and agreement < 0))


def naive_cns(counts: list[int], scale: list[float]) -> float | None:
    total = sum(counts)
    if not total:
        return None
    mean = sum(count * point for count, point in zip(counts, scale, strict=True)) / total
    terms = (
        count / total * log2(1 - abs(point - mean) / (scale[-1] - scale[0]))
        for count, point in zip(counts, scale, strict=True)
        if count
    )
    return 1 + sum(terms)


def test_cns_is_that_of_its_formula() -> None:
    rng = np.random.default_rng(4)
    for _ in range(1000):
        categories = int(rng.integers(2, 12))
        counts = random_counts(rng, categories).tolist()
        scale = np.cumsum(rng.choice([0.5, 1, 3], size=categories)).tolist()
        expected, found = naive_cns(counts, scale), tastle_wierman(counts, scale)
        assert found is None if expected is None else found == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("definition", "method"), [(7, "linear"), (6, "weibull"), (2, "averaged_inverted_cdf")]
)
def test_spread_is_that_of_numpy_and_scipy(definition: int, method: str) -> None:
    rng = np.random.default_rng(definition)
    points = np.array([-2.0, -1, 0, 1, 2.5, 7, 8])
    rows = np.stack([random_counts(rng, points.size) for _ in range(1000)])
    found = spread_of_counts(rows, points, definition=definition)
    for at, row in enumerate(rows):
        scores = np.repeat(points, row)
        several, n = scores.size > 1, scores.size
        assert found.n[at] == n
        mean = scores.mean() if n else np.nan
        sd = scores.std(ddof=1) if several else np.nan
        peer = (
            mean,
            np.median(scores) if n else np.nan,
            sd,
            stats.iqr(scores, interpolation=method) if several else np.nan,
            stats.median_abs_deviation(scores) if n else np.nan,
        )
        ours = [part[at] for part in (found.mean, found.median, found.sd, found.iqr, found.mad)]
        np.testing.assert_allclose(ours, peer, rtol=0, atol=1e-9)


def test_the_coefficient_of_variation_is_the_sd_over_the_mean() -> None:
    rng = np.random.default_rng(6)
    rows = np.stack([random_counts(rng, 9) for _ in range(1000)])
    found = spread_of_counts(rows, range(1, 10))
    for at, row in enumerate(rows):
        scores = np.repeat(np.arange(1, 10), row)
        peer = stats.variation(scores, ddof=1) if scores.size > 1 else np.nan
        assert found.cv[at] == pytest.approx(peer, abs=1e-9, nan_ok=True)

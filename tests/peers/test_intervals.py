"""Intervals of a share against statsmodels."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from analysis.intervals import clopper_pearson, wilson, wilson_of_share


@pytest.mark.parametrize(("interval", "method"), [(wilson, "wilson"), (clopper_pearson, "beta")])
def test_intervals_are_those_of_statsmodels(interval: Callable, method: str) -> None:
    rng = np.random.default_rng(1)
    compared = 0
    for confidence in (0.5, 0.8, 0.9, 0.95, 0.99):
        n = rng.choice([1, 2, 3, 10, 40, 1000, 200_000], size=300)
        k = np.where(rng.random(300) < 0.3, rng.choice([0, 1], 300) * n, rng.binomial(n, rng.random(300)))
        found = interval(k, n, confidence=confidence)
        low, high = proportion_confint(k, n, alpha=1 - confidence, method=method)
        np.testing.assert_allclose(found.low, np.where(k == 0, 0, low), rtol=0, atol=1e-9)
        np.testing.assert_allclose(found.high, np.where(k == n, 1, high), rtol=0, atol=1e-9)
        compared += k.size
    assert compared >= 1000


@pytest.mark.parametrize(("interval", "method"), [(wilson, "wilson"), (clopper_pearson, "exact")])
def test_one_interval_is_that_of_scipy(interval: Callable, method: str) -> None:
    for n in range(1, 16):
        for k in range(n + 1):
            found = interval(k, n)
            peer = stats.binomtest(k, n).proportion_ci(method=method)
            assert (found.low, found.high) == pytest.approx((peer.low, peer.high), abs=1e-9)


def test_the_ends_of_the_exact_interval_leave_a_fortieth_in_each_tail() -> None:
    # The definition: P(X >= k | low) = P(X <= k | high) = .025.
    rng = np.random.default_rng(2)
    n = rng.integers(2, 300, size=1000)
    k = rng.integers(1, n)
    found = clopper_pearson(k, n)
    np.testing.assert_allclose(stats.binom.sf(k - 1, n, found.low), 0.025, rtol=0, atol=1e-9)
    np.testing.assert_allclose(stats.binom.cdf(k, n, found.high), 0.025, rtol=0, atol=1e-9)


def test_the_ends_of_wilsons_interval_are_where_the_score_test_just_rejects() -> None:
    # The definition: (k/n - p)^2 = z^2 p (1 - p) / n at both ends; n need not be whole.
    rng = np.random.default_rng(3)
    n, share = rng.uniform(1, 300, size=1000), rng.uniform(0.01, 0.99, size=1000)
    z = stats.norm.isf(0.05)
    found = wilson_of_share(share, n, confidence=0.9)
    for end in (found.low, found.high):
        np.testing.assert_allclose(np.abs(share - end), z * np.sqrt(end * (1 - end) / n), rtol=0, atol=1e-9)
    assert (found.low < share).all()
    assert (share < found.high).all()

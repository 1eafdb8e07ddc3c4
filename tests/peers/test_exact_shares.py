"""The exact distribution of a weighted share: every panel that could be drawn, counted out."""

from collections import defaultdict
from fractions import Fraction

import numpy as np
import pytest

from analysis.consensus.verdict_codes import Sums
from analysis.uncertainty.exact_shares import LARGEST_SUM, exact_ends
from analysis.uncertainty.resampling import binomials

SETS = 1000
CONFIDENCE = 0.9
TAILS = (Fraction(1, 20), Fraction(19, 20))


def masses(k: int, n: int) -> dict[int, Fraction]:
    """How probable each number in the box is when n are drawn with replacement, by multiplying out."""
    found = {0: Fraction(1)}
    share = Fraction(k, n) if n else Fraction(0)
    for _ in range(n):
        drawn: dict[int, Fraction] = defaultdict(Fraction)
        for number, mass in found.items():
            drawn[number] += mass * (1 - share)
            drawn[number + 1] += mass * share
        found = drawn
    return found


def ends_by_hand(k: list[int], n: list[int], weights: list[int]) -> tuple[float, float]:
    """The percentiles of the weighted share, in fractions."""
    total = sum(weight * people for weight, people in zip(weights, n, strict=True))
    if not total:
        return float("nan"), float("nan")
    sums = {0: Fraction(1)}
    for mine, people, weight in zip(k, n, weights, strict=True):
        joined: dict[int, Fraction] = defaultdict(Fraction)
        for number, mass in masses(mine, people).items():
            for before, already in sums.items():
                joined[before + weight * number] += already * mass
        sums = joined
    reached, ends = Fraction(0), list[float]()
    for value in sorted(sums):
        reached += sums[value]
        while len(ends) < 2 and reached >= TAILS[len(ends)]:
            ends.append(value / total)
    return ends[0], ends[1]


def test_the_ends_are_those_of_every_panel_counted_out() -> None:
    rng = np.random.default_rng(2026)
    for _ in range(SETS):
        groups = int(rng.integers(1, 4))
        n = rng.integers(0, 7, size=groups)
        k = rng.binomial(n, rng.choice([0, 0.3, 0.7, 1]))
        weights = rng.integers(0, 4, size=groups)
        found = exact_ends(Sums(k[:, None], n[:, None]), weights, confidence=CONFIDENCE)
        assert found is not None
        expected = ends_by_hand(k.tolist(), n.tolist(), weights.tolist())
        assert (found[0][0], found[1][0]) == pytest.approx(expected, abs=1e-12, nan_ok=True)


def test_the_ends_of_a_larger_panel_are_those_of_many_drawn_ones() -> None:
    rng = np.random.default_rng(7)
    n, weights = np.array([200, 300, 150]), np.array([2, 1, 1])
    k = np.array([120, 240, 60])
    found = exact_ends(Sums(k[:, None], n[:, None]), weights, confidence=CONFIDENCE)
    assert found is not None
    drawn = weights @ binomials(n, k / n, 200_000, rng) / (weights @ n)
    expected = np.quantile(drawn, [0.05, 0.95])
    # A percentile of 200,000 draws strays by about one step of the share, 1 / 850.
    assert (found[0][0], found[1][0]) == pytest.approx(tuple(expected), abs=1.5 / 850)


def test_what_has_too_many_values_is_left_to_drawing() -> None:
    n = np.array([[LARGEST_SUM]])
    assert exact_ends(Sums(n // 2, n), np.array([1]), confidence=CONFIDENCE) is None
    assert exact_ends(Sums(n // 2, n - 1), np.array([1]), confidence=CONFIDENCE) is not None

"""Gwet's coefficients against pair-by-pair counting, and for two raters against the formula from a table."""

from collections.abc import Callable
from itertools import combinations
from math import comb, isnan

import numpy as np
import pytest

from analysis.agreement import gwet_ac

NAN = float("nan")
Credit = Callable[[int, int, list[float]], float]
CREDITS: dict[str, Credit] = {
    "identity": lambda k, m, points: float(k == m),
    "ordinal": lambda k, m, points: 1 - comb(abs(k - m) + 1, 2) / comb(len(points), 2),
    "quadratic": lambda k, m, points: 1 - (points[k] - points[m]) ** 2 / (points[-1] - points[0]) ** 2,
}


def random_points(rng: np.random.Generator) -> list[float]:
    width = int(rng.integers(2, 10))
    if rng.random() < 0.5:
        return np.arange(1.0, width + 1).tolist()
    return np.sort(rng.choice(30, size=width, replace=False)).astype(float).tolist()


def pair_by_pair(
    outcomes: list[list[float]], points: list[float], credit: Credit
) -> tuple[float | None, float | None]:
    """Observed: mean over outcomes of the mean credit of two raters. Expected: Gwet's formula, sum by sum."""
    q = range(len(points))
    observed, shares = [], []
    for ratings in outcomes:
        places = [points.index(rating) for rating in ratings if not isnan(rating)]
        pairs = [credit(k, m, points) for k, m in combinations(places, 2)]
        observed += [sum(pairs) / len(pairs)] if pairs else []
        shares += [[places.count(k) / len(places) for k in q]] if places else []
    if not shares:
        return None, None
    pi = [sum(share[k] for share in shares) / len(shares) for k in q]
    total = sum(credit(k, m, points) for k in q for m in q)
    expected = total / (len(points) * (len(points) - 1)) * sum(p * (1 - p) for p in pi)
    return (sum(observed) / len(observed) if observed else None), expected


@pytest.mark.parametrize("weights", sorted(CREDITS))
def test_agreement_is_what_pairs_of_raters_give(weights: str) -> None:
    rng = np.random.default_rng(11)
    computed = 0
    for _ in range(2000):
        points = random_points(rng)
        used = rng.choice(points, size=rng.integers(1, len(points) + 1), replace=False)
        shape = int(rng.integers(0, 9)), int(rng.integers(0, 8))
        ratings = rng.choice(used, size=shape)
        ratings[rng.random(shape) < rng.choice([0, 0.3, 0.8])] = NAN
        found = gwet_ac(ratings, categories=points, weights=weights)  # type: ignore[arg-type]
        observed, expected = pair_by_pair(ratings.T.tolist(), points, CREDITS[weights])
        if observed is None or expected is None:
            assert (found.coefficient, found.observed) == (None, None)
            continue
        assert found.observed == pytest.approx(observed, abs=1e-9)
        assert found.expected == pytest.approx(expected, abs=1e-9)
        assert found.coefficient == pytest.approx((observed - expected) / (1 - expected), abs=1e-9)
        computed += 1
    assert 1000 <= computed <= 1900


def test_ac1_of_two_raters_is_that_of_their_table() -> None:
    # Gwet 2008: observed is the diagonal; expected sum pi (1 - pi) / (q - 1), pi the mean of both margins.
    rng = np.random.default_rng(12)
    for _ in range(1000):
        q = int(rng.integers(2, 7))
        first, second = rng.integers(q, size=(2, rng.integers(1, 40)))
        table = np.zeros((q, q))
        np.add.at(table, (first, second), 1 / first.size)
        pi = (table.sum(0) + table.sum(1)) / 2
        expected = (pi * (1 - pi)).sum() / (q - 1)
        peer = (np.trace(table) - expected) / (1 - expected)
        found = gwet_ac([first, second], categories=range(q)).coefficient
        assert found == pytest.approx(peer, abs=1e-9)

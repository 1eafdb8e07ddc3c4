"""Krippendorff's alpha against the PyPI package krippendorff, and the definition pair by pair."""

from collections.abc import Iterator
from itertools import permutations

import krippendorff
import numpy as np
import pytest

from analysis.agreement.krippendorff import Metric, alpha_of_counts, krippendorff_alpha

METRICS: tuple[Metric, ...] = ("nominal", "ordinal", "interval", "ratio")


def random_ratings(number: int, *, seed: int) -> Iterator[np.ndarray]:
    """0 to 6 raters by 0 to 7 outcomes: whole numbers or halves; unanimous, missing, all missing."""
    rng = np.random.default_rng(seed)
    for _ in range(number):
        shape = int(rng.integers(0, 7)), int(rng.integers(0, 8))
        ratings = rng.integers(0, rng.integers(1, 10), size=shape) * rng.choice([1, 1, 0.5, 30])
        ratings[rng.random(shape) < rng.choice([0, 0.3, 0.7, 1], p=[0.4, 0.3, 0.25, 0.05])] = np.nan
        yield ratings


def pairable_of(ratings: np.ndarray) -> list[np.ndarray]:
    outcomes = [column[~np.isnan(column)] for column in ratings.T]
    return [outcome for outcome in outcomes if outcome.size > 1]


@pytest.mark.parametrize("metric", METRICS)
def test_alpha_is_that_of_the_package(metric: Metric) -> None:
    compared = 0
    for ratings in random_ratings(2500, seed=1):
        found = krippendorff_alpha(ratings, metric=metric)
        pairable = pairable_of(ratings)
        assert found.n_pairable == sum(map(len, pairable))
        if len({value for outcome in pairable for value in outcome}) < 2:
            assert found.alpha is None
            continue
        peer = krippendorff.alpha(reliability_data=ratings, level_of_measurement=metric)
        assert found.alpha == pytest.approx(peer, abs=1e-9)
        compared += 1
    assert compared >= 1000


def squared_distance(a: float, b: float, metric: Metric, values: list[float]) -> float:
    if metric == "ordinal":
        between = sum(min(a, b) <= value <= max(a, b) for value in values)
        return float(between - (values.count(a) + values.count(b)) / 2) ** 2
    if metric == "ratio":
        return ((a - b) / (a + b)) ** 2 if a + b else 0.0
    return float(a != b) if metric == "nominal" else (a - b) ** 2


def naive_alpha(ratings: np.ndarray, metric: Metric) -> float | None:
    """Look at each pair of answers to one outcome, and at each pair of all answers."""
    pairable = pairable_of(ratings)
    values = [float(value) for outcome in pairable for value in outcome]
    n = len(values)
    observed = sum(
        squared_distance(a, b, metric, values) / (outcome.size - 1)
        for outcome in pairable
        for a, b in permutations(outcome, 2)
    )
    expected = sum(squared_distance(a, b, metric, values) for a, b in permutations(values, 2))
    return 1 - (n - 1) * observed / expected if expected else None


@pytest.mark.parametrize("metric", METRICS)
def test_alpha_is_that_of_all_pairs(metric: Metric) -> None:
    for ratings in random_ratings(250, seed=2):
        expected, found = naive_alpha(ratings, metric), krippendorff_alpha(ratings, metric=metric).alpha
        assert found is None if expected is None else found == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("metric", METRICS)
def test_alpha_of_counts_is_that_of_the_package(metric: Metric) -> None:
    rng = np.random.default_rng(3)
    for _ in range(1000):
        categories = int(rng.integers(2, 10))
        counts = rng.poisson(rng.choice([0.3, 2]), size=(rng.integers(1, 8), categories))
        counts[0, :2] += 2
        points = np.cumsum(rng.choice([0.5, 1, 3], size=categories))
        peer = krippendorff.alpha(value_counts=counts, value_domain=points, level_of_measurement=metric)
        assert alpha_of_counts(counts, points, metric=metric).alpha == pytest.approx(peer, abs=1e-9)

"""The RAND/UCLA method from raw scores, with NumPy's percentiles."""

from statistics import median

import numpy as np
import pytest

from analysis.rand_ucla import Appropriateness, Method, appropriateness, appropriateness_of_counts

METHODS = {2: "averaged_inverted_cdf", 6: "weibull", 7: "linear", 8: "median_unbiased"}


def random_scores(rng: np.random.Generator, smallest: int = 0) -> list[int]:
    """Panels of up to 25: nobody, one, unanimous, in camps."""
    size = int(rng.integers(smallest, 25))
    points = rng.choice([1, 2, 3, 4, 5, 6, 7, 8, 9], size=rng.integers(1, 10))
    return rng.choice(points, size=size).tolist()


def verdict_of(middle: float, apart: bool) -> Appropriateness:
    if apart or 3.5 <= middle < 6.5:
        return Appropriateness.UNCERTAIN
    return Appropriateness.APPROPRIATE if middle >= 6.5 else Appropriateness.INAPPROPRIATE


@pytest.mark.parametrize("definition", METHODS)
def test_disagreement_is_that_of_the_formula_on_raw_scores(definition: int) -> None:
    rng = np.random.default_rng(definition)
    compared = 0
    for _ in range(1200):
        scores = random_scores(rng)
        found = appropriateness(scores, definition=definition)
        if not scores:
            assert found.verdict is None
            continue
        low, high = np.quantile(scores, (0.3, 0.7), method=METHODS[definition])
        ipr, ipras = high - low, 2.35 + abs(5 - (low + high) / 2) * 1.5
        assert (found.ipr, found.ipras) == pytest.approx((ipr, ipras), abs=1e-9)
        assert found.disagreement_index == pytest.approx(ipr / ipras, abs=1e-9)
        apart = bool(ipr - ipras > 1e-9)
        assert found.disagreement is apart
        assert found.verdict is verdict_of(median(scores), apart)
        compared += 1
    assert compared >= 1000


def test_the_classic_count_is_that_of_raw_scores() -> None:
    rng = np.random.default_rng(1)
    for _ in range(1000):
        scores = random_scores(rng, smallest=8)
        extremes = [sum(low <= score <= low + 2 for score in scores) for low in (1, 7)]
        needed = {8: 3, 9: 3, 10: 3, 11: 4, 12: 4, 13: 4, 14: 5, 15: 5, 16: 5}.get(
            len(scores), round(len(scores) / 3)
        )
        apart = min(extremes) >= needed
        found = appropriateness(scores, method="classic")
        assert found.disagreement is apart
        assert found.verdict is verdict_of(median(scores), apart)


@pytest.mark.parametrize("method", ["ipras", "classic"])
def test_many_outcomes_at_once_are_those_one_by_one(method: Method) -> None:
    rng = np.random.default_rng(2)
    panels = [random_scores(rng, smallest=8) for _ in range(999)] + [[]]
    counts = np.array([[panel.count(point) for point in range(1, 10)] for panel in panels])
    found = appropriateness_of_counts(counts.reshape(25, 40, 9), method=method)
    for at, panel in enumerate(panels):
        alone = appropriateness(panel, method=method)
        assert found.verdict.flat[at] == (alone.verdict or "")
        assert found.disagreement.flat[at] == bool(alone.disagreement)
        np.testing.assert_equal(found.ipr.flat[at], np.nan if alone.ipr is None else alone.ipr)

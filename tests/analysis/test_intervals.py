"""Intervals of a share: R's values, ends at nobody and everybody, and what is refused."""

from collections.abc import Callable

import numpy as np
import pytest

from analysis.intervals import clopper_pearson, wilson, wilson_of_share

NAN = float("nan")


@pytest.mark.parametrize(
    ("k", "n", "confidence", "low", "high"),
    [  # R 4.2.2: prop.test(k, n, conf.level = confidence, correct = FALSE)$conf.int
        (14, 20, 0.95, 0.481027181646, 0.854522755132),
        (0, 12, 0.95, 0, 0.242494006655),
        (12, 12, 0.95, 0.757505993345, 1),
        (3, 20, 0.9, 0.0615824104774, 0.3218280756753),
    ],
)
def test_wilson_is_that_of_r(k: int, n: int, confidence: float, low: float, high: float) -> None:
    found = wilson(k, n, confidence=confidence)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-12)


@pytest.mark.parametrize(
    ("k", "n", "confidence", "low", "high"),
    [  # R 4.2.2: binom.test(k, n, conf.level = confidence)$conf.int
        (14, 20, 0.95, 0.457210817724, 0.881068409594),
        (0, 12, 0.95, 0, 0.264648469397),
        (12, 12, 0.95, 0.735351530603, 1),
        (3, 20, 0.9, 0.0421694078858, 0.3436638043143),
    ],
)
def test_the_exact_interval_is_that_of_r(k: int, n: int, confidence: float, low: float, high: float) -> None:
    found = clopper_pearson(k, n, confidence=confidence)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-12)


def test_wilson_of_one_person_by_hand() -> None:
    # z^2 = 3.8415: 1 of 1 has (1 + z^2/2 - z^2/2) / (1 + z^2) = 1 / 4.8415 at the lower end.
    found = wilson(1, 1)
    assert found.low == pytest.approx(1 / 4.841458820694124, abs=1e-12)
    assert found.high == 1


def test_the_exact_interval_of_one_person_by_hand() -> None:
    # P(1 of 1) = p: the lower end is where it is .025.
    assert clopper_pearson(1, 1).low == pytest.approx(0.025, abs=1e-12)
    assert clopper_pearson(0, 1).high == pytest.approx(0.975, abs=1e-12)


@pytest.mark.parametrize("interval", [wilson, clopper_pearson])
def test_of_nobody_there_is_no_interval(interval: Callable) -> None:
    found = interval(0, 0)
    assert (found.low, found.high) == (None, None)
    several = interval([0, 0, 3], [0, 4, 3])
    assert np.isnan([several.low[0], several.high[0]]).all()
    assert several.low[1:].tolist() == [0, pytest.approx(interval(3, 3).low)]
    assert several.high[2] == 1


@pytest.mark.parametrize("interval", [wilson, clopper_pearson])
def test_arrays_broadcast(interval: Callable) -> None:
    found = interval([[1], [2]], [4, 5, 6])
    assert found.low.shape == (2, 3)
    assert found.low[1, 2] == interval(2, 6).low
    assert interval([], []).low.shape == (0,)


def test_effective_people_need_not_be_whole() -> None:
    between = wilson_of_share(np.array(0.7), np.array(20.5))
    assert wilson_of_share(np.array(0.7), np.array(20.0)).low < between.low < wilson(147, 210).low


def test_a_share_that_is_missing_has_no_interval() -> None:
    found = wilson_of_share(np.array([NAN, 0.5, 0.5]), np.array([3.0, 0.0, NAN]))
    assert np.isnan(found.low).all()
    assert np.isnan(found.high).all()


@pytest.mark.parametrize("interval", [wilson, clopper_pearson])
@pytest.mark.parametrize(
    ("k", "n", "confidence", "name"),
    [
        (-1, 5, 0.95, "k: expected 0 to n"),
        (6, 5, 0.95, "k: expected 0 to n"),
        ([1, 2], [1, 1], 0.95, "k: expected 0 to n"),
        (1.5, 5, 0.95, "k: expected whole"),
        (1, 5.5, 0.95, "k: expected whole"),
        (NAN, 5, 0.95, "k: expected whole"),
        (1, NAN, 0.95, "k: expected whole"),
        (float("inf"), float("inf"), 0.95, "k: expected whole"),
        (1, 5, 0, "confidence: 0"),
        (1, 5, 1, "confidence: 1"),
        (1, 5, NAN, "confidence: nan"),
    ],
)
def test_what_has_no_interval_is_named(
    interval: Callable, k: float, n: float, confidence: float, name: str
) -> None:
    with pytest.raises(ValueError, match=f"^{name}"):
        interval(k, n, confidence=confidence)


@pytest.mark.parametrize("interval", [wilson, clopper_pearson])
def test_the_ends_at_nobody_and_everybody_are_exact(interval: Callable) -> None:
    n = np.arange(1, 200)
    assert (interval(0, n).low == 0).all()
    assert (interval(n, n).high == 1).all()

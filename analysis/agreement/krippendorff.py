"""Krippendorff's alpha."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.counting import count_scores, ends_of
from analysis.whole_numbers import whole_numbers

Metric = Literal["nominal", "ordinal", "interval", "ratio"]


@dataclass(frozen=True, slots=True)
class KrippendorffAlpha:
    """`alpha`: None: not computable. `n_pairable`: answers to outcomes that two or more people answered."""

    alpha: float | None
    n_pairable: int


def krippendorff_alpha(
    ratings: ArrayLike, *, metric: Metric = "ordinal", categories: Sequence[float] | None = None
) -> KrippendorffAlpha:
    """Say how far raters give the same outcome the same answer: 1 always, 0 no more than by chance.

    Parameters
    ----------
    ratings : (raters, outcomes), NaN where missing; missing answers are allowed anywhere.
    metric : how far apart two answers are. "ordinal" for ratings; "interval" treats the points as distances,
        "nominal" as names, "ratio" as amounts above a true zero.
    categories : the values that may occur, rising; default: those that do. It does not change alpha.

    Returns
    -------
    KrippendorffAlpha

    Raises
    ------
    ValueError
        For a matrix that is not two-dimensional or holds an infinite value, an unknown metric, or a value
        that is not among `categories`.

    Notes
    -----
    alpha = 1 - observed / expected disagreement over the coincidences of answers to the same outcome, where
    one that n_u people answered counts 1/(n_u - 1) a pair. Ordinal distance: (sum of n_g from c to k, less
    (n_c + n_k)/2) squared, n the pairable answers of each value. Outcomes answered once drop out; where all
    pairable answers are equal it is not computable. It describes a round, and is no criterion: when nearly
    all outcomes reach the same consensus it can be close to 0.

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, University of Pennsylvania.
    Krippendorff (2019), Content Analysis, 4th edition, chapter 12, SAGE.
    """
    matrix = np.asarray(ratings, dtype=np.float64)
    if matrix.ndim != 2:
        raise ValueError(f"ratings: {matrix.ndim} dimensions, expected raters by outcomes")
    counts, values = _counted(matrix)
    if categories is not None and not set(values[counts.any(axis=0)].tolist()) <= set(map(float, categories)):
        raise ValueError("categories: a rating that is not one of them")
    return alpha_of_counts(counts, values, metric=metric)


def alpha_of_counts(counts: ArrayLike, values: ArrayLike, *, metric: Metric = "ordinal") -> KrippendorffAlpha:
    """Return alpha from how many gave each value to each outcome; see `krippendorff_alpha`.

    `counts` is (outcomes, C) integers and `values` (C,) rising. Raises ValueError where they do not fit, for
    a count that is negative or not whole, and for an unknown metric.
    """
    if metric not in ("nominal", "ordinal", "interval", "ratio"):
        raise ValueError(f"metric: {metric!r}, expected 'nominal', 'ordinal', 'interval' or 'ratio'")
    numbers = whole_numbers(counts, name="counts").astype(np.float64)
    points = np.asarray(values, dtype=np.float64)
    if points.ndim != 1 or not np.all(np.isfinite(points)) or np.any(np.diff(points) <= 0):
        raise ValueError("values: expected finite values, each above the one before")
    if numbers.ndim != 2 or numbers.shape[1] != points.size:
        raise ValueError(f"counts: shape {numbers.shape}, expected outcomes by {points.size} values")
    answers = numbers.sum(axis=1)
    pairable = answers > 1
    numbers, answers = numbers[pairable], answers[pairable]
    of_value = numbers.sum(axis=0)
    n = float(of_value.sum())
    distance = _distances(of_value, points, metric)
    expected = float(of_value @ distance @ of_value) / (n - 1) if n else 0.0
    if expected == 0:
        return KrippendorffAlpha(None, int(n))
    observed = float((((numbers @ distance) * numbers).sum(axis=1) / (answers - 1)).sum())
    return KrippendorffAlpha(1 - observed / expected, int(n))


def _counted(matrix: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    ends = ends_of(matrix)
    if ends is not None:
        low, high = ends
        try:
            counts = count_scores(
                matrix, np.zeros(matrix.shape[0], dtype=np.intp), groups=1, low=low, high=high
            )
            return counts[0], np.arange(low, high + 1, dtype=np.float64)
        except ValueError:
            pass  # some rating between the ends is not whole
    values = np.unique(matrix[~np.isnan(matrix)])
    if np.any(np.isinf(values)):
        raise ValueError("ratings: an infinite value")
    return np.stack([(matrix == value).sum(axis=0) for value in values], axis=1) if values.size else (
        np.zeros((matrix.shape[1], 0), dtype=np.int64)
    ), values


def _distances(
    of_value: NDArray[np.float64], points: NDArray[np.float64], metric: Metric
) -> NDArray[np.float64]:
    """Return the squared distance of each value from each other, (C, C)."""
    if metric == "nominal":
        return 1 - np.eye(points.size)
    if metric == "ordinal":
        middles = np.cumsum(of_value) - of_value / 2
        between: NDArray[np.float64] = np.subtract.outer(middles, middles) ** 2
        return between
    difference: NDArray[np.float64] = np.subtract.outer(points, points) ** 2
    if metric == "interval":
        return difference
    total = np.add.outer(points, points) ** 2
    ratio: NDArray[np.float64] = np.divide(difference, total, out=np.zeros_like(difference), where=total > 0)
    return ratio

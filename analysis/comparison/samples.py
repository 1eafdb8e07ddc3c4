"""Scores and counts as the comparisons take them: checked, and without what is missing."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Scores = NDArray[np.float64]
Counts = NDArray[np.int64]


def scored(values: ArrayLike, name: str) -> Scores:
    """Return the scores without NaN; ValueError, beginning with `name`, unless they are a row of numbers."""
    scores = np.asarray(values, dtype=np.float64)
    if scores.ndim != 1:
        raise ValueError(f"{name}: {scores.ndim} dimensions, expected one row of scores")
    scores = scores[~np.isnan(scores)]
    if not np.isfinite(scores).all():
        raise ValueError(f"{name}: an infinite score")
    return scores


def tallied(samples: Sequence[Scores]) -> Counts:
    """Return how often each sample has each value that any of them has, lowest first: (samples, values)."""
    values, places = np.unique(np.concatenate(samples), return_inverse=True)
    ends = np.cumsum([sample.size for sample in samples])[:-1]
    of_each = np.split(places, ends)
    rows = [np.bincount(of_one, minlength=max(values.size, 1)) for of_one in of_each]
    return np.stack(rows).astype(np.int64)


def counted(numbers: ArrayLike, name: str) -> Counts:
    """Return `numbers` as counts; ValueError, beginning with `name`, unless they are whole and 0 or more."""
    counts = np.asarray(numbers)
    if counts.ndim == 0 or counts.shape[-1] == 0:
        raise ValueError(f"{name}: shape {counts.shape}, expected categories in the last place")
    if not np.issubdtype(counts.dtype, np.integer):
        raise ValueError(f"{name}: {counts.dtype}, expected whole numbers")
    if counts.size and counts.min() < 0:
        raise ValueError(f"{name}: a negative number")
    return counts.astype(np.int64)


def tie_sum(together: Counts) -> NDArray[np.float64]:
    """Return the sum of t^3 - t over the categories, t being how many share one."""
    t = together.astype(np.float64)
    total: NDArray[np.float64] = (t**3 - t).sum(axis=-1)
    return total

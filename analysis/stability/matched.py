"""Two rounds of the same people, laid side by side."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ratings = NDArray[np.float64]


def matched(before: ArrayLike, after: ArrayLike, *, dimensions: int) -> tuple[Ratings, Ratings]:
    """Return both as floats; ValueError for shapes that differ, other dimensions, or an infinite value."""
    first, second = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    if first.ndim != dimensions:
        raise ValueError(f"before: {first.ndim} dimensions, expected {dimensions}")
    if second.shape != first.shape:
        raise ValueError(f"after: shape {second.shape}, expected {first.shape}, that of before")
    for name, values in (("before", first), ("after", second)):
        if np.any(np.isinf(values)):
            raise ValueError(f"{name}: an infinite value")
    return first, second


def complete_pairs(before: ArrayLike, after: ArrayLike) -> tuple[Ratings, Ratings]:
    """Return the pairs of two rows of values in which neither is NaN."""
    first, second = matched(before, after, dimensions=1)
    both = ~(np.isnan(first) | np.isnan(second))
    return first[both], second[both]

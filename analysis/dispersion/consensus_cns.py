"""Tastle and Wierman's consensus, Cns."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def tastle_wierman(counts: ArrayLike, scale: ArrayLike) -> float | NDArray[np.float64] | None:
    """Return the consensus about one outcome: 1 all in one category, 0 half and half at the ends.

    Parameters
    ----------
    counts : (..., C) numbers of answers in each category; whole numbers or weights of 0 or more.
    scale : (C,) the points of the scale, rising.

    Returns
    -------
    For one row of counts a float (None where nobody answered), else an array over the leading axes (NaN).

    Raises
    ------
    ValueError
        For a scale that does not rise, has fewer than two points or does not fit the counts; a count that is
        negative or not finite.

    Notes
    -----
    1 + sum of p_i log2(1 - |x_i - mean| / (highest - lowest point)). Even answers give .333 on three points,
    .434 on five, .492 on nine: a value cannot be carried from one scale to another. Prefer van der Eijk's A.

    References
    ----------
    Tastle and Wierman (2007), International Journal of Approximate Reasoning 45, 531-545, doi
    10.1016/j.ijar.2006.06.024.
    """
    numbers, points = np.asarray(counts, dtype=np.float64), np.asarray(scale, dtype=np.float64)
    if points.ndim != 1 or points.size < 2 or not np.all(np.isfinite(points)) or np.any(np.diff(points) <= 0):
        raise ValueError("scale: expected at least two finite points, each above the one before")
    if numbers.ndim == 0 or numbers.shape[-1] != points.size:
        raise ValueError(
            f"counts: shape {numbers.shape}, expected {points.size} categories in the last place"
        )
    if not np.all(np.isfinite(numbers) & (numbers >= 0)):
        raise ValueError("counts: expected finite numbers of 0 or more")
    total = numbers.sum(axis=-1, keepdims=True)
    shares = np.full(numbers.shape, np.nan)
    np.divide(numbers, total, out=shares, where=total > 0)
    mean = (shares * points).sum(axis=-1, keepdims=True)
    near = np.where(shares > 0, 1 - np.abs(points - mean) / (points[-1] - points[0]), 1.0)
    # A weight that is nothing beside the others can leave the mean at the far end; it adds nothing.
    surprise = np.log2(near, out=np.zeros_like(near), where=near > 0)
    found = np.where(total[..., 0] > 0, 1 + (shares * surprise).sum(axis=-1), np.nan)
    if numbers.ndim > 1:
        return found
    return float(found) if total[0] > 0 else None

"""Percentage change: how much of a distribution moved between two rounds."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.whole_numbers import whole_numbers


def percentage_change(
    before_counts: ArrayLike, after_counts: ArrayLike
) -> float | NDArray[np.float64] | None:
    """What part of the panel would have to move to turn the first distribution into the second?

    Parameters
    ----------
    before_counts, after_counts : (..., categories) integers, how many gave each category in each round.

    Returns
    -------
    From 0 (same distribution) to 1 (no category in common), a share of 1: a number for two rows of counts,
    None where a round has no answers; otherwise an array of the leading shape, NaN there.

    Raises
    ------
    ValueError
        For shapes that differ, or anything but numbers of people.

    Notes
    -----
    Half the sum of the absolute differences of the bins, as a share of the people; below .15 is called
    stable. Rounds of different size are compared by the categories' shares, which for equal sizes is the
    same. Computed as one division of whole numbers, so that a share of exactly .15 is exactly .15. It sees
    the panel only, and not how far people moved or how many: moves that cancel do not show (`changes` shows
    them). Where people left or joined it mixes change with attrition: count those who answered both rounds,
    or say that you did not.

    References
    ----------
    Scheibe, Skutsch & Schofer 1975, in Linstone & Turoff, The Delphi Method, 262-287; Dajani, Sincoff &
    Talley 1979, doi:10.1016/0040-1625(79)90007-6.
    """
    before = whole_numbers(before_counts, name="before_counts")
    after = whole_numbers(after_counts, name="after_counts")
    if not before.ndim:
        raise ValueError("before_counts: a single number, expected counts of categories")
    if after.shape != before.shape:
        raise ValueError(f"after_counts: shape {after.shape}, expected {before.shape}, that of before_counts")
    n_before, n_after = before.sum(axis=-1), after.sum(axis=-1)
    moved = np.abs(after * n_before[..., None] - before * n_after[..., None]).sum(axis=-1)
    people = 2 * n_before * n_after
    shares: NDArray[np.float64] = np.full(people.shape, np.nan)
    np.divide(moved, people, out=shares, where=people > 0)
    if before.ndim > 1:
        return shares
    return float(shares) if people else None

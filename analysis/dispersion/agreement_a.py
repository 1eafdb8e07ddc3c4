"""van der Eijk's A: agreement on an ordered scale, by layers."""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_MOST_IN_A_TABLE = 12  # categories; a table has 2 to this many patterns
_MOST_CATEGORIES = 60
_CATEGORY_BITS = 6  # a category's number beside its count, so that both are sorted at once
_LARGEST_PACKED = 1 << 56


def van_der_eijk_a(counts: ArrayLike) -> float | NDArray[np.float64] | None:
    """Return the agreement about one outcome: 1 all in one category, 0 even, -1 two camps at the ends.

    Parameters
    ----------
    counts : (..., C) numbers of answers in each category of the scale, in its order, unused categories
        included; whole numbers or weights of 0 or more; C from 2 to 60.

    Returns
    -------
    For one row of counts a float (None where nobody answered), else an array over the leading axes (NaN).

    Raises
    ------
    ValueError
        For fewer than two categories, or a number that is negative or not finite.

    Notes
    -----
    The counts are taken apart into layers, each a pattern of used and unused categories; A is the mean of the
    layers' agreement, weighted by how many answers each holds. A pattern with S used of C categories has
    U (1 - (S - 1)/(C - 1)), where U compares triples of categories in order: TU of them are used-used-unused
    or unused-used-used, TDU are used-unused-used, and U = ((C - 2) TU - (C - 1) TDU) / ((C - 2)(TU + TDU)); U
    is 1 for one used category and 0 for all. It suits ratings, is the same under replication of all answers,
    and reads the same on scales of any length from 3 (two points have no triples: 0 for half and half); A
    below 0 is the plainest sign of two camps.

    References
    ----------
    van der Eijk (2001), Quality and Quantity 35, 325-341, doi 10.1023/A:1010374114305.
    """
    numbers = np.asarray(counts)
    if numbers.ndim == 0 or not 2 <= numbers.shape[-1] <= _MOST_CATEGORIES:
        raise ValueError(
            f"counts: shape {numbers.shape}, expected 2 to {_MOST_CATEGORIES} categories in the last place"
        )
    if not np.all(np.isfinite(numbers) & (numbers >= 0)):
        raise ValueError("counts: expected finite numbers of 0 or more")
    categories = numbers.shape[-1]
    rising, order = _rising(numbers)
    # The layer that ends with a category holds it and all that were used at least as often.
    patterns = np.cumsum((np.int64(1) << order)[..., ::-1], axis=-1)[..., ::-1]
    heights = rising.copy()
    heights[..., 1:] -= rising[..., :-1]
    sizes = np.arange(categories, 0, -1)
    held = (heights * sizes * _agreement(patterns, categories)).sum(axis=-1)
    total = numbers.sum(axis=-1)
    found = np.full(total.shape, np.nan)
    np.divide(held, total, out=found, where=total > 0)
    if numbers.ndim > 1:
        return found
    return float(found) if total > 0 else None


def _rising(numbers: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Return the counts in rising order, and the category of each."""
    if np.issubdtype(numbers.dtype, np.integer) and (not numbers.size or numbers.max() < _LARGEST_PACKED):
        packed = np.sort((numbers.astype(np.int64) << _CATEGORY_BITS) | np.arange(numbers.shape[-1]), axis=-1)
        return packed >> _CATEGORY_BITS, packed & ((1 << _CATEGORY_BITS) - 1)
    order = np.argsort(numbers, axis=-1, kind="stable").astype(np.int64)
    return np.take_along_axis(numbers, order, axis=-1), order


def polarisation(counts: ArrayLike) -> float | NDArray[np.float64] | None:
    """Return (1 - A) / 2: 0 all in one category, 1/2 even, 1 two camps; else as `van_der_eijk_a`."""
    agreement = van_der_eijk_a(counts)
    return None if agreement is None else (1 - agreement) / 2


def _agreement(patterns: NDArray[np.int64], categories: int) -> NDArray[np.float64]:
    if categories <= _MOST_IN_A_TABLE:
        return _table(categories)[patterns]
    different, place = np.unique(patterns, return_inverse=True)
    return _of_patterns(different, categories)[place].reshape(patterns.shape)


@lru_cache(maxsize=_MOST_IN_A_TABLE)
def _table(categories: int) -> NDArray[np.float64]:
    return _of_patterns(np.arange(1 << categories, dtype=np.int64), categories)


def _of_patterns(patterns: NDArray[np.int64], categories: int) -> NDArray[np.float64]:
    used = (patterns[:, None] >> np.arange(categories)) & 1
    before = np.cumsum(used, axis=1) - used
    size = used.sum(axis=1)
    after = size[:, None] - before - used
    at = np.arange(categories)
    unused_before, unused_after = at - before, categories - 1 - at - after
    # Triples by their middle category: it is used with one neighbour used, or unused between two used ones.
    unimodal = (used * (before * unused_after + unused_before * after)).sum(axis=1)
    broken = ((1 - used) * before * after).sum(axis=1)
    triples = (categories - 2) * (unimodal + broken)
    shape = np.where(size == categories, 0.0, 1.0)
    counted = (categories - 2) * unimodal - (categories - 1) * broken
    np.divide(counted, triples, out=shape, where=triples > 0)
    agreement: NDArray[np.float64] = shape * (1 - (size - 1) / (categories - 1))
    return agreement

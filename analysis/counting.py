"""Counting ratings fast: a matrix of scores becomes counts by group, outcome and category in one pass.

The scores of two neighbouring outcomes make one small number, so that one look-up counts two answers; the
matrix is read in blocks that stay in the processor's cache.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.whole_numbers import whole_numbers

Codes = NDArray[np.int8]
Counts = NDArray[np.int64]

MOST_CATEGORIES = 15
_CELLS_IN_A_BLOCK = 1 << 16
_PAIR = 256  # what two codes of four bits can be


def count_scores(scores: ArrayLike, group_of: ArrayLike, *, groups: int, low: int, high: int) -> Counts:
    """Count how many of each group gave each score to each outcome.

    Parameters
    ----------
    scores : (raters, outcomes) floats, NaN where there is no score.
    group_of : (raters,) integers from 0 to `groups` - 1.
    groups : number of groups G.
    low, high : the scale's ends; `high - low` is at most 14.

    Returns
    -------
    (G, outcomes, high - low + 1) integers. A missing score is in none of them.

    Raises
    ------
    ValueError
        For a score that is no whole number from `low` to `high`, shapes that do not fit, an unknown group.
    """
    matrix, rows = _matrix(scores), whole_numbers(group_of, name="group_of")
    if rows.shape != matrix.shape[:1]:
        raise ValueError(f"group_of: shape {rows.shape}, expected {matrix.shape[:1]}")
    if rows.size and rows.max() >= groups:
        raise ValueError(f"group_of: a group outside 0 to {groups - 1}")
    width = _categories(low, high)
    outcomes = matrix.shape[1]
    pairs = (outcomes + 1) // 2
    codes = width + 1  # a score, or none
    offsets = np.arange(pairs, dtype=np.intp) * codes**2
    bins = pairs * codes**2
    found = np.zeros(groups * bins, dtype=np.int64)
    for block in _blocks(matrix):
        packed = _packed(codes_of(matrix[block], low=low, high=high), pairs, base=codes)
        cells = packed + (rows[block] * bins)[:, None]
        cells += offsets
        found += np.bincount(cells.ravel(), minlength=found.size)
    joint = found.reshape(groups, pairs, codes, codes)  # the second code of a pair, then the first
    counts = np.stack((joint.sum(axis=2), joint.sum(axis=3)), axis=2).reshape(groups, 2 * pairs, codes)
    return np.ascontiguousarray(counts[:, :outcomes, 1:])


def count_pairs(before: ArrayLike, after: ArrayLike, *, low: int, high: int) -> Counts:
    """Count, for each outcome, who gave which score before and which after.

    Parameters
    ----------
    before, after : (raters, outcomes) floats, the same people in the same order; NaN where missing.
    low, high : the scale's ends; `high - low` is at most 14.

    Returns
    -------
    (outcomes, C, C) integers, before by after. A pair with one score missing is in none of them.

    Raises
    ------
    ValueError
        For a score that is no whole number from `low` to `high`, or shapes that differ.
    """
    first, second = _matrix(before, "before"), _matrix(after, "after")
    if first.shape != second.shape:
        raise ValueError(f"after: shape {second.shape}, expected {first.shape}, that of before")
    width, outcomes = _categories(low, high), first.shape[1]
    offsets = np.arange(outcomes, dtype=np.intp) * _PAIR
    found = np.zeros(outcomes * _PAIR, dtype=np.int64)
    for block in _blocks(first):
        packed = codes_of(first[block], low=low, high=high).view(np.uint8) << np.uint8(4)
        packed |= codes_of(second[block], low=low, high=high).view(np.uint8)
        found += np.bincount((packed + offsets).ravel(), minlength=found.size)
    table = found.reshape(outcomes, 16, 16)
    return np.ascontiguousarray(table[:, 1 : width + 1, 1 : width + 1])


def codes_of(scores: NDArray[np.float64], *, low: int, high: int) -> Codes:
    """Return 1 for a score of `low`, 2 for the next and so on, 0 for NaN; ValueError for any other score."""
    shifted = scores if low == 1 else scores - (low - 1)
    answered = shifted == shifted
    with np.errstate(invalid="ignore"):  # what NaN is cast to differs by processor, and is put to 0 below
        codes = shifted.astype(np.int8)
    codes *= answered.view(np.int8)
    points = np.uint8(high - low + 1)
    right = codes == shifted
    right &= (codes.view(np.uint8) - np.uint8(1)) < points
    if np.count_nonzero(right) != np.count_nonzero(answered):
        raise ValueError(f"scores: a score that is not a whole number from {low} to {high}")
    return codes


def ends_of(*matrices: NDArray[np.float64]) -> tuple[int, int] | None:
    """Return the lowest and highest score of all, if they are whole numbers that fit a short scale.

    None where nothing is scored, the numbers lie further apart, or their ends are not whole. A score between
    that is not whole is found by `codes_of`.
    """
    scored = [one for one in matrices if one.size]
    low = float(np.fmin.reduce([float(np.fmin.reduce(one, axis=None)) for one in scored], initial=np.nan))
    high = float(np.fmax.reduce([float(np.fmax.reduce(one, axis=None)) for one in scored], initial=np.nan))
    if not (np.isfinite(low) and np.isfinite(high)) or low % 1 or high % 1 or high - low >= MOST_CATEGORIES:
        return None
    return int(low), int(high)


def _matrix(scores: ArrayLike, name: str = "scores") -> NDArray[np.float64]:
    matrix = np.asarray(scores, dtype=np.float64)
    if matrix.ndim != 2:
        raise ValueError(f"{name}: {matrix.ndim} dimensions, expected raters by outcomes")
    return matrix


def _categories(low: int, high: int) -> int:
    width = high - low + 1
    if not 1 <= width <= MOST_CATEGORIES:
        raise ValueError(f"high: {high}, expected {low} to {low + MOST_CATEGORIES - 1}")
    return width


def _blocks(matrix: NDArray[np.float64]) -> Iterator[slice]:
    rows = max(1, _CELLS_IN_A_BLOCK // max(1, matrix.shape[1]))
    for start in range(0, matrix.shape[0], rows):
        yield slice(start, start + rows)


def _packed(codes: Codes, pairs: int, *, base: int) -> NDArray[np.uint16]:
    """Return one number for each two outcomes: the code of the first, and `base` times that of the second."""
    if codes.shape[1] != 2 * pairs:
        codes = np.concatenate((codes, np.zeros((codes.shape[0], 1), dtype=np.int8)), axis=1)
    if not codes.flags.c_contiguous:
        codes = np.ascontiguousarray(codes)
    both = codes.view(np.dtype("<u2")) if _LITTLE_ENDIAN else codes.view(np.uint16).byteswap()
    return (both & np.uint16(0xFF)) + (both >> np.uint16(8)) * np.uint16(base)


_LITTLE_ENDIAN = np.dtype("<u2").isnative

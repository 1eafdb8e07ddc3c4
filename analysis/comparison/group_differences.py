"""How each group differs from one named group, outcome by outcome: shares with intervals, and medians."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.comparison.samples import Counts, counted
from analysis.intervals import wilson
from analysis.quantiles import quantile_of_counts

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class DifferencesFrom:
    """Each group (G) less the `reference` group, by outcome (O); NaN where not computable.

    share: the share of the group within the box; share_difference: that less the reference's, .1 being ten
    percentage points; low, high: the ends of its interval. median, median_difference: in categories, which
    are points on a scale of whole numbers; the lowest category is 0. n: people who rated. The reference's own
    row of differences is NaN. That an interval holds 0 is no proof of agreement. One interval an outcome is
    many: report all or none.
    """

    reference: int
    n: Counts
    share: Floats
    share_difference: Floats
    low: Floats
    high: Floats
    median: Floats
    median_difference: Floats


def differences_from(
    counts: ArrayLike, *, reference: int, box: ArrayLike, confidence: float = 0.95
) -> DifferencesFrom:
    """Ask by how much each group's ratings differ from those of one group, such as the survivors.

    Parameters
    ----------
    counts : (G, O, C) integers, how many of each group gave each category, lowest first.
    reference : the place of the group that the others are compared with, from 0.
    box : (C,) booleans, the categories of which the share is taken, such as 7 to 9.
    confidence : of the interval of each difference, between 0 and 1.

    Returns
    -------
    DifferencesFrom : arrays of (G, O).

    Raises
    ------
    ValueError
        For counts of another shape, a place that no group has, a box that does not fit, a confidence
        outside 0 to 1.

    Notes
    -----
    Newcombe's hybrid score interval (his method 10): with d = p - r and the Wilson limits l, u of each share,
    d - sqrt((p - l_p)^2 + (u_r - r)^2) to d + sqrt((u_p - p)^2 + (r - l_r)^2). Chosen because it never leaves
    -1 to 1 and has a width where both shares are 0 or 1. Medians: the mean of the two middle ratings where
    n is even. Missing ratings are not in the counts; a group or reference without ratings is not computable.

    References
    ----------
    Newcombe (1998), Statistics in Medicine 17, 873-890, doi
    10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
    """
    numbers, inside = _checked(counts, reference, box)
    n, k = numbers.sum(axis=-1), numbers[..., inside].sum(axis=-1)
    share = np.where(n > 0, k / np.maximum(n, 1), np.nan)
    limits = wilson(k, n, confidence=confidence)
    other = slice(reference, reference + 1)
    difference = share - share[other]
    down = np.hypot(share - limits.low, limits.high[other] - share[other])
    up = np.hypot(limits.high - share, share[other] - limits.low[other])
    median = quantile_of_counts(numbers, 0.5, values=np.arange(numbers.shape[-1]))
    median_difference = median - median[other]
    low, high = difference - down, difference + up
    for of_itself in (difference, low, high, median_difference):
        of_itself[reference] = np.nan
    return DifferencesFrom(reference, n, share, difference, low, high, median, median_difference)


def _checked(counts: ArrayLike, reference: int, box: ArrayLike) -> tuple[Counts, NDArray[np.bool_]]:
    numbers, inside = counted(counts, "counts"), np.asarray(box)
    if numbers.ndim != 3:
        raise ValueError(f"counts: shape {numbers.shape}, expected groups, outcomes and categories")
    if not 0 <= reference < numbers.shape[0]:
        raise ValueError(f"reference: {reference}, expected the place of one of {numbers.shape[0]} groups")
    if inside.dtype != np.bool_ or inside.shape != numbers.shape[-1:]:
        raise ValueError(f"box: expected {numbers.shape[-1]} booleans, one a category")
    return numbers, inside

"""Bowker's test of symmetry."""

import numpy as np
from numpy.typing import ArrayLike

from analysis.stability.chi_square import ChiSquareTest
from analysis.stability.square_table import square_table, used_part


def bowker(table: ArrayLike) -> ChiSquareTest:
    """Did as many people go from each category to each other one as came back?

    Parameters
    ----------
    table : (categories, categories) integers, before by after, the same people in both rounds.

    Returns
    -------
    Statistic, degrees of freedom and p-value; statistic and p-value None where nobody changed.

    Raises
    ------
    ValueError
        For a table that is not square or holds anything but numbers of people.

    Notes
    -----
    Sum over pairs of categories i < j of (n_ij - n_ji)^2 / (n_ij + n_ji); df = k(k - 1)/2 for the k
    categories that anybody used in either round. An empty pair adds nothing to the sum but counts in df, so
    that few people on a long scale seldom give a small p-value: join categories first, or use
    `stuart_maxwell`, which asks less (did the shares change?) and has k - 1. With two categories both are
    McNemar's test, without correction. Chi-square is an approximation, poor below some ten who changed; and
    p > .05 is no proof of stability: read it with `n_changed`. Not for weighted counts, since nobody is more
    than one observation.

    References
    ----------
    Bowker 1948, doi:10.1080/01621459.1948.10483284.
    """
    counts = square_table(table)
    used = used_part(counts)
    upper = np.triu_indices(len(used), k=1)
    there, back = used[upper], used.T[upper]
    moved = there + back
    some = moved > 0
    statistic = float(((there - back)[some] ** 2 / moved[some]).sum()) if some.any() else None
    return ChiSquareTest.of(counts, statistic=statistic, df=len(moved))

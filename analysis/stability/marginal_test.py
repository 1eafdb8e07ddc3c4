"""The Stuart-Maxwell test of marginal homogeneity."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse.csgraph import connected_components

from analysis.stability.chi_square import ChiSquareTest
from analysis.stability.square_table import square_table, used_part


def stuart_maxwell(table: ArrayLike) -> ChiSquareTest:
    """Did the shares of the categories change between the rounds?

    Parameters
    ----------
    table : (categories, categories) integers, before by after, the same people in both rounds.

    Returns
    -------
    Statistic, degrees of freedom and p-value; statistic and p-value None where the covariance is singular.

    Raises
    ------
    ValueError
        For a table that is not square or holds anything but numbers of people.

    Notes
    -----
    d' S^-1 d for all but one category, whichever is left out: d_i = n_i. - n_.i, S_ij = -(n_ij + n_ji),
    S_ii = n_i. + n_.i - 2 n_ii; df = k - 1 for the k categories that anybody used in either round. S is
    singular where the moves do not link all of them, for instance where those of one category all stayed:
    then join categories. People who move in opposite directions cancel, so shares can stay while everybody
    changes: `changes` shows it. Bhapkar's variant gives a larger statistic, nearly the same in large
    panels. Chi-square is an approximation, poor for few people, and p > .05 is no proof of stability. Not
    for weighted counts.

    References
    ----------
    Stuart 1955, doi:10.1093/biomet/42.3-4.412; Maxwell 1970, doi:10.1192/bjp.116.535.651.
    """
    counts = square_table(table)
    used = used_part(counts)
    df = max(len(used) - 1, 0)
    statistic = _quadratic_form(used) if df and _all_linked(used) else None
    return ChiSquareTest.of(counts, statistic=statistic, df=df)


def _all_linked(used: NDArray[np.int64]) -> bool:
    """Whether moves lead, over any number of steps, from each category to all: only then S has full rank."""
    components, _ = connected_components(used, directed=False)
    return bool(components == 1)


def _quadratic_form(used: NDArray[np.int64]) -> float:
    before, after = used.sum(axis=1), used.sum(axis=0)
    covariance = np.diag(before + after) - used - used.T
    differences = (before - after)[:-1].astype(np.float64)
    return float(differences @ np.linalg.solve(covariance[:-1, :-1].astype(np.float64), differences))

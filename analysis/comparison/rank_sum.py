"""Two groups compared by the order of their scores: Mann and Whitney's U, and the effect size beside it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from analysis.comparison.rank_sum_null import is_small_enough, two_sided_p
from analysis.comparison.samples import Counts, counted, scored, tallied, tie_sum

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MannWhitney:
    """How the scores of x lie against those of y; None where not computable.

    statistic: U, the pairs in which x is higher, a tie counting half. probability_of_superiority: that over
    all pairs, .5 where neither tends to be higher. rank_biserial: twice that less 1, from -1 to 1. is_exact:
    the p-value is from the exact distribution. A large p-value is no proof of agreement, least of all where
    people are few. One test an outcome is many tests: report all or none.
    """

    statistic: float | None
    p_value: float | None
    probability_of_superiority: float | None
    rank_biserial: float | None
    n_x: int
    n_y: int
    is_exact: bool


@dataclass(frozen=True, slots=True, eq=False)
class MannWhitneyOfCounts:
    """`MannWhitney` for many at once: each field an array of the leading axes, NaN where not computable.

    A large p-value is no proof of agreement. One test an outcome is many tests: report all or none.
    """

    statistic: Floats
    p_value: Floats
    probability_of_superiority: Floats
    rank_biserial: Floats
    n_x: Counts
    n_y: Counts
    is_exact: NDArray[np.bool_]


def mann_whitney(x: ArrayLike, y: ArrayLike) -> MannWhitney:
    """Ask whether one group tends to rate higher than another, and how often.

    Parameters
    ----------
    x, y : (n,) the scores of each group, one a person; NaN is left out.

    Returns
    -------
    MannWhitney : U of x, two-sided p-value, effect sizes, the numbers of people.

    Raises
    ------
    ValueError
        For more than one dimension, or an infinite score.

    Notes
    -----
    z = (|U - n_x n_y / 2| - 1/2) / s, with s^2 = n_x n_y / 12 ((N + 1) - sum(t^3 - t) / (N (N - 1))) over
    sets of t tied scores, N = n_x + n_y. Exact instead where nothing is tied, the smaller group has at most 8
    and there are at most 100,000 pairs. A group without scores: nothing is computable; all scores tied: no
    p-value, and a probability of superiority of .5. Show the effect size, P(x > y) + P(x = y) / 2, whatever
    p is.

    References
    ----------
    Mann and Whitney (1947), Annals of Mathematical Statistics 18, 50-60, doi 10.1214/aoms/1177730491.
    Vargha and Delaney (2000), Journal of Educational and Behavioral Statistics 25, 101-132, doi
    10.3102/10769986025002101 (the effect size).
    """
    tally = tallied((scored(x, "x"), scored(y, "y")))
    found = mann_whitney_counts(tally[0], tally[1])
    return MannWhitney(
        statistic=_or_none(found.statistic),
        p_value=_or_none(found.p_value),
        probability_of_superiority=_or_none(found.probability_of_superiority),
        rank_biserial=_or_none(found.rank_biserial),
        n_x=int(found.n_x),
        n_y=int(found.n_y),
        is_exact=bool(found.is_exact),
    )


def mann_whitney_counts(counts_x: ArrayLike, counts_y: ArrayLike) -> MannWhitneyOfCounts:
    """Ask the same as `mann_whitney`, outcome by outcome, of counts.

    Parameters
    ----------
    counts_x, counts_y : (..., C) integers, how many gave each category, lowest first. The leading axes
        broadcast.

    Returns
    -------
    MannWhitneyOfCounts : the same numbers as `mann_whitney` of the scores that were counted.

    Raises
    ------
    ValueError
        For counts that are no whole numbers of 0 or more, or shapes that do not fit.
    """
    x, y = _fitting(counted(counts_x, "counts_x"), counted(counts_y, "counts_y"))
    n_x, n_y = x.sum(axis=-1), y.sum(axis=-1)
    pairs = n_x * n_y
    below = np.cumsum(y, axis=-1) - y
    twice_u = (x * (2 * below + y)).sum(axis=-1)
    u, nobody = twice_u / 2, pairs == 0
    whole = np.maximum(pairs, 1)
    p_value = _normal_p(u, x + y, n_x, n_y)
    is_exact = _is_exact(x + y, n_x, n_y)
    for cell in np.argwhere(is_exact):
        at = tuple(cell)
        p_value[at] = two_sided_p(float(u[at]), int(n_x[at]), int(n_y[at]))
    return MannWhitneyOfCounts(
        statistic=np.where(nobody, np.nan, u),
        p_value=p_value,
        probability_of_superiority=np.where(nobody, np.nan, u / whole),
        rank_biserial=np.where(nobody, np.nan, (twice_u - pairs) / whole),
        n_x=n_x,
        n_y=n_y,
        is_exact=is_exact,
    )


def pooled_variance(together: Counts, n_x: Counts, n_y: Counts) -> Floats:
    """Return the variance of U if the groups are one, less for ties; 0 where all are tied or one is empty."""
    n = np.maximum((n_x + n_y).astype(np.float64), 2)
    spread = (n + 1) - tie_sum(together) / (n * (n - 1))
    all_tied = (together > 0).sum(axis=-1) <= 1
    variance: Floats = np.where(all_tied, 0.0, n_x * n_y / 12 * spread)
    return variance


def _normal_p(u: Floats, together: Counts, n_x: Counts, n_y: Counts) -> Floats:
    deviation = np.sqrt(pooled_variance(together, n_x, n_y))
    distance = np.maximum(np.abs(u - n_x * n_y / 2) - 0.5, 0)
    z = distance / np.where(deviation > 0, deviation, 1)
    return np.where(deviation > 0, 2 * special.ndtr(-z), np.nan)


def _is_exact(together: Counts, n_x: Counts, n_y: Counts) -> NDArray[np.bool_]:
    untied = (n_x > 0) & (n_y > 0) & (together.max(axis=-1) <= 1)
    return np.asarray(untied & is_small_enough(n_x, n_y))


def _fitting(x: Counts, y: Counts) -> tuple[Counts, Counts]:
    if x.shape[-1] != y.shape[-1]:
        raise ValueError(f"counts_y: {y.shape[-1]} categories, expected {x.shape[-1]}, those of counts_x")
    try:
        shape = np.broadcast_shapes(x.shape, y.shape)
    except ValueError:
        raise ValueError(f"counts_y: shape {y.shape} does not fit {x.shape}, that of counts_x") from None
    return np.broadcast_to(x, shape), np.broadcast_to(y, shape)


def _or_none(number: Floats) -> float | None:
    return None if np.isnan(number) else float(number)

"""Several groups compared at once by the order of their scores: Kruskal and Wallis' H."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from analysis.comparison.samples import Counts, counted, scored, tallied, tie_sum

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class KruskalWallis:
    """Whether any group's scores tend to lie higher or lower; None where not computable.

    df: groups with scores, less 1. epsilon_squared: the share of the variance of the ranks that lies between
    the groups, 0 to 1. n: people of each group. A large p-value is no proof of agreement. One test an outcome
    is many tests: report all or none.
    """

    statistic: float | None
    df: int
    p_value: float | None
    epsilon_squared: float | None
    n: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class KruskalWallisOfCounts:
    """`KruskalWallis` for many at once: arrays of the middle axes, NaN where not computable; `n` is (G, ...).

    A large p-value is no proof of agreement. One test an outcome is many tests: report all or none.
    """

    statistic: Floats
    df: Counts
    p_value: Floats
    epsilon_squared: Floats
    n: Counts


def kruskal_wallis(groups_of_ratings: Sequence[ArrayLike]) -> KruskalWallis:
    """Ask whether several groups rate differently at all.

    Parameters
    ----------
    groups_of_ratings : for each group, (n,) scores, one a person; NaN is left out.

    Returns
    -------
    KruskalWallis : H with its degrees of freedom, p-value, effect size and numbers of people.

    Raises
    ------
    ValueError
        For no group at all, more than one dimension in a group, or an infinite score.

    Notes
    -----
    H = 12 / (N (N + 1)) sum n_g (mean rank of g - (N + 1) / 2)^2, divided by 1 - sum(t^3 - t) / (N^3 - N)
    for sets of t tied scores; p from chi-squared, rough where a group has under five. Effect size, epsilon
    squared: H (N + 1) / (N^2 - 1) = H / (N - 1). A group without scores drops out. Fewer than two groups, or
    all scores tied: not computable. Which group differs it does not say: see `mann_whitney`.

    References
    ----------
    Kruskal and Wallis (1952), Journal of the American Statistical Association 47, 583-621, doi
    10.1080/01621459.1952.10483441. Tomczak and Tomczak (2014), Trends in Sport Sciences 21, 19-25 (the
    effect size, epsilon squared).
    """
    if not len(groups_of_ratings):
        raise ValueError("groups_of_ratings: expected at least one group")
    samples = [scored(one, f"groups_of_ratings[{at}]") for at, one in enumerate(groups_of_ratings)]
    found = kruskal_wallis_counts(tallied(samples))
    is_computable = not np.isnan(found.statistic)
    return KruskalWallis(
        statistic=float(found.statistic) if is_computable else None,
        df=int(found.df),
        p_value=float(found.p_value) if is_computable else None,
        epsilon_squared=float(found.epsilon_squared) if is_computable else None,
        n=tuple(int(number) for number in found.n),
    )


def kruskal_wallis_counts(counts: ArrayLike) -> KruskalWallisOfCounts:
    """Ask the same as `kruskal_wallis`, outcome by outcome, of counts.

    Parameters
    ----------
    counts : (G, ..., C) integers, how many of each group gave each category, lowest first.

    Returns
    -------
    KruskalWallisOfCounts : the same numbers as `kruskal_wallis` of the scores that were counted.

    Raises
    ------
    ValueError
        For counts that are no whole numbers of 0 or more, or fewer than two axes.
    """
    by_group = counted(counts, "counts")
    if by_group.ndim < 2 or not by_group.shape[0]:
        raise ValueError(f"counts: shape {by_group.shape}, expected groups first and categories last")
    together = by_group.sum(axis=0)
    n_group = by_group.sum(axis=-1)
    df = np.maximum((n_group > 0).sum(axis=0) - 1, 0)
    n = together.sum(axis=-1).astype(np.float64)
    is_computable = (df >= 1) & ((together > 0).sum(axis=-1) > 1)
    usable = np.where(is_computable, n, 2)
    centred = np.cumsum(together, axis=-1) - (together - 1) / 2 - (n[..., None] + 1) / 2
    rank_sums = (by_group * centred).sum(axis=-1)
    between = (rank_sums**2 / np.maximum(n_group, 1)).sum(axis=0)
    untied = np.where(is_computable, 1 - tie_sum(together) / (usable**3 - usable), 1)
    h = 12 / (usable * (usable + 1)) * between / untied
    statistic = np.where(is_computable, h, np.nan)
    return KruskalWallisOfCounts(
        statistic=statistic,
        df=df,
        p_value=np.where(is_computable, special.chdtrc(np.maximum(df, 1), h), np.nan),
        epsilon_squared=statistic / (usable - 1),
        n=n_group,
    )

"""Whether the outcomes keep their order from one round to the next."""

from math import sqrt

from numpy.typing import ArrayLike
from scipy.stats import rankdata

from analysis.stability.matched import complete_pairs


def rank_correlation(before: ArrayLike, after: ArrayLike) -> float | None:
    """Do the outcomes that ranked high in one round rank high in the next?

    Parameters
    ----------
    before, after : (outcomes,) numbers, one value an outcome and round, such as its median or share; NaN
        where not computable.

    Returns
    -------
    Spearman's correlation, -1 to 1; None for fewer than three outcomes with both values, or where all
    values of a round are equal.

    Raises
    ------
    ValueError
        For shapes that differ, other than one dimension, or an infinite value.

    Notes
    -----
    Pearson's correlation of mid-ranks, so ties are allowed. Outcomes that were dropped or added between the
    rounds are left out, which lifts or lowers it when the list was cut from the bottom: say how many
    stayed. Medians of a short scale tie often; shares or means tell more. Values tie when they are equal as
    floats, so compute both rounds alike. It says that the order stayed, not the ratings: all can fall by
    two points and keep it.

    References
    ----------
    Spearman 1904, doi:10.2307/1412159.
    """
    first, second = complete_pairs(before, after)
    if len(first) < 3:
        return None
    # Twice the mid-ranks about their mean are whole numbers: equal and opposite orders give exactly 1 and -1.
    x, y = (2 * rankdata(values) - (len(first) + 1) for values in (first, second))
    spread = float(x @ x) * float(y @ y)
    return float(x @ y) / sqrt(spread) if spread else None

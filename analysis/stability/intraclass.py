"""The intraclass correlation between two rounds, by absolute agreement."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.stability.matched import complete_pairs


@dataclass(frozen=True, slots=True)
class IntraclassCorrelation:
    """ICC(A,1) of `n` people who answered in both rounds; None where not computable."""

    value: float | None
    n: int


def icc_agreement(before: ArrayLike, after: ArrayLike) -> IntraclassCorrelation:
    """How near are each person's two ratings to each other, against how far people lie apart?

    Parameters
    ----------
    before, after : (raters,) numbers, the same people in the same order; NaN where missing.

    Returns
    -------
    1 where nobody changed, 0 or less where a person's ratings are no nearer than those of two people. None
    for fewer than two complete pairs, or where there is nothing to divide by: all ratings of both rounds are
    equal, or two people exchanged theirs.

    Raises
    ------
    ValueError
        For shapes that differ, other than one dimension, or an infinite value.

    Notes
    -----
    ICC(A,1) of the two-way model, single measure: (MSR - MSE) / (MSR + MSE + 2(MSC - MSE)/n), R people, C
    rounds. A shift of the whole panel lowers it, as it should; the consistency form and Pearson's r
    overlook shifts. Pairs with a rating missing are left out. It takes ratings as equally spaced numbers;
    by categories use `weighted_kappa`. A panel that agrees has a low one however little it changes, as the
    people hardly differ.

    References
    ----------
    McGraw & Wong 1996, doi:10.1037/1082-989X.1.1.30.
    """
    first, second = complete_pairs(before, after)
    n = len(first)
    if n < 2:
        return IntraclassCorrelation(None, n)
    # Twice each mean square, from the sums and differences of each person's two ratings.
    between_people = _squares(first + second) / (n - 1)
    within_people = _squares(second - first) / (n - 1)
    between_rounds = float((second - first).sum()) ** 2 / n
    spread = between_people + within_people * (1 - 2 / n) + between_rounds * 2 / n
    return IntraclassCorrelation((between_people - within_people) / spread if spread else None, n)


def _squares(values: NDArray[np.float64]) -> float:
    """Return the sum of squares about the mean."""
    from_first = values - values[0]  # equal values leave exact zeros, however their mean is rounded
    return float(((from_first - from_first.mean()) ** 2).sum())

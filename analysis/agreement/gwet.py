"""Gwet's coefficients of agreement, which stay usable when nearly all answers are the same."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.category_places import ascending_categories, counts_among

Weights = Literal["identity", "ordinal", "quadratic"]


@dataclass(frozen=True, slots=True)
class GwetAgreement:
    """Gwet's coefficient with what it is made of; None where not computable.

    `observed` is over `n_outcomes`, those with at least two ratings; `expected` over `n_rated`, those with
    any.
    """

    coefficient: float | None
    observed: float | None
    expected: float | None
    n_outcomes: int
    n_rated: int
    weights: Weights


def gwet_ac(
    ratings: ArrayLike, *, categories: Sequence[float], weights: Weights = "identity"
) -> GwetAgreement:
    """How far do the raters agree over all outcomes, beyond chance (AC1, with weights AC2)?

    Parameters
    ----------
    ratings : (raters, outcomes) numbers, NaN where missing.
    categories : all points of the scale, ascending, also those that nobody used; at least two.
    weights : what a near miss is worth. "identity" nothing (AC1); "ordinal" by the number of pairs of
        categories from one to the other, so by rank only; "quadratic" by the squared distance of the
        numbers.

    Returns
    -------
    The coefficient, 1 at most, and its parts. None where no outcome has two ratings.

    Raises
    ------
    ValueError
        For a rating that is none of the categories, a bad list of them, unknown weights, other dimensions
        than two.

    Notes
    -----
    (p_a - p_e) / (1 - p_e). p_a: the mean, over outcomes, of the weighted share of pairs of raters who
    agree. p_e = T / (q(q - 1)) sum pi_k (1 - pi_k): q categories, T the sum of all weights, pi_k the share
    of category k in an outcome's ratings, averaged over outcomes. Ordinal: 1 - C(|k - l| + 1, 2) / C(q, 2).
    Unlike kappa and alpha it stays high where nearly all answers are the same, and it moves with the length
    of the scale. It describes a panel; it is no criterion of consensus.

    References
    ----------
    Gwet 2008, doi:10.1348/000711006X126600; Gwet 2014, Handbook of Inter-Rater Reliability, 4th edition.
    """
    points = ascending_categories(categories)
    if len(points) < 2:
        raise ValueError("categories: a single one, expected two or more")
    if weights not in _WEIGHTINGS:
        raise ValueError(f"weights: {weights!r}, expected one of {', '.join(_WEIGHTINGS)}")
    credit = _WEIGHTINGS[weights](points)
    counts = counts_among(np.asarray(ratings, dtype=np.float64), points, name="ratings").astype(np.float64)
    rated = counts.sum(axis=1)
    observed = _observed(counts[rated >= 2], credit)
    expected = _expected(counts[rated >= 1], credit)
    coefficient = None
    if observed is not None and expected is not None:
        coefficient = (observed - expected) / (1 - expected)
    n_outcomes, n_rated = int(np.count_nonzero(rated >= 2)), int(np.count_nonzero(rated))
    return GwetAgreement(coefficient, observed, expected, n_outcomes, n_rated, weights)


def _identity(points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.eye(len(points))


def _ordinal(points: NDArray[np.float64]) -> NDArray[np.float64]:
    ranks = np.arange(len(points), dtype=np.float64)
    apart = np.abs(ranks[:, None] - ranks)
    pairs = apart * (apart + 1) / 2
    credit: NDArray[np.float64] = 1 - pairs / pairs[0, -1]
    return credit


def _quadratic(points: NDArray[np.float64]) -> NDArray[np.float64]:
    credit: NDArray[np.float64] = 1 - ((points[:, None] - points) / (points[-1] - points[0])) ** 2
    return credit


_WEIGHTINGS: Mapping[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {
    "identity": _identity,
    "ordinal": _ordinal,
    "quadratic": _quadratic,
}


def _observed(counts: NDArray[np.float64], credit: NDArray[np.float64]) -> float | None:
    if not len(counts):
        return None
    rated = counts.sum(axis=1)
    agreeing = (counts * (counts @ credit - 1)).sum(axis=1)
    return float((agreeing / (rated * (rated - 1))).mean())


def _expected(counts: NDArray[np.float64], credit: NDArray[np.float64]) -> float | None:
    if not len(counts):
        return None
    shares = (counts / counts.sum(axis=1, keepdims=True)).mean(axis=0)
    categories = len(credit)
    return float(credit.sum() / (categories * (categories - 1)) * (shares * (1 - shares)).sum())

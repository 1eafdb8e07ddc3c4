"""Borda: points by place, with three ways to read a ballot that does not rank everything."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from analysis.ranking.ballots import check_unranked, read_ballots, tied_order
from analysis.ranking.common_denominator import ExactNumbers, over

UnrankedPoints: TypeAlias = Literal["zero", "average", "ranked"]


@dataclass(frozen=True, slots=True, eq=False)
class BordaResult:
    """Points by outcome; None where nobody voted.

    `scores` (outcomes,): weighted sums of points. `order`: outcomes, best first, those with exactly equal
    points together. `weight` and `n_voters`: of those who ranked at least one outcome.
    """

    scores: NDArray[np.float64] | None
    order: tuple[tuple[int, ...], ...] | None
    unranked: UnrankedPoints
    weight: Fraction
    n_voters: int


def borda(
    ballots: ArrayLike, *, weights: ExactNumbers | None = None, unranked: UnrankedPoints = "zero"
) -> BordaResult:
    """Return which outcomes stand highest on the ballots on average: the Borda count.

    Parameters
    ----------
    ballots : (voters, outcomes)
        Places: 1 = first, equal = tied, NaN = not ranked. Only their order on a ballot counts.
    weights : (voters,), optional
        Not negative: ints, Fractions, Decimals or floats (read as the decimals that they are written as).
    unranked : {"zero", "average", "ranked"}
        What a ballot gives when it ranks m of n outcomes; see Notes.

    Raises
    ------
    ValueError
        For a place below 1, an unknown `unranked`, or weights that cannot be added exactly.

    Notes
    -----
    The first of n outcomes gets n - 1 points, the next n - 2, the last 0; tied ones share the mean of
    their points. "zero": outcomes not ranked get 0, so a short ballot still gives its first n - 1: for
    "name your top three". "average": they share the mean of the points not used, (n - m - 1) / 2, so each
    ballot gives equally much: where not ranked means "no view". "ranked": m - 1 points for the first down
    to 0 for the last ranked and for the others, so a short ballot says less, and one of a single outcome
    nothing: no gain from ranking only one's favourite. They give different winners: fix one in the
    protocol. Sums and ties are exact. A ballot that ranks nothing is left out; without voters, or all of
    weight 0, fields are None.

    References
    ----------
    Emerson (2013), doi 10.1007/s00355-011-0603-9.
    """
    check_unranked(unranked, get_args(UnrankedPoints))
    cast = read_ballots(ballots, weights)
    if not cast.weight:
        return BordaResult(None, None, unranked, cast.weight, cast.n_voters)
    doubled = cast.weights @ _doubled_points(cast.places, unranked)
    scores = over(doubled, 2 * cast.denominator)
    return BordaResult(scores, tied_order(doubled), unranked, cast.weight, cast.n_voters)


def _doubled_points(places: NDArray[np.float64], unranked: UnrankedPoints) -> NDArray[np.int64]:
    """Twice the points, which ties can make halves."""
    ranked = ~np.isnan(places)
    # Put last together, outcomes not ranked share the mean of the points that are left.
    mid_ranks = stats.rankdata(np.where(ranked, places, np.inf), axis=1)
    most = ranked.sum(axis=1, keepdims=True) if unranked == "ranked" else places.shape[1]
    points: NDArray[np.int64] = (2 * (most - mid_ranks)).astype(np.int64)
    return points if unranked == "average" else np.where(ranked, points, 0)

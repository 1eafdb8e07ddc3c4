"""Top k: how many put each outcome among their first k."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from analysis.ranking.ballots import read_ballots, tied_order
from analysis.ranking.common_denominator import ExactNumbers, over
from analysis.whole_numbers import whole_number


@dataclass(frozen=True, slots=True, eq=False)
class TopKResult:
    """Tallies by outcome; None where nobody voted.

    `tallies` (outcomes,): the weight of those who put it among their first `k`; `shares`: of `weight`.
    `order`: most often named first, equal tallies together. `n_tied_ballots`: heads whose ballot has more
    than `k` among its first `k`, because of a tie.
    """

    k: int
    tallies: NDArray[np.float64] | None
    shares: NDArray[np.float64] | None
    order: tuple[tuple[int, ...], ...] | None
    n_tied_ballots: int
    weight: Fraction
    n_voters: int


def top_k(ballots: ArrayLike, k: int, *, weights: ExactNumbers | None = None) -> TopKResult:
    """Return how many put each outcome among their first `k`.

    Parameters
    ----------
    ballots : (voters, outcomes)
        Places: 1 = first, equal = tied, NaN = not ranked. Only their order on a ballot counts.
    k : int
        At least 1.
    weights : (voters,), optional
        Not negative: ints, Fractions, Decimals or floats (read as the decimals that they are written as).

    Raises
    ------
    ValueError
        For a `k` or a place below 1, or weights that cannot be added exactly.

    Notes
    -----
    An outcome is among a voter's first k when that voter puts fewer than k others before it. All that tie
    at the k-th place are in, and the ballots where that happens are counted. Whoever ranks fewer than k
    gives fewer votes. Shares are of those who ranked at least one outcome, whole or weighted; they add up
    to more than 1. Choose it over Borda where the order within the first k means little to voters.
    Without voters, or all of weight 0, fields are None.
    """
    if whole_number(k, name="k") < 1:
        raise ValueError(f"k: {k}, expected at least 1")
    cast = read_ballots(ballots, weights)
    if not cast.weight:
        return TopKResult(k, None, None, None, 0, cast.weight, cast.n_voters)
    ranked = ~np.isnan(cast.places)
    among = ranked & (stats.rankdata(np.where(ranked, cast.places, np.inf), method="min", axis=1) <= k)
    tallies: NDArray[np.int64] = cast.weights @ among
    return TopKResult(
        k=k,
        tallies=over(tallies, cast.denominator),
        shares=over(tallies, int(cast.weights.sum())),
        order=tied_order(tallies),
        n_tied_ballots=int(np.count_nonzero(among.sum(axis=1) > k)),
        weight=cast.weight,
        n_voters=cast.n_voters,
    )

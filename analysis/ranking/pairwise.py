"""The pairwise matrix: how many put one outcome before another."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.ranking.ballots import check_unranked, read_ballots
from analysis.ranking.common_denominator import ExactNumbers, over

UnrankedPairs: TypeAlias = Literal["last", "ignore"]


@dataclass(frozen=True, slots=True, eq=False)
class PairwiseMatrix:
    """Row before column: `before` (outcomes, outcomes) in whole numbers over `denominator`.

    `weight` and `n_voters`: of those who ranked at least one outcome.
    """

    before: NDArray[np.int64]
    denominator: int
    unranked: UnrankedPairs
    weight: Fraction
    n_voters: int

    @property
    def weights(self) -> NDArray[np.float64]:
        """The weight of those who put the row's outcome before the column's, (outcomes, outcomes)."""
        return over(self.before, self.denominator)

    @property
    def tied_pairs(self) -> tuple[tuple[int, int], ...]:
        """Pairs with equally much on both sides, also those that nobody compared; smaller index first."""
        rows, columns = np.nonzero(np.triu(self.before == self.before.T, k=1))
        return tuple(zip(rows.tolist(), columns.tolist(), strict=True))


def pairwise_matrix(
    ballots: ArrayLike, *, weights: ExactNumbers | None = None, unranked: UnrankedPairs = "last"
) -> PairwiseMatrix:
    """Return the weight of those who put each outcome before each other.

    Parameters
    ----------
    ballots : (voters, outcomes)
        Places: 1 = first, equal = tied, NaN = not ranked. Only their order on a ballot counts.
    weights : (voters,), optional
        Not negative: ints, Fractions, Decimals or floats (read as the decimals that they are written as).
    unranked : {"last", "ignore"}
        "last": outcomes not ranked come after all that are ranked, tied: where voters name the ones that
        matter most. "ignore": they are compared with nothing: where voters were shown different outcomes.

    Raises
    ------
    ValueError
        For a place below 1, an unknown `unranked`, or weights that cannot be added exactly.

    Notes
    -----
    A tie on a ballot counts for neither side, so the two sides of a pair need not add up to `weight`.
    """
    check_unranked(unranked, get_args(UnrankedPairs))
    cast = read_ballots(ballots, weights)
    places = np.where(np.isnan(cast.places), np.inf, cast.places) if unranked == "last" else cast.places
    by_outcome = np.ascontiguousarray(places.T)
    # A comparison with NaN is false: what was not ranked is before and after nothing.
    rows = [(place < by_outcome) @ cast.weights for place in by_outcome]
    return PairwiseMatrix(np.stack(rows), cast.denominator, unranked, cast.weight, cast.n_voters)

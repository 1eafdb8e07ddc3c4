"""Schulze: an order from the strongest chains of majorities."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.ranking.common_denominator import ExactNumbers, over
from analysis.ranking.pairwise import UnrankedPairs, pairwise_matrix


@dataclass(frozen=True, slots=True, eq=False)
class SchulzeResult:
    """Strongest chains between outcomes; `order` and `ties` are None where nobody voted.

    `strengths` (outcomes, outcomes): of the strongest chain from row to column, 0 where there is none.
    `order`: the winners first, then the winners among the rest, and so on. `ties`: pairs whose chains are
    equally strong both ways, smaller index first.
    """

    strengths: NDArray[np.float64]
    order: tuple[tuple[int, ...], ...] | None
    ties: tuple[tuple[int, int], ...] | None
    unranked: UnrankedPairs
    weight: Fraction
    n_voters: int


def schulze(
    ballots: ArrayLike, *, weights: ExactNumbers | None = None, unranked: UnrankedPairs = "last"
) -> SchulzeResult:
    """Return the order of the outcomes by Schulze's method, with winning votes.

    Parameters
    ----------
    ballots : (voters, outcomes)
        Places: 1 = first, equal = tied, NaN = not ranked. Only their order on a ballot counts.
    weights : (voters,), optional
        Not negative: ints, Fractions, Decimals or floats (read as the decimals that they are written as).
    unranked : {"last", "ignore"}
        Outcomes not ranked come after those that are, or are compared with nothing.

    Raises
    ------
    ValueError
        For a place below 1, an unknown `unranked`, or weights that cannot be added exactly.

    Notes
    -----
    A link from i to j exists when i beats j, and is as strong as the weight of those who put i before j
    (Schulze's paper separates links of equal weight by the opposition to them; here they are equal). A
    chain is as strong as its weakest link; i comes before j when the strongest chain from i to j is
    stronger than that back. This never runs in a circle, and puts a Condorcet winner first. Outcomes with
    equally strong chains tie and are not separated by lot. If i comes before j and k ties with both, k
    stands with i, and `ties` says that j is its equal too. Quick for any number of outcomes, where `kemeny`
    is not. Without voters, or all of weight 0, `order` and `ties` are None.

    References
    ----------
    Schulze (2011), doi 10.1007/s00355-010-0475-4.
    """
    matrix = pairwise_matrix(ballots, weights=weights, unranked=unranked)
    strengths = _strongest_chains(matrix.before)
    order = _layers(strengths > strengths.T) if matrix.weight else None
    rows, columns = np.nonzero(np.triu(strengths == strengths.T, k=1))
    ties = tuple(zip(rows.tolist(), columns.tolist(), strict=True)) if matrix.weight else None
    floats = over(strengths, matrix.denominator)
    return SchulzeResult(floats, order, ties, unranked, matrix.weight, matrix.n_voters)


def _strongest_chains(before: NDArray[np.int64]) -> NDArray[np.int64]:
    strengths = np.where(before > before.T, before, 0)
    for via in range(len(strengths)):
        detour = np.minimum(strengths[:, via, None], strengths[via])
        np.maximum(strengths, detour, out=strengths)
    np.fill_diagonal(strengths, 0)
    return strengths


def _layers(precedes: NDArray[np.bool_]) -> tuple[tuple[int, ...], ...]:
    """Return again and again those that none of the rest precedes; `precedes` has no circle."""
    layers: list[tuple[int, ...]] = []
    rest = np.arange(len(precedes))
    while len(rest):
        first = ~precedes[np.ix_(rest, rest)].any(axis=0)
        layers.append(tuple(rest[first].tolist()))
        rest = rest[~first]
    return tuple(layers)

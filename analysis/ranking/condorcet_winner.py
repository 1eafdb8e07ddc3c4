"""Condorcet: the outcome that wins against each other, and what there is where none does."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse.csgraph import connected_components

from analysis.ranking.common_denominator import ExactNumbers
from analysis.ranking.pairwise import UnrankedPairs, pairwise_matrix


@dataclass(frozen=True, slots=True, eq=False)
class CondorcetResult:
    """Majorities between pairs of outcomes; `weak_winners`, `cycles` and `ties` are None where nobody voted.

    `pairwise` (outcomes, outcomes): the weight of those who put row before column. `winner`: beats each
    other one, None if none does. `weak_winners`: beaten by none. `cycles`: sets of outcomes each of which
    beats each other of its set, directly or through others. `ties`: pairs of which neither beats the other.
    """

    pairwise: NDArray[np.float64]
    winner: int | None
    weak_winners: tuple[int, ...] | None
    cycles: tuple[tuple[int, ...], ...] | None
    ties: tuple[tuple[int, int], ...] | None
    unranked: UnrankedPairs
    weight: Fraction
    n_voters: int


def condorcet(
    ballots: ArrayLike, *, weights: ExactNumbers | None = None, unranked: UnrankedPairs = "last"
) -> CondorcetResult:
    """Return which outcome, if any, a majority puts before each other outcome.

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
    An outcome beats another when more weight puts it before than after; those who tie the two, or do not
    compare them, take no side. There may be no winner: majorities can run in a circle, or tie; both are
    stated and nothing is broken. `schulze` and `kemeny` give an order in any case, and put the winner
    first where there is one; `borda` need not. A single outcome is its own winner. Without voters, or all
    of weight 0, there is no winner, and the other fields are None.

    References
    ----------
    Young (1988), doi 10.2307/1961757.
    """
    matrix = pairwise_matrix(ballots, weights=weights, unranked=unranked)
    beats = matrix.before > matrix.before.T
    voted = bool(matrix.weight)
    winners = np.flatnonzero(beats.sum(axis=1) == len(beats) - 1).tolist() if voted else []
    return CondorcetResult(
        pairwise=matrix.weights,
        winner=winners[0] if winners else None,
        weak_winners=tuple(np.flatnonzero(~beats.any(axis=0)).tolist()) if voted else None,
        cycles=_cycles(beats) if voted else None,
        ties=matrix.tied_pairs if voted else None,
        unranked=unranked,
        weight=matrix.weight,
        n_voters=matrix.n_voters,
    )


def _cycles(beats: NDArray[np.bool_]) -> tuple[tuple[int, ...], ...]:
    _, labels = connected_components(beats, connection="strong")
    sets = (np.flatnonzero(labels == label).tolist() for label in np.unique(labels))
    return tuple(sorted(tuple(outcomes) for outcomes in sets if len(outcomes) > 1))

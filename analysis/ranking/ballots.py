"""Ballots, checked and weighted: what every ranking starts from."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.ranking.common_denominator import ExactNumbers, over_common_denominator


@dataclass(frozen=True, slots=True, eq=False)
class Ballots:
    """The ballots of those who ranked at least one outcome.

    `places` is (voters, outcomes), NaN where not ranked; `weights` (voters,) are whole numbers over
    `denominator`.
    """

    places: NDArray[np.float64]
    weights: NDArray[np.int64]
    denominator: int

    @property
    def n_voters(self) -> int:
        """Heads, whatever their weights."""
        return len(self.places)

    @property
    def n_outcomes(self) -> int:
        """All outcomes, ranked by somebody or not."""
        return int(self.places.shape[1])

    @property
    def weight(self) -> Fraction:
        """The weights of all who voted, added up; 0 is "not computable"."""
        return Fraction(int(self.weights.sum()), self.denominator)


def read_ballots(ballots: ArrayLike, weights: ExactNumbers | None) -> Ballots:
    """Return `ballots` (voters x outcomes) without those that rank nothing; ValueError for bad input."""
    places = read_places(ballots, "ballots")
    whole, denominator = read_weights(weights, *places.shape)
    voted = ~np.isnan(places).all(axis=1)
    return Ballots(places[voted], whole[voted], denominator)


def read_places(places: ArrayLike, name: str) -> NDArray[np.float64]:
    """Return `places` as floats (voters, outcomes); ValueError where one is not a place."""
    read = np.asarray(places, dtype=np.float64)
    if read.ndim != 2 or read.shape[1] == 0:
        raise ValueError(f"{name}: shape {read.shape}, expected (voters, outcomes) with an outcome at least")
    wrong = (read < 1) | np.isinf(read)
    if wrong.any():
        raise ValueError(f"{name}: {read[wrong][0]:g} is not a place; places count from 1, NaN is not ranked")
    return read


def read_weights(
    weights: ExactNumbers | None, n_voters: int, n_outcomes: int
) -> tuple[NDArray[np.int64], int]:
    """Return one whole number a voter and their denominator; without `weights`, ones."""
    if weights is None:
        return np.ones(n_voters, dtype=np.int64), 1
    # The largest sum is over all pairs of outcomes.
    whole, denominator = over_common_denominator(weights, name="weights", multiple=n_outcomes * n_outcomes)
    if whole.shape != (n_voters,):
        raise ValueError(f"weights: shape {whole.shape}, expected one for each of {n_voters} voters")
    return whole, denominator


def check_unranked(unranked: str, choices: Sequence[str]) -> None:
    """Raise ValueError unless `unranked` is one of `choices`."""
    if unranked not in choices:
        raise ValueError(f"unranked: {unranked!r} is not one of {', '.join(choices)}")


def tied_order(values: NDArray[np.int64]) -> tuple[tuple[int, ...], ...]:
    """Return the places of `values`, largest first, those of equal value together."""
    together: dict[int, list[int]] = {}
    for outcome, value in enumerate(values.tolist()):
        together.setdefault(value, []).append(outcome)
    return tuple(tuple(together[value]) for value in sorted(together, reverse=True))

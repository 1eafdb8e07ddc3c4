"""Ballots to work out by hand, and random ones: ties, gaps, nobody, weights of every kind."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.float64]

# The Tennessee example: of 100 voters, 42 live near Memphis, 26 near Nashville, 15 near Chattanooga and 17
# near Knoxville, and each prefers the nearer city.
MEMPHIS, NASHVILLE, CHATTANOOGA, KNOXVILLE = range(4)
TENNESSEE = ("MNCK", "NCKM", "CKNM", "KCNM")
TENNESSEE_WEIGHTS = (42, 26, 15, 17)


def places_of(ballots: Sequence[str], *, listed: str) -> Places:
    """`ballots` such as "a bc d": a first, b and c tied, d last; those of `listed` not named are NaN."""
    places = np.full((len(ballots), len(listed)), np.nan)
    for voter, ballot in enumerate(ballots):
        for place, tied in enumerate(ballot.split(), start=1):
            places[voter, [listed.index(outcome) for outcome in tied]] = place
    return places


def tennessee() -> Places:
    return places_of([" ".join(ballot) for ballot in TENNESSEE], listed="MNCK")


def random_places(rng: np.random.Generator, *, voters: int, outcomes: int) -> Places:
    """Ballots with ties and outcomes left out, a few of them blank."""
    places = rng.integers(1, rng.integers(1, outcomes + 1) + 1, size=(voters, outcomes)).astype(np.float64)
    places[rng.random(places.shape) < rng.choice([0, 0.3, 0.7])] = np.nan
    places[rng.random(voters) < 0.1] = np.nan
    return places


def random_weights(
    rng: np.random.Generator, voters: int
) -> list[int] | list[Fraction] | list[Decimal] | None:
    """No weights, whole ones, shares or decimals, some of them 0."""
    whole: list[int] = rng.integers(0, 4, voters).tolist()
    match rng.integers(4):
        case 0:
            return None
        case 1:
            return whole
        case 2:
            return [Fraction(weight, 3) for weight in whole]
        case _:
            return [Decimal(weight) / 10 for weight in whole]

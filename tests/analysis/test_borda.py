"""Borda's points, by three readings of a short ballot."""

from fractions import Fraction
from typing import get_args

import numpy as np
import pytest

from analysis.ranking import borda
from analysis.ranking.borda_points import UnrankedPoints
from tests.analysis.ballot_cases import (
    CHATTANOOGA,
    KNOXVILLE,
    MEMPHIS,
    NASHVILLE,
    TENNESSEE_WEIGHTS,
    places_of,
    tennessee,
)

READINGS: tuple[UnrankedPoints, ...] = get_args(UnrankedPoints)
# Four outcomes: only the third ballot leaves out one, only the last none.
SHORT = places_of(["b a", "c a", "d b c", "a", "d b a c"], listed="abcd")


def test_nashville_wins_the_tennessee_example() -> None:
    # M 3 * 42 = 126; N 2 * 42 + 3 * 26 + 15 + 17 = 194;
    # C 42 + 2 * 26 + 3 * 15 + 2 * 17 = 173; K 26 + 2 * 15 + 3 * 17 = 107.
    result = borda(tennessee(), weights=TENNESSEE_WEIGHTS)
    assert result.scores is not None
    assert result.scores.tolist() == [126, 194, 173, 107]
    assert result.order == ((NASHVILLE,), (CHATTANOOGA,), (MEMPHIS,), (KNOXVILLE,))
    assert (result.weight, result.n_voters) == (100, 4)


@pytest.mark.parametrize(
    ("unranked", "scores", "winner"),
    [
        # a: 2 + 2 + 0 + 3 + 1; b: 3 + 0 + 2 + 0 + 2; c: 0 + 3 + 1 + 0 + 0; d: 0 + 0 + 3 + 0 + 3.
        ("zero", [8, 7, 4, 6], 0),
        # Two left out share (1 + 0) / 2, three (2 + 1 + 0) / 3 = 1, one gets 0.
        # a: 8 + 0; b: 7 + 1/2 + 1; c: 4 + 1/2 + 1; d: 6 + 1/2 + 1/2 + 1.
        ("average", [8, 8.5, 5.5, 8], 1),
        # Firsts get 1, 1, 2, 0, 3. a: 0 + 0 + 0 + 0 + 1; b: 1 + 0 + 1 + 0 + 2; c: 1; d: 2 + 3.
        ("ranked", [1, 4, 1, 5], 3),
    ],
)
def test_the_three_readings_of_short_ballots_give_three_winners(
    unranked: UnrankedPoints, scores: list[float], winner: int
) -> None:
    result = borda(SHORT, unranked=unranked)
    assert result.scores is not None
    assert result.order is not None
    assert result.scores.tolist() == scores
    assert result.order[0] == (winner,)
    assert result.unranked == unranked


def test_tied_places_share_the_mean_of_their_points() -> None:
    # 3; (2 + 1) / 2 twice; 0. Places 1, 4, 4, 9 are the same ballot.
    result = borda(places_of(["a bc d"], listed="abcd"))
    assert result.scores is not None
    assert result.scores.tolist() == [3, 1.5, 1.5, 0]
    assert result.order == ((0,), (1, 2), (3,))
    assert borda([[1, 4, 4, 9]]).order == result.order


def test_sums_that_only_floats_tell_apart_tie() -> None:
    # 0.1 + 0.2 against 0.3: equal as written, 0.30000000000000004 as floats.
    result = borda(places_of(["a b", "a b", "b a"], listed="ab"), weights=[0.1, 0.2, 0.3])
    assert result.order == ((0, 1),)
    assert result.weight == Fraction(6, 10)


@pytest.mark.parametrize("unranked", READINGS)
def test_a_ballot_that_ranks_nothing_is_no_ballot(unranked: UnrankedPoints) -> None:
    blank = np.full((1, 4), np.nan)
    with_blank = borda(np.vstack([SHORT, blank]), unranked=unranked)
    without = borda(SHORT, unranked=unranked)
    assert with_blank.n_voters == without.n_voters == 5
    assert np.array_equal(with_blank.scores, without.scores)


@pytest.mark.parametrize("ballots", [np.empty((0, 3)), np.full((2, 3), np.nan)])
@pytest.mark.parametrize("unranked", READINGS)
def test_without_voters_there_are_no_points(ballots: np.ndarray, unranked: UnrankedPoints) -> None:
    result = borda(ballots, unranked=unranked)
    assert (result.scores, result.order, result.weight, result.n_voters) == (None, None, 0, 0)


def test_voters_without_weight_give_no_points() -> None:
    result = borda(SHORT, weights=[0] * 5)
    assert (result.scores, result.order, result.weight, result.n_voters) == (None, None, 0, 5)


def test_one_voter_and_one_outcome() -> None:
    result = borda([[1]])
    assert result.scores is not None
    assert (result.scores.tolist(), result.order) == ([0], ((0,),))


def test_all_tied_is_one_tie() -> None:
    assert borda(np.ones((4, 3))).order == ((0, 1, 2),)


@pytest.mark.parametrize("ballots", [[1, 2], [[]], [[0, 1]], [[-1, 2]], [[np.inf, 1]]])
def test_what_is_no_ballot_is_refused(ballots: list[list[float]]) -> None:
    with pytest.raises(ValueError, match=r"^ballots:"):
        borda(ballots)


@pytest.mark.parametrize("weights", [[1, 2], [-1, 1, 1, 1, 1], [np.nan, 1, 1, 1, 1], [np.inf, 1, 1, 1, 1]])
def test_what_is_no_weight_is_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match=r"^weights:"):
        borda(SHORT, weights=weights)


def test_an_unknown_reading_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^unranked: 'last'"):
        borda(SHORT, unranked="last")  # type: ignore[arg-type]

"""Majorities between pairs: winners, cycles and ties."""

from typing import get_args

import numpy as np
import pytest

from analysis.ranking import condorcet, pairwise_matrix
from analysis.ranking.pairwise import UnrankedPairs
from tests.analysis.ballot_cases import NASHVILLE, TENNESSEE_WEIGHTS, places_of, tennessee

READINGS: tuple[UnrankedPairs, ...] = get_args(UnrankedPairs)
CIRCLE = places_of(["a b c", "b c a", "c a b"], listed="abc")


def test_nashville_beats_each_other_city() -> None:
    # N before M: all but the 42 of Memphis; N before C and K: 42 + 26. C before K: all but the 17 of K.
    result = condorcet(tennessee(), weights=TENNESSEE_WEIGHTS)
    assert result.pairwise.tolist() == [[0, 42, 42, 42], [58, 0, 68, 68], [58, 32, 0, 83], [58, 32, 17, 0]]
    assert (result.winner, result.weak_winners) == (NASHVILLE, (NASHVILLE,))
    assert (result.cycles, result.ties) == ((), ())
    assert (result.weight, result.n_voters) == (100, 4)


def test_a_circle_of_majorities_is_stated_and_has_no_winner() -> None:
    result = condorcet(CIRCLE)
    assert (result.winner, result.weak_winners, result.cycles, result.ties) == (None, (), ((0, 1, 2),), ())


def test_a_winner_above_a_circle_wins_and_the_circle_is_stated() -> None:
    result = condorcet(places_of(["d a b c", "d b c a", "d c a b"], listed="abcd"))
    assert (result.winner, result.cycles) == (3, ((0, 1, 2),))


def test_two_circles_are_two_circles() -> None:
    result = condorcet(places_of(["a b c d e f", "b c a e f d", "c a b f d e"], listed="abcdef"))
    assert result.cycles == ((0, 1, 2), (3, 4, 5))


def test_a_tie_is_neither_a_win_nor_broken() -> None:
    # a and b tie one to one, both beat c.
    result = condorcet(places_of(["a b c", "b a c"], listed="abc"))
    assert (result.winner, result.weak_winners, result.ties) == (None, (0, 1), ((0, 1),))


def test_a_tie_does_not_close_a_circle() -> None:
    # a beats b, b beats c, a and c tie: a is beaten by none, and nothing runs in a circle.
    result = condorcet(places_of(["a b", "b c", "a c", "c a"], listed="abc"), unranked="ignore")
    assert result.pairwise.tolist() == [[0, 1, 1], [0, 0, 1], [1, 0, 0]]
    assert (result.weak_winners, result.cycles, result.ties) == ((0,), (), ((0, 2),))


def test_what_was_not_ranked_comes_last_or_is_not_compared() -> None:
    # "a" alone: before b and c, or before nothing.
    ballots = places_of(["a", "b a", "b a"], listed="abc")
    last = condorcet(ballots, unranked="last")
    assert last.pairwise.tolist() == [[0, 1, 3], [2, 0, 2], [0, 0, 0]]
    assert (last.winner, last.ties) == (1, ())
    ignored = condorcet(ballots, unranked="ignore")
    assert ignored.pairwise.tolist() == [[0, 0, 0], [2, 0, 0], [0, 0, 0]]
    assert (ignored.winner, ignored.weak_winners, ignored.ties) == (None, (1, 2), ((0, 2), (1, 2)))


def test_a_tie_on_a_ballot_counts_for_neither_side() -> None:
    assert condorcet(places_of(["ab c"], listed="abc")).pairwise.tolist() == [[0, 0, 1], [0, 0, 1], [0, 0, 0]]


@pytest.mark.parametrize("unranked", READINGS)
@pytest.mark.parametrize(("ballots", "weights"), [(np.empty((0, 2)), None), (np.ones((2, 2)), [0, 0])])
def test_without_voters_or_weight_nothing_is_computable(
    ballots: np.ndarray, weights: list[int] | None, unranked: UnrankedPairs
) -> None:
    result = condorcet(ballots, weights=weights, unranked=unranked)
    assert (result.winner, result.weak_winners, result.cycles, result.ties) == (None,) * 4
    assert result.weight == 0
    assert not result.pairwise.any()


def test_a_single_outcome_is_its_own_winner() -> None:
    result = condorcet([[1], [1]])
    assert (result.winner, result.weak_winners, result.cycles, result.ties) == (0, (0,), (), ())


def test_the_matrix_keeps_weights_exactly() -> None:
    matrix = pairwise_matrix(places_of(["a b", "a b", "b a"], listed="ab"), weights=[0.1, 0.2, 0.3])
    assert (matrix.before.tolist(), matrix.denominator) == ([[0, 3], [3, 0]], 10)
    assert matrix.weights.tolist() == [[0, 0.3], [0.3, 0]]
    assert matrix.tied_pairs == ((0, 1),)


def test_an_unknown_reading_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^unranked: 'zero'"):
        condorcet(CIRCLE, unranked="zero")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^ballots:"):
        condorcet([[0, 1]])

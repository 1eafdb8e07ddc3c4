"""Tallies of ballots: among the first k, best and worst."""

import numpy as np
import pytest

from analysis.ranking import best_worst, top_k
from tests.analysis.ballot_cases import TENNESSEE_WEIGHTS, places_of, tennessee


def test_the_first_two_of_the_tennessee_example() -> None:
    # M 42; N 42 + 26; C 26 + 15 + 17; K 15 + 17.
    result = top_k(tennessee(), 2, weights=TENNESSEE_WEIGHTS)
    assert result.tallies is not None
    assert result.shares is not None
    assert result.tallies.tolist() == [42, 68, 58, 32]
    assert result.shares.tolist() == [0.42, 0.68, 0.58, 0.32]
    assert result.order == ((1,), (2,), (0,), (3,))
    assert (result.k, result.weight, result.n_voters, result.n_tied_ballots) == (2, 100, 4, 0)


def test_all_that_tie_at_the_last_place_are_named_and_the_ballot_is_counted() -> None:
    # The first ballot has a, b and c among its first two, the second a and d, the third b and c.
    result = top_k(places_of(["a bc d", "a d", "bc d"], listed="abcd"), 2)
    assert result.tallies is not None
    assert result.tallies.tolist() == [2, 2, 2, 1]
    assert result.order == ((0, 1, 2), (3,))
    assert result.n_tied_ballots == 1


def test_shares_are_of_those_who_ranked_anything() -> None:
    result = top_k(np.array([[1, 2], [2, 1], [1, np.nan], [np.nan, np.nan]]), 1)
    assert result.shares is not None
    assert result.shares.tolist() == [2 / 3, 1 / 3]
    assert result.n_voters == 3


def test_a_k_beyond_what_is_ranked_names_all_that_is() -> None:
    result = top_k(places_of(["a", "b a"], listed="abc"), 9)
    assert result.tallies is not None
    assert result.tallies.tolist() == [2, 1, 0]


@pytest.mark.parametrize("ballots", [np.empty((0, 2)), np.full((3, 2), np.nan)])
def test_without_voters_there_is_nothing_to_count(ballots: np.ndarray) -> None:
    tallied = top_k(ballots, 1)
    assert (tallied.tallies, tallied.shares, tallied.order, tallied.n_voters) == (None, None, None, 0)
    scored = best_worst(ballots, ballots)
    assert (scored.best, scored.worst, scored.scores, scored.order) == (None, None, None, None)
    assert (scored.n_voters, scored.weight) == (0, 0)


@pytest.mark.parametrize("k", [0, -1, 1.5, True])
def test_a_k_that_is_no_number_of_places_is_refused(k: int) -> None:
    with pytest.raises(ValueError, match=r"^k:"):
        top_k([[1, 2]], k)


TOP = places_of(["a b", "a", "", "b c", ""], listed="abcd")
BOTTOM = places_of(["d", "c d", "a", "c", ""], listed="abcd")


def test_best_less_worst_by_those_who_named_any() -> None:
    # Four of five named something. a: 2 best, 1 worst; b: 2, 0; c: 1, 2; d: 0, 2.
    result = best_worst(TOP, BOTTOM)
    assert result.best is not None
    assert result.worst is not None
    assert result.scores is not None
    assert (result.best.tolist(), result.worst.tolist()) == ([2, 2, 1, 0], [1, 0, 2, 2])
    assert result.scores.tolist() == [1 / 4, 2 / 4, -1 / 4, -2 / 4]
    assert result.order == ((1,), (0,), (2,), (3,))
    assert (result.n_voters, result.weight) == (4, 4)


def test_an_outcome_that_somebody_named_both_best_and_worst_cancels_out_and_is_stated() -> None:
    # The fourth voter names c on both lists.
    assert best_worst(TOP, BOTTOM).n_named_both == 1
    assert best_worst(TOP[:3], BOTTOM[:3]).n_named_both == 0


def test_weights_count_in_best_worst() -> None:
    # Weights 3, 1, 1, 1 of those who named any, 6 in all. a: 3 + 1 - 1; b: 3 + 1; c: 1 - 2; d: -4.
    result = best_worst(TOP, BOTTOM, weights=[3, 1, 1, 1, 5])
    assert result.scores is not None
    assert result.scores.tolist() == [3 / 6, 4 / 6, -1 / 6, -4 / 6]
    assert (result.weight, result.n_voters) == (6, 4)


def test_equal_scores_stand_together() -> None:
    # Never named, and named once each way: both 0.
    top, bottom = places_of(["a", "b"], listed="abc"), places_of(["b", ""], listed="abc")
    assert best_worst(top, bottom).order == ((0,), (1, 2))


def test_two_lists_of_different_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^bottom: shape"):
        best_worst(TOP, BOTTOM[:3])


@pytest.mark.parametrize(("top", "bottom", "name"), [([[0]], [[1]], "top"), ([[1]], [[0]], "bottom")])
def test_what_is_no_place_is_refused(top: list[list[int]], bottom: list[list[int]], name: str) -> None:
    with pytest.raises(ValueError, match=rf"^{name}:"):
        best_worst(top, bottom)

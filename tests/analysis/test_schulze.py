"""Schulze's order from the strongest chains."""

import numpy as np
import pytest

from analysis.ranking import schulze
from tests.analysis.ballot_cases import TENNESSEE_WEIGHTS, places_of, tennessee


def test_the_first_example_of_the_paper() -> None:
    # Schulze (2011), doi 10.1007/s00355-010-0475-4, section 3, example 1, pages 274 to 276.
    ballots = places_of(["a c d b", "b a d c", "c d b a", "d b a c", "d c b a"], listed="abcd")
    result = schulze(ballots, weights=[8, 2, 4, 4, 3])
    assert result.strengths.tolist() == [[0, 14, 14, 12], [13, 0, 13, 12], [13, 15, 0, 12], [13, 19, 13, 0]]
    assert result.order == ((3,), (0,), (2,), (1,))
    assert (result.ties, result.weight, result.n_voters) == ((), 21, 5)


def test_without_a_circle_it_is_the_order_of_the_majorities() -> None:
    # Nashville beats all, Chattanooga the other two, Knoxville Memphis, 58 to 42.
    assert schulze(tennessee(), weights=TENNESSEE_WEIGHTS).order == ((1,), (2,), (3,), (0,))


def test_a_circle_of_equal_majorities_is_a_tie() -> None:
    result = schulze(places_of(["a b c", "b c a", "c a b"], listed="abc"))
    assert result.order == ((0, 1, 2),)
    assert result.ties == ((0, 1), (0, 2), (1, 2))


def test_a_circle_is_opened_at_its_weakest_link() -> None:
    ballots = places_of(["a b c", "b c a", "c a b"], listed="abc")
    result = schulze(ballots, weights=[4, 3, 2])
    # a before b 4 + 2, b before c 4 + 3, c before a 3 + 2: the last is the weakest.
    assert result.strengths.tolist() == [[0, 6, 6], [5, 0, 7], [5, 5, 0]]
    assert result.order == ((0,), (1,), (2,))


def test_one_that_ties_with_both_of_an_order_stands_with_the_first_and_is_stated() -> None:
    # a beats b; c is compared with neither.
    result = schulze(places_of(["a b", "c"], listed="abc"), unranked="ignore")
    assert result.order == ((0, 2), (1,))
    assert result.ties == ((0, 2), (1, 2))


@pytest.mark.parametrize("ballots", [np.empty((0, 2)), np.full((2, 2), np.nan)])
def test_without_voters_there_is_no_order(ballots: np.ndarray) -> None:
    result = schulze(ballots)
    assert (result.order, result.ties, result.n_voters) == (None, None, 0)


def test_one_outcome_and_all_tied() -> None:
    assert schulze([[1]]).order == ((0,),)
    assert schulze([[1, 1], [3, 3]]).order == ((0, 1),)


def test_bad_input_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^unranked:"):
        schulze([[1, 2]], unranked="average")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^weights:"):
        schulze([[1, 2]], weights=[-1])

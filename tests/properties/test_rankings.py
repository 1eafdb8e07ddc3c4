"""What no ranking may depend on: names of outcomes, order of voters, weights or as many people."""

from collections.abc import Callable
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from analysis.ranking import best_worst, borda, condorcet, kemeny, pairwise_matrix, schulze, top_k
from analysis.ranking.borda_points import UnrankedPoints
from analysis.ranking.pairwise import UnrankedPairs

Places = NDArray[np.float64]
Tied = tuple[tuple[int, ...], ...]

PLACES = st.one_of(st.integers(1, 5).map(float), st.just(np.nan))
BALLOTS = (
    st.integers(1, 6)
    .flatmap(
        lambda outcomes: st.lists(
            st.lists(PLACES, min_size=outcomes, max_size=outcomes), min_size=1, max_size=7
        )
    )
    .map(np.array)
)
READINGS_OF_PAIRS = st.sampled_from(get_args(UnrankedPairs))
READINGS_OF_POINTS = st.sampled_from(get_args(UnrankedPoints))
SEEDS = st.integers(0, 2**32 - 1)


def outcome_at(order: Tied | None, names: NDArray[np.intp]) -> Tied | None:
    """`order` with each outcome renamed, those that tie in rising order."""
    return order and tuple(tuple(sorted(names[list(tied)].tolist())) for tied in order)


@given(BALLOTS, READINGS_OF_POINTS, READINGS_OF_PAIRS, SEEDS)
def test_outcomes_may_come_in_any_order(
    ballots: Places, points: UnrankedPoints, pairs: UnrankedPairs, seed: int
) -> None:
    names = np.random.default_rng(seed).permutation(ballots.shape[1])
    moved = np.empty_like(ballots)
    moved[:, names] = ballots
    assert borda(moved, unranked=points).order == outcome_at(borda(ballots, unranked=points).order, names)
    assert top_k(moved, 2).order == outcome_at(top_k(ballots, 2).order, names)
    assert schulze(moved, unranked=pairs).order == outcome_at(schulze(ballots, unranked=pairs).order, names)
    cycles = outcome_at(condorcet(ballots, unranked=pairs).cycles, names)
    assert condorcet(moved, unranked=pairs).cycles == (cycles and tuple(sorted(cycles)))
    first, second = (kemeny(one, unranked=pairs) for one in (ballots, moved))
    assert (first.cost, first.n_optimal) == (second.cost, second.n_optimal)
    renamed = first.orders and tuple(sorted(tuple(names[list(order)].tolist()) for order in first.orders))
    assert second.orders == renamed


def figures(
    ballots: Places, points: UnrankedPoints, pairs: UnrankedPairs, weights: NDArray[np.int64] | None = None
) -> list[object]:
    """All that is said about outcomes, per head of weight."""
    scored = borda(ballots, weights=weights, unranked=points)
    kept = kemeny(ballots, weights=weights, unranked=pairs)
    majorities = condorcet(ballots, weights=weights, unranked=pairs)
    chains = schulze(ballots, weights=weights, unranked=pairs)
    named = top_k(ballots, 2, weights=weights)
    loved = best_worst(ballots, ballots[:, ::-1], weights=weights)
    return [
        scored.order,
        *([] if scored.scores is None else (scored.scores / float(scored.weight)).round(12).tolist()),
        kept.orders,
        kept.n_optimal,
        kept.cost and kept.weight and kept.cost / kept.weight,
        (majorities.winner, majorities.weak_winners, majorities.cycles, majorities.ties),
        (chains.order, chains.ties),
        (named.order, named.shares is not None and named.shares.tolist()),
        (loved.order, loved.scores is not None and loved.scores.tolist()),
    ]


@given(BALLOTS, READINGS_OF_POINTS, READINGS_OF_PAIRS, SEEDS)
def test_voters_may_come_in_any_order(
    ballots: Places, points: UnrankedPoints, pairs: UnrankedPairs, seed: int
) -> None:
    shuffled = np.random.default_rng(seed).permutation(ballots)
    assert figures(shuffled, points, pairs) == figures(ballots, points, pairs)


@given(BALLOTS, READINGS_OF_POINTS, READINGS_OF_PAIRS)
def test_everybody_twice_changes_nothing_but_the_size(
    ballots: Places, points: UnrankedPoints, pairs: UnrankedPairs
) -> None:
    twice = np.vstack([ballots, ballots])
    assert figures(twice, points, pairs) == figures(ballots, points, pairs)
    assert np.array_equal(pairwise_matrix(twice).before, 2 * pairwise_matrix(ballots).before)
    assert borda(twice).n_voters == 2 * borda(ballots).n_voters


@given(BALLOTS, READINGS_OF_POINTS, READINGS_OF_PAIRS, SEEDS)
def test_a_whole_weight_is_that_many_voters_but_one_head(
    ballots: Places, points: UnrankedPoints, pairs: UnrankedPairs, seed: int
) -> None:
    weights = np.random.default_rng(seed).integers(0, 4, len(ballots))
    repeated = np.repeat(ballots, weights, axis=0)
    weighted = figures(ballots, points, pairs, weights)
    assert weighted == figures(repeated, points, pairs)
    assert kemeny(ballots, weights=weights).n_voters == kemeny(ballots).n_voters


@given(BALLOTS, READINGS_OF_POINTS, READINGS_OF_PAIRS)
def test_somebody_who_ranks_nothing_changes_nothing(
    ballots: Places, points: UnrankedPoints, pairs: UnrankedPairs
) -> None:
    more = np.vstack([ballots, np.full(ballots.shape[1], np.nan)])
    assert figures(more, points, pairs) == figures(ballots, points, pairs)
    assert kemeny(more).n_voters == kemeny(ballots).n_voters


@given(BALLOTS, READINGS_OF_POINTS, READINGS_OF_PAIRS)
def test_only_the_order_of_places_counts(
    ballots: Places, points: UnrankedPoints, pairs: UnrankedPairs
) -> None:
    assert figures(3 * ballots + 2, points, pairs) == figures(ballots, points, pairs)


@given(BALLOTS, READINGS_OF_PAIRS)
def test_a_winner_of_all_pairs_comes_first_in_every_order_by_pairs(
    ballots: Places, pairs: UnrankedPairs
) -> None:
    winner = condorcet(ballots, unranked=pairs).winner
    order, orders = schulze(ballots, unranked=pairs).order, kemeny(ballots, unranked=pairs).orders
    if winner is not None:
        assert order is not None
        assert orders is not None
        assert order[0] == (winner,)
        assert {one[0] for one in orders} == {winner}


@given(BALLOTS)
def test_without_ties_or_gaps_borda_counts_the_pairs_won(ballots: Places) -> None:
    # Every place before another outcome is a point.
    strict = np.nan_to_num(ballots, nan=9).argsort(axis=1).argsort(axis=1) + 1.0
    assert np.array_equal(borda(strict).scores, pairwise_matrix(strict).before.sum(axis=1))


@pytest.mark.parametrize("rule", [condorcet, schulze, kemeny])
def test_weights_can_be_scaled(rule: Callable[..., Any]) -> None:
    ballots = np.array([[1, 2, 3], [3, 1, 2], [2, 3, 1], [1, np.nan, 2]])
    small, large = (rule(ballots, weights=np.array([1, 2, 2, 1]) * factor) for factor in (1, 7))
    assert large.weight == 7 * small.weight
    for name in ("winner", "order", "orders", "ties", "cycles"):
        assert getattr(small, name, None) == getattr(large, name, None)

"""Points, tallies, majorities and chains against their definitions, written out ballot by ballot."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations, permutations
from typing import get_args

import numpy as np

from analysis.ranking import best_worst, borda, condorcet, schulze, top_k
from analysis.ranking.borda_points import UnrankedPoints
from analysis.ranking.pairwise import UnrankedPairs
from tests.analysis.ballot_cases import Places, random_places, random_weights

Cast = list[tuple[dict[int, float], Fraction]]


def cast(places: Places, weights: object) -> Cast:
    """Each ballot that ranks something: outcome → place, and its weight."""
    exact = (
        [Fraction(weight) for weight in weights] if isinstance(weights, list) else [Fraction(1)] * len(places)
    )
    ballots = [{at: place for at, place in enumerate(row) if not np.isnan(place)} for row in places.tolist()]
    return [(ballot, weight) for ballot, weight in zip(ballots, exact, strict=True) if ballot]


def random_ballots(
    seed: int, *, outcomes: int, times: int = 1000
) -> Iterator[tuple[np.random.Generator, Places, object, Cast]]:
    rng = np.random.default_rng(seed)
    for _ in range(times):
        places = random_places(
            rng, voters=int(rng.integers(0, 8)), outcomes=int(rng.integers(1, outcomes + 1))
        )
        weights = random_weights(rng, len(places))
        yield rng, places, weights, cast(places, weights)


def in_order(values: Mapping[int, Fraction]) -> tuple[tuple[int, ...], ...]:
    different = sorted(set(values.values()), reverse=True)
    return tuple(tuple(at for at in values if values[at] == value) for value in different)


def points(ballot: dict[int, float], outcomes: int, unranked: UnrankedPoints) -> dict[int, Fraction]:
    """Points from a purse, handed out place by place."""
    purse = list(range(len(ballot) if unranked == "ranked" else outcomes))
    given = dict.fromkeys(range(outcomes), Fraction(0))
    for place in sorted(set(ballot.values())):
        tied = [outcome for outcome in ballot if ballot[outcome] == place]
        share = Fraction(sum(purse.pop() for _ in tied), len(tied))
        given.update(dict.fromkeys(tied, share))
    if unranked == "average" and purse:
        left = Fraction(sum(purse), len(purse))
        given.update({outcome: left for outcome in given if outcome not in ballot})
    return given


def before(ballot: dict[int, float], one: int, other: int, unranked: UnrankedPairs) -> bool:
    if one in ballot and other in ballot:
        return ballot[one] < ballot[other]
    return unranked == "last" and one in ballot and other not in ballot


def pairs(ballots: Cast, outcomes: int, unranked: UnrankedPairs) -> dict[tuple[int, int], Fraction]:
    return {
        pair: sum((weight for ballot, weight in ballots if before(ballot, *pair, unranked)), Fraction(0))
        for pair in permutations(range(outcomes), 2)
    }


def test_borda_hands_out_points_place_by_place() -> None:
    for rng, places, weights, ballots in random_ballots(1, outcomes=6):
        outcomes = places.shape[1]
        unranked = get_args(UnrankedPoints)[rng.integers(3)]
        result = borda(places, weights=weights, unranked=unranked)
        assert result.weight == sum(weight for _, weight in ballots)
        if not result.weight:
            assert result.scores is None
            continue
        given = [(points(ballot, outcomes, unranked), weight) for ballot, weight in ballots]
        sums = {at: sum((one[at] * weight for one, weight in given), Fraction(0)) for at in range(outcomes)}
        assert np.array_equal(result.scores, [float(total) for total in sums.values()])
        assert result.order == in_order(sums)


def test_top_k_counts_those_with_fewer_than_k_before_them() -> None:
    for rng, places, weights, ballots in random_ballots(2, outcomes=6):
        k = int(rng.integers(1, 8))
        result = top_k(places, k, weights=weights)
        named = [
            ({one for one in ballot if sum(ballot[other] < ballot[one] for other in ballot) < k}, weight)
            for ballot, weight in ballots
        ]
        total = sum(weight for _, weight in ballots)
        assert (result.weight, result.n_voters) == (total, len(ballots))
        if not total:
            assert result.tallies is None
            continue
        tallies = {
            at: sum((weight for firsts, weight in named if at in firsts), Fraction(0))
            for at in range(places.shape[1])
        }
        assert np.array_equal(result.tallies, [float(tally) for tally in tallies.values()])
        assert np.array_equal(result.shares, [float(tally / total) for tally in tallies.values()])
        assert result.order == in_order(tallies)
        assert result.n_tied_ballots == sum(len(firsts) > k for firsts, _ in named)


def test_best_worst_is_a_difference_of_two_tallies() -> None:
    for rng, top, weights, _ in random_ballots(3, outcomes=6):
        bottom = random_places(rng, voters=len(top), outcomes=top.shape[1])
        exact = [Fraction(one) for one in weights] if isinstance(weights, list) else [Fraction(1)] * len(top)
        rows = zip(~np.isnan(top), ~np.isnan(bottom), exact, strict=True)
        voted = [(best, worst, weight) for best, worst, weight in rows if best.any() or worst.any()]
        total = sum(weight for _, _, weight in voted)
        result = best_worst(top, bottom, weights=weights)
        assert (result.weight, result.n_voters) == (total, len(voted))
        if not total:
            assert result.scores is None
            continue
        gains = {
            at: sum((weight * (int(best[at]) - int(worst[at])) for best, worst, weight in voted), Fraction(0))
            for at in range(top.shape[1])
        }
        assert np.array_equal(result.scores, [float(gain / total) for gain in gains.values()])
        assert result.order == in_order(gains)


def test_condorcet_is_majorities_and_the_walks_along_them() -> None:
    for rng, places, weights, ballots in random_ballots(4, outcomes=6):
        outcomes = range(places.shape[1])
        unranked = get_args(UnrankedPairs)[rng.integers(2)]
        result = condorcet(places, weights=weights, unranked=unranked)
        matrix = pairs(ballots, len(outcomes), unranked)
        assert all(result.pairwise[pair] == float(weight) for pair, weight in matrix.items())
        if not result.weight:
            assert result.cycles is None
            continue
        beats = {(i, j) for i, j in matrix if matrix[i, j] > matrix[j, i]}
        winners = [i for i in outcomes if all((i, j) in beats for j in outcomes if j != i)]
        assert result.winner == (winners[0] if winners else None)
        assert result.weak_winners == tuple(i for i in outcomes if not any((j, i) in beats for j in outcomes))
        assert result.ties == tuple(p for p in combinations(outcomes, 2) if matrix[p] == matrix[p[::-1]])
        reach = reachable(beats, len(outcomes))
        sets = {tuple(j for j in outcomes if {(i, j), (j, i)} <= reach) for i in outcomes}
        assert result.cycles == tuple(sorted(one for one in sets if len(one) > 1))


def reachable(beats: set[tuple[int, int]], outcomes: int) -> set[tuple[int, int]]:
    reach = set(beats)
    for via in range(outcomes):
        reach |= {(i, j) for i in range(outcomes) for j in range(outcomes) if {(i, via), (via, j)} <= reach}
    return reach


def chain_strength(
    matrix: Mapping[tuple[int, int], Fraction], start: int, end: int, others: list[int]
) -> Fraction:
    """The weakest link of the best of all chains that visit nobody twice."""
    best = Fraction(0)
    for length in range(len(others) + 1):
        for via in permutations(others, length):
            links = list(zip((start, *via), (*via, end), strict=True))
            holds = all(matrix[link] > matrix[link[::-1]] for link in links)
            best = max(best, min(matrix[link] for link in links) if holds else Fraction(0))
    return best


def test_schulze_is_the_best_of_all_chains() -> None:
    for rng, places, weights, ballots in random_ballots(5, outcomes=5):
        outcomes = set(range(places.shape[1]))
        unranked = get_args(UnrankedPairs)[rng.integers(2)]
        result = schulze(places, weights=weights, unranked=unranked)
        matrix = pairs(ballots, len(outcomes), unranked)
        strengths = {
            (i, j): chain_strength(matrix, i, j, sorted(outcomes - {i, j}))
            for i, j in permutations(outcomes, 2)
        }
        assert all(result.strengths[pair] == float(value) for pair, value in strengths.items())
        if not result.weight:
            assert result.order is None
            continue
        ties = (
            pair for pair in combinations(sorted(outcomes), 2) if strengths[pair] == strengths[pair[::-1]]
        )
        assert result.ties == tuple(ties)
        assert result.order is not None
        level = {outcome: at for at, tied in enumerate(result.order) for outcome in tied}
        stronger = [(i, j) for i, j in strengths if strengths[i, j] > strengths[j, i]]
        assert all(level[i] < level[j] for i, j in stronger)
        # No gaps: whoever is not on the first level comes after somebody on the level above.
        assert all(any(level[i] == level[j] - 1 for i, k in stronger if k == j) for j in outcomes if level[j])

"""The tables of a workshop: its ballots, counted in every usual way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from analysis.ranking import (
    best_worst,
    borda,
    condorcet,
    kemeny,
    schulze,
    top_k,
)
from analysis.report.rating_tables import OUTCOME
from analysis.study.records import Ranking, Vote
from analysis.study.rounds import Ballot, BallotList, Round, RoundKind
from analysis.tables import Cell, Column, Kind, Table, plain_number, table

_FIRST_PLACES = 3  # that a ranking is counted by, beside the whole order


@dataclass(frozen=True, slots=True, eq=False)
class CastBallot:
    """One ballot: places (voters, outcomes), NaN where not named; `weights`: one number a voter."""

    ballot: Ballot
    voters: tuple[str, ...]
    places: NDArray[np.float64]
    weights: tuple[Fraction, ...]


def cast_ballots(
    round_: Round, votes: Sequence[Vote], *, listed: Sequence[str], weight_of: Mapping[str, Fraction]
) -> tuple[CastBallot, ...]:
    """Return each ballot of a workshop; `weight_of`: panellist to what their vote counts for."""
    column = {code: at for at, code in enumerate(listed)}
    found = []
    for ballot in round_.ballots:
        mine = [vote for vote in votes if vote.round == round_.code and vote.ballot == ballot.code]
        voters = tuple(dict.fromkeys(vote.panellist for vote in mine))
        row = {voter: at for at, voter in enumerate(voters)}
        places = np.full((len(voters), len(listed)), np.nan)
        for vote in mine:
            if vote.outcome in column:
                places[row[vote.panellist], column[vote.outcome]] = vote.position
        weights = tuple(weight_of[voter] for voter in voters)
        found.append(CastBallot(ballot, voters, places, weights))
    return tuple(found)


def cast_order(
    round_: Round, rankings: Sequence[Ranking], *, listed: Sequence[str], weight_of: Mapping[str, Fraction]
) -> CastBallot:
    """Return the orders of a ranking round as one ballot."""
    votes = [
        Vote(one.round, "order", one.panellist, one.position, one.outcome)
        for one in rankings
        if one.round == round_.code
    ]
    ballot = Ballot("order", round_.label, places=max(1, min(_FIRST_PLACES, len(listed))))
    made = replace(round_, kind=RoundKind.WORKSHOP, ballots=(ballot,))
    return cast_ballots(made, votes, listed=listed, weight_of=weight_of)[0]


def ballot_table(
    cast: CastBallot, listed: Sequence[str], labels: Sequence[str], *, weighted: bool = True
) -> Table:
    """Return a ballot counted in the usual ways, weighted, with what they agree on and where they cycle."""
    places, weights = cast.places, list(cast.weights)
    points = borda(places, weights=weights, unranked="zero")
    shared = borda(places, weights=weights, unranked="average")
    beats = condorcet(places, weights=weights)
    chains = schulze(places, weights=weights)
    first, named = (top_k(places, k, weights=weights) for k in (1, cast.ballot.places))
    orders = [_ranks(order, len(listed)) for order in (points.order, shared.order, chains.order)]
    rows: list[list[Cell]] = [
        [
            outcome,
            label,
            plain_number(first.tallies[at]) if first.tallies is not None else None,
            plain_number(named.tallies[at]) if named.tallies is not None else None,
            plain_number(points.scores[at]) if points.scores is not None else None,
            *(order[at] for order in orders),
        ]
        for at, (outcome, label) in enumerate(zip(listed, labels, strict=True))
    ]
    return table(
        f"ballot_{cast.ballot.code}",
        f"Ballot: {cast.ballot.label}",
        (
            *OUTCOME,
            Column("first_places", "First places", Kind.COUNT),
            Column("named", f"Among first {cast.ballot.places}", Kind.COUNT),
            Column("borda", "Borda points", Kind.COUNT),
            Column("borda_rank", "Borda", Kind.COUNT),
            Column("borda_average_rank", "Borda, rest shared", Kind.COUNT),
            Column("schulze_rank", "Schulze", Kind.COUNT),
        ),
        rows,
        f"{len(cast.voters)} ballots, {'weighted' if weighted else 'everyone counts once'}. "
        "Borda: from one point fewer than outcomes for the first place downwards, 0 for what is not named. "
        "Ranks: 1 is best, equal ranks are ties. "
        + ("A bottom list: the first place is for what matters least." if _is_bottom(cast) else ""),
        _pairwise_sentence(beats.winner, beats.cycles, labels),
        _kemeny_sentence(places, weights, labels),
    )


def best_worst_table(
    top: CastBallot, bottom: CastBallot, listed: Sequence[str], labels: Sequence[str], *, weighted: bool
) -> Table:
    """Return how often each outcome was among the best and among the worst, weighted."""
    voters = tuple(dict.fromkeys((*top.voters, *bottom.voters)))
    weight_of = dict(zip((*top.voters, *bottom.voters), (*top.weights, *bottom.weights), strict=True))
    both = [_rows_of(cast, voters) for cast in (top, bottom)]
    found = best_worst(both[0], both[1], weights=[weight_of[voter] for voter in voters])
    rows = (
        [
            outcome,
            label,
            *(
                None if part is None else plain_number(part[at])
                for part in (found.best, found.worst, found.scores)
            ),
        ]
        for at, (outcome, label) in enumerate(zip(listed, labels, strict=True))
    )
    return table(
        "best_worst",
        f"{top.ballot.label} against {bottom.ballot.label.lower()}",
        (
            *OUTCOME,
            Column("best", "Named best", Kind.COUNT),
            Column("worst", "Named worst", Kind.COUNT),
            Column("score", "Best less worst, of all"),
        ),
        rows,
        f"{found.n_voters} people cast either ballot, {'weighted' if weighted else 'everyone counts once'}.",
    )


def ranks_by_ballot(cast: Sequence[CastBallot], n_outcomes: int) -> list[list[int | None]]:
    """Return each ballot's Borda ranks, for a picture of how they moved; bottom lists are left out."""
    tops = [one for one in cast if not _is_bottom(one)]
    return [
        _ranks(borda(one.places, weights=list(one.weights), unranked="zero").order, n_outcomes)
        for one in tops
    ]


def _is_bottom(cast: CastBallot) -> bool:
    return cast.ballot.list is BallotList.BOTTOM


def _ranks(order: tuple[tuple[int, ...], ...] | None, n_outcomes: int) -> list[int | None]:
    ranks: list[int | None] = [None] * n_outcomes
    place = 1
    for tied in order or ():
        for at in tied:
            ranks[at] = place
        place += len(tied)
    return ranks


def _rows_of(cast: CastBallot, voters: Sequence[str]) -> NDArray[np.float64]:
    row = {voter: at for at, voter in enumerate(cast.voters)}
    places = np.full((len(voters), cast.places.shape[1]), np.nan)
    for at, voter in enumerate(voters):
        if voter in row:
            places[at] = cast.places[row[voter]]
    return places


def _pairwise_sentence(
    winner: int | None, cycles: tuple[tuple[int, ...], ...] | None, labels: Sequence[str]
) -> str:
    if cycles is None:
        return "Nobody voted."
    parts = [
        f"{labels[winner]} beats every other outcome in pairs."
        if winner is not None
        else "No outcome beats every other in pairs."
    ]
    parts += [
        f"No order fits all pairs among {_named(cycle, labels)}: they beat one another in circles."
        for cycle in cycles
    ]
    return " ".join(parts)


def _kemeny_sentence(places: NDArray[np.float64], weights: Sequence[Fraction], labels: Sequence[str]) -> str:
    try:
        found = kemeny(places, weights=weights)
    except ValueError as error:  # too many outcomes beat one another in turn
        return f"Not computed: the order with the fewest pairs against it. {error}."
    if found.orders is None:
        return ""
    if found.is_unique:
        return f"The order with the fewest pairs against it (Kemeny): {_in_order(found.orders[0], labels)}."
    return f"{found.n_optimal} orders have equally few pairs against them (Kemeny)."


def _in_order(order: Sequence[int], labels: Sequence[str]) -> str:
    return " > ".join(labels[at] for at in order)


def _named(places: Sequence[int], labels: Sequence[str]) -> str:
    return ", ".join(labels[at] for at in places)

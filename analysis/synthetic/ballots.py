"""Synthetic workshop ballots: what a group likes pulls its votes, and people tend to stand by them."""

from collections.abc import Iterator, Mapping

from analysis.study.records import Vote
from analysis.study.rounds import BallotList, Round
from analysis.synthetic.draws import Draws
from analysis.synthetic.panel import Attendance
from analysis.synthetic.parameters import Parameters, Voting


def draw_ballots(
    round_: Round, *, outcomes: tuple[str, ...], attendance: Attendance, parameters: Parameters, draws: Draws
) -> list[Vote]:
    """Draw every ballot of a workshop, person by person; ordered by ballot, person and place."""
    group_of = attendance.group_of()
    votes: list[Vote] = []
    for person in attendance.respondents[round_.code]:
        pull = parameters.appeal(round_.code, outcomes=outcomes, group=group_of[person])
        votes += _one_persons(round_, person, pull, parameters.voting, draws)
    order = [ballot.code for ballot in round_.ballots]
    return sorted(votes, key=lambda vote: order.index(vote.ballot))


def _one_persons(
    round_: Round, person: str, pull: Mapping[str, float], voting: Voting, draws: Draws
) -> Iterator[Vote]:
    last_top: list[str] = []
    leaves_early = draws.happens(voting.leaves_early)
    for ballot in round_.ballots:
        weights = (
            _weights(pull, last_top, voting) if ballot.list is BallotList.TOP else _reversed(pull, last_top)
        )
        named = draws.weighted_sample(weights, size=ballot.places)
        if draws.happens(voting.leaves_a_place_empty):
            named.pop()
        if ballot.list is BallotList.TOP:
            last_top = named
        if leaves_early and ballot is round_.ballots[-1]:
            return
        for place, outcome in enumerate(named, start=1):
            yield Vote(round_.code, ballot.code, person, place, outcome)


def _weights(pull: Mapping[str, float], last_top: list[str], voting: Voting) -> dict[str, float]:
    return {code: weight * (voting.stands_by if code in last_top else 1.0) for code, weight in pull.items()}


def _reversed(pull: Mapping[str, float], last_top: list[str]) -> dict[str, float]:
    ends = min(pull.values()) + max(pull.values())
    return {code: ends - weight for code, weight in pull.items() if code not in last_top}

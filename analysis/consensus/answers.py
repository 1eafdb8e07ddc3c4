"""What a consensus definition is applied to, and what it measures there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from analysis.counting import Counts
from analysis.counts import ResponseCounts
from analysis.evidence import RoundEvidence
from analysis.ratings import criterion_of
from analysis.shares import GroupTally
from analysis.study.protocol import Protocol
from analysis.study.rules import BallotMeasure, Measure, ShareMeasure
from analysis.study.scale import Box


@dataclass(frozen=True, slots=True)
class Answers:
    """The counts of one round for the outcomes of its list, in that order.

    `ratings` are those of one criterion, None in a workshop. `boxes` are the scale's, by code.
    """

    groups: tuple[str, ...]
    outcomes: tuple[str, ...]
    ratings: ResponseCounts | None = None
    ballots: Mapping[str, ResponseCounts] = field(default_factory=dict)
    boxes: Mapping[str, Box] = field(default_factory=dict)

    def tally(self, measure: Measure) -> GroupTally:
        """Return what `measure` sums, and the people behind it.

        share: those in the box, of those who rated. mean: the sum of scores, of those who rated.
        ballot: points, of those who cast the ballot, whichever outcomes they named.
        Raises ValueError where the round has no such answers.
        """
        if isinstance(measure, BallotMeasure):
            return self.points(measure.ballot, measure.points)
        ratings = self._ratings()
        if isinstance(measure, ShareMeasure):
            if measure.box not in self.boxes:
                raise ValueError(f"box: {measure.box!r} is not one of {', '.join(self.boxes) or 'no boxes'}")
            return self._tally(ratings.in_box(self.boxes[measure.box]), ratings.n)
        return self._tally(ratings.counts @ np.array(ratings.categories, dtype=np.int64), ratings.n)

    def points(self, ballot: str, points: Sequence[int]) -> GroupTally:
        """Return the points on `ballot`, places beyond the last of `points` giving none, and its voters."""
        if ballot not in self.ballots:
            raise ValueError(f"ballot: {ballot!r} is not one of {', '.join(self.ballots) or 'no ballots'}")
        votes = self.ballots[ballot]
        worth = [points[place - 1] if place <= len(points) else 0 for place in votes.categories]
        listed = votes.of_outcomes(self.outcomes)
        voters = np.repeat(voters_of(votes)[:, None], len(self.outcomes), axis=1)
        return self._tally(listed.counts @ np.array(worth, dtype=np.int64), voters)

    def _ratings(self) -> ResponseCounts:
        if self.ratings is None:
            raise ValueError("measure: a share or a mean, but the round has no ratings")
        return self.ratings

    def _tally(self, k: Counts, n: Counts) -> GroupTally:
        return GroupTally(self.groups, tuple(map(tuple, k.T.tolist())), tuple(map(tuple, n.T.tolist())))


def voters_of(votes: ResponseCounts) -> Counts:
    """Return how many of each group cast the ballot, (G,): the most that any one of its places got."""
    voters: Counts = votes.counts.sum(axis=1).max(axis=-1, initial=0)
    return voters


def answers_of(
    protocol: Protocol, evidence: RoundEvidence, *, outcomes: Sequence[str], criterion: str | None = None
) -> Answers:
    """Return the answers about `outcomes` in the round of `evidence`.

    An outcome without an answer has zeros. Raises ValueError for a round that asks for neither ratings
    nor votes, and for an unknown criterion.
    """
    round_ = protocol.round(evidence.round)
    groups, listed = protocol.group_codes, tuple(outcomes)
    if round_.ballots:
        return Answers(groups, listed, ballots=_with_all_groups(protocol, evidence))
    asked = criterion_of(round_, criterion)
    scale = protocol.scale_of(round_)
    nobody = ResponseCounts.empty(groups=groups, outcomes=listed, categories=scale.points)
    ratings = evidence.ratings.get(asked, nobody).of_outcomes(listed)
    if ratings.groups != groups or ratings.categories != scale.points:
        raise ValueError(f"ratings: counts of other groups or of another scale than round {round_.code} has")
    return Answers(groups, listed, ratings=ratings, boxes={box.code: box for box in scale.boxes})


def _with_all_groups(protocol: Protocol, evidence: RoundEvidence) -> dict[str, ResponseCounts]:
    ballots = {}
    for ballot in protocol.round(evidence.round).ballots:
        places = range(1, ballot.places + 1)
        nobody = ResponseCounts.empty(groups=protocol.group_codes, outcomes=(), categories=places)
        votes = evidence.ballots.get(ballot.code, nobody)
        if votes.groups != protocol.group_codes:
            raise ValueError(f"ballots: counts of other groups than the study has, in {ballot.code}")
        ballots[ballot.code] = votes
    return ballots

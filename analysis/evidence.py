"""What a round's answers come to: counts by group, no person in it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.counts import ResponseCounts
from analysis.study.rounds import Round
from analysis.study.study import Study


@dataclass(frozen=True, slots=True)
class RoundEvidence:
    """The counted answers of one round.

    `respondents`: group → people with at least one answer on time. `ratings`: criterion → counts over
    the points of the scale. `ballots`: ballot → counts over its places.
    """

    round: str
    respondents: Mapping[str, int]
    ratings: Mapping[str, ResponseCounts] = field(default_factory=dict)
    ballots: Mapping[str, ResponseCounts] = field(default_factory=dict)

    @property
    def number_of_respondents(self) -> int:
        """Everyone who answered, over all groups."""
        return sum(self.respondents.values())


def evidence_of(study: Study, round_code: str) -> RoundEvidence:
    """Count the answers of `round_code`, late ones left out; KeyError for an unknown round.

    A score, a kind of missing, a comment, a vote and a rank are each an answer.
    """
    round_ = study.protocol.round(round_code)
    group_of = {person.code: person.group for person in study.panel}
    people = Counter(group_of[code] for code in respondents_of(study, round_code))
    return RoundEvidence(
        round=round_code,
        respondents={group: people[group] for group in study.protocol.group_codes},
        ratings=_ratings(study, round_, group_of),
        ballots=_ballots(study, round_, group_of),
    )


def respondents_of(study: Study, round_code: str) -> frozenset[str]:
    """Return the codes of the panellists who gave an answer of any kind on time."""
    rated = {rating.panellist for rating in study.ratings if rating.round == round_code and not rating.late}
    wrote = {comment.panellist for comment in study.comments if comment.round == round_code}
    voted = {vote.panellist for vote in study.ballots if vote.round == round_code}
    ranked = {ranking.panellist for ranking in study.rankings if ranking.round == round_code}
    return frozenset(rated | wrote | voted | ranked)


def _ratings(study: Study, round_: Round, group_of: Mapping[str, str]) -> dict[str, ResponseCounts]:
    if not round_.criteria:
        return {}
    numbers = Counter(
        (rating.criterion, group_of[rating.panellist], rating.outcome, rating.score, rating.missing)
        for rating in study.ratings
        if rating.round == round_.code and not rating.late
    )
    rated = {outcome for _, _, outcome, _, _ in numbers}
    return {
        criterion.code: ResponseCounts.from_rows(
            (
                (group, outcome, score, missing, number)
                for (asked, group, outcome, score, missing), number in numbers.items()
                if asked == criterion.code
            ),
            groups=study.protocol.group_codes,
            outcomes=[outcome.code for outcome in study.outcomes if outcome.code in rated],
            categories=study.protocol.scale_of(round_).points,
        )
        for criterion in round_.criteria
    }


def _ballots(study: Study, round_: Round, group_of: Mapping[str, str]) -> dict[str, ResponseCounts]:
    numbers = Counter(
        (vote.ballot, group_of[vote.panellist], vote.outcome, vote.position)
        for vote in study.ballots
        if vote.round == round_.code
    )
    named = {outcome for _, _, outcome, _ in numbers}
    return {
        ballot.code: ResponseCounts.from_rows(
            (
                (group, outcome, place, None, number)
                for (cast, group, outcome, place), number in numbers.items()
                if cast == ballot.code
            ),
            groups=study.protocol.group_codes,
            outcomes=[outcome.code for outcome in study.outcomes if outcome.code in named],
            categories=range(1, ballot.places + 1),
        )
        for ballot in round_.ballots
    }

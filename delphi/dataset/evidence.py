"""A round's answers counted by group: one `GROUP BY` a table, no matrix and no person in memory."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, func, select

from analysis.counts import CountedRow, ResponseCounts
from analysis.evidence import RoundEvidence
from analysis.study.protocol import Protocol
from analysis.study.scale import Scale
from delphi.dataset.answers import is_counted, newest_on_time_ratings, who_answered
from delphi.dataset.protocols import protocol_of
from delphi.extensions import db
from delphi.models import Outcome, Panellist, Rating, Round, StakeholderGroup, Study, Vote

RatingRows = Mapping[tuple[str, str], Sequence[CountedRow]]


def round_evidence(study_id: int, round_id: int) -> RoundEvidence:
    """Return the counted answers of one round; LookupError if the study has no such round."""
    rounds = _rounds(study_id)
    if round_id not in rounds:
        raise LookupError(f"study {study_id} has no round {round_id}")
    return _evidence(study_id, {round_id: rounds[round_id]})[rounds[round_id]]


def all_evidence(study_id: int) -> dict[str, RoundEvidence]:
    """Return the counted answers of every round that has opened, by round code, in the order of rounds."""
    return _evidence(study_id, _rounds(study_id, Round.opened_at.is_not(None)))


def closed_evidence(study_id: int) -> dict[str, RoundEvidence]:
    """Return the counted answers of every round that has closed: what decisions may rest on."""
    return _evidence(study_id, _rounds(study_id, Round.closed_at.is_not(None)))


def counts_by_group(
    round_id: int, outcome_ids: Collection[int], criterion: str, *, groups: Sequence[str], scale: Scale
) -> ResponseCounts:
    """Count the answers to a few outcomes, in one statement; outcomes stand in the order of `outcome_ids`.

    The outcomes' names in the result are their ids in digits: the caller has the ids at hand.
    """
    newest = newest_on_time_ratings([round_id]).where(
        Rating.outcome_id.in_(outcome_ids), Rating.criterion == criterion
    )
    cell = (StakeholderGroup.code, Rating.outcome_id, Rating.score, Rating.missing)
    query = (
        select(*cell, func.count())
        .join(Panellist, Panellist.id == Rating.panellist_id)
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .where(Rating.id.in_(newest), is_counted(Rating.round_id))
        .group_by(*cell)
    )
    rows = (
        (group, str(outcome), score, missing, number)
        for group, outcome, score, missing, number in db.session.execute(query)
    )
    outcomes = [str(outcome) for outcome in outcome_ids]
    return ResponseCounts.from_rows(rows, groups=groups, outcomes=outcomes, categories=scale.points)


def _rounds(study_id: int, *conditions: ColumnElement[bool]) -> dict[int, str]:
    query = select(Round.id, Round.code).where(Round.study_id == study_id, *conditions)
    return dict(db.session.execute(query.order_by(Round.position)).all())


def _evidence(study_id: int, rounds: Mapping[int, str]) -> dict[str, RoundEvidence]:
    protocol = protocol_of(db.session.get_one(Study, study_id))
    query = select(Outcome.code).where(Outcome.study_id == study_id).order_by(Outcome.position)
    outcomes = db.session.scalars(query).all()
    ratings, votes = _rating_rows(rounds), _vote_rows(rounds)
    respondents = _respondents(rounds)
    return {
        code: RoundEvidence(
            round=code,
            respondents={group: respondents.get((code, group), 0) for group in protocol.group_codes},
            ratings=_ratings(protocol, code, ratings, outcomes),
            ballots=_ballots(protocol, code, votes, outcomes),
        )
        for code in rounds.values()
    }


def _ratings(
    protocol: Protocol, round_code: str, rows: RatingRows, outcomes: Sequence[str]
) -> dict[str, ResponseCounts]:
    round_ = protocol.round(round_code)
    by_criterion = {
        criterion.code: rows.get((round_code, criterion.code), ()) for criterion in round_.criteria
    }
    rated = _in_order(by_criterion.values(), outcomes)
    return {
        criterion: ResponseCounts.from_rows(
            counted, groups=protocol.group_codes, outcomes=rated, categories=protocol.scale_of(round_).points
        )
        for criterion, counted in by_criterion.items()
    }


def _ballots(
    protocol: Protocol, round_code: str, rows: RatingRows, outcomes: Sequence[str]
) -> dict[str, ResponseCounts]:
    ballots = protocol.round(round_code).ballots
    named = _in_order((rows.get((round_code, ballot.code), ()) for ballot in ballots), outcomes)
    return {
        ballot.code: ResponseCounts.from_rows(
            rows.get((round_code, ballot.code), ()),
            groups=protocol.group_codes,
            outcomes=named,
            categories=range(1, ballot.places + 1),
        )
        for ballot in ballots
    }


def _in_order(tables: Iterable[Sequence[CountedRow]], outcomes: Sequence[str]) -> list[str]:
    named = {outcome for rows in tables for _, outcome, _, _, _ in rows}
    return [outcome for outcome in outcomes if outcome in named]


def _rating_rows(rounds: Mapping[int, str]) -> RatingRows:
    cell = (
        Rating.round_id,
        Rating.criterion,
        StakeholderGroup.code,
        Outcome.code,
        Rating.score,
        Rating.missing,
    )
    query = (
        select(*cell, func.count())
        .join(Outcome, Outcome.id == Rating.outcome_id)
        .join(Panellist, Panellist.id == Rating.panellist_id)
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .where(Rating.id.in_(newest_on_time_ratings(rounds)), is_counted(Rating.round_id))
        .group_by(*cell)
    )
    rows: dict[tuple[str, str], list[CountedRow]] = defaultdict(list)
    for round_id, criterion, group, outcome, score, missing, number in db.session.execute(query):
        rows[rounds[round_id], criterion].append((group, outcome, score, missing, number))
    return rows


def _vote_rows(rounds: Mapping[int, str]) -> RatingRows:
    cell = (Vote.round_id, Vote.ballot, StakeholderGroup.code, Outcome.code, Vote.position)
    query = (
        select(*cell, func.count())
        .join(Outcome, Outcome.id == Vote.outcome_id)
        .join(Panellist, Panellist.id == Vote.panellist_id)
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .where(Vote.round_id.in_(rounds), is_counted(Vote.round_id))
        .group_by(*cell)
    )
    rows: dict[tuple[str, str], list[CountedRow]] = defaultdict(list)
    for round_id, ballot, group, outcome, place, number in db.session.execute(query):
        rows[rounds[round_id], ballot].append((group, outcome, place, None, number))
    return rows


def _respondents(rounds: Mapping[int, str]) -> dict[tuple[str, str], int]:
    answered = who_answered(rounds).subquery()
    query = (
        select(answered.c.round_id, StakeholderGroup.code, func.count())
        .join(Panellist, Panellist.id == answered.c.panellist_id)
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .where(is_counted(answered.c.round_id))
        .group_by(answered.c.round_id, StakeholderGroup.code)
    )
    return {(rounds[round_id], group): number for round_id, group, number in db.session.execute(query)}

"""Answers person by person, as the statistics between rounds need them; codes, never names."""

from collections.abc import Mapping, Sequence

import numpy as np
from sqlalchemy import func, select

from analysis.ratings import NOT_MISSING, RatingMatrix
from analysis.study.records import Missing
from delphi.dataset.answers import is_counted, newest_on_time_ratings, who_answered
from delphi.extensions import db
from delphi.models import Outcome, Panellist, Rating, StakeholderGroup, Withdrawal

_KINDS = {kind: at for at, kind in enumerate(Missing)}


def rating_matrix(round_id: int, *, criterion: str, listed: Sequence[str]) -> RatingMatrix:
    """Return the answers that count in a round: rows in the panel's order, a column for each of `listed`."""
    query = (
        select(Rating.panellist_id, Outcome.code, Rating.score, Rating.missing)
        .join(Outcome, Outcome.id == Rating.outcome_id)
        .join(Panellist, Panellist.id == Rating.panellist_id)
        .where(
            Rating.id.in_(newest_on_time_ratings([round_id])),
            Rating.criterion == criterion,
            is_counted(Rating.round_id),
        )
    )
    answers = db.session.execute(query).all()
    people = _people({answer[0] for answer in answers}, round_id)
    row_of = {id_: at for at, (id_, _, _) in enumerate(people)}
    column_of = {code: at for at, code in enumerate(listed)}
    scores = np.full((len(people), len(listed)), np.nan)
    missing = np.full(scores.shape, NOT_MISSING, dtype=np.int8)
    for id_, code, score, kind in answers:
        at = row_of[id_], column_of[code]
        if score is not None:
            scores[at] = score
        elif kind is not None:
            missing[at] = _KINDS[kind]
    codes, groups = tuple(code for _, code, _ in people), tuple(group for _, _, group in people)
    return RatingMatrix(codes, groups, tuple(listed), scores, missing)


def _people(ids: set[int], round_id: int) -> list[tuple[int, str, str]]:
    """Id, code and group of the people with these ids, in the panel's order."""
    raters = select(Rating.panellist_id).where(Rating.round_id == round_id)
    query = (
        select(Panellist.id, Panellist.code, StakeholderGroup.code)
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .where(Panellist.id.in_(raters))
        .order_by(Panellist.position, Panellist.id)
    )
    return [(id_, code, group) for id_, code, group in db.session.execute(query) if id_ in ids]


def who_came(rounds: Mapping[int, str]) -> dict[str, dict[str, str]]:
    """Return, for each round (id to code, in order), who answered it in any way and counts: code to group."""
    answered = who_answered(rounds).subquery()
    query = (
        select(answered.c.round_id, Panellist.code, StakeholderGroup.code)
        .join(Panellist, Panellist.id == answered.c.panellist_id)
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .where(is_counted(answered.c.round_id))
        .order_by(Panellist.position, Panellist.id)
    )
    came: dict[str, dict[str, str]] = {code: {} for code in rounds.values()}
    for round_id, code, group in db.session.execute(query):
        came[rounds[round_id]][code] = group
    return came


def how_many_left(study_id: int) -> int:
    """Return how many have left the study: only they may still take answers out of a closed round."""
    query = (
        select(func.count(Withdrawal.panellist_id))
        .join(Panellist, Panellist.id == Withdrawal.panellist_id)
        .where(Panellist.study_id == study_id)
    )
    return db.session.scalar(query) or 0

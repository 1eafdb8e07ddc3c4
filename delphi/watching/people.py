"""How far each panellist is with a round: a few seeks a person, no look at every answer of the round."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, Subquery, func, select
from sqlalchemy.orm import aliased

from delphi.dataset.answers import newest_on_time_comments, newest_on_time_rankings
from delphi.dataset.questions_answered import questions_answered
from delphi.domain.funnel import Stage, stage_of
from delphi.domain.response import may_answer
from delphi.extensions import db
from delphi.models import (
    Comment,
    Consent,
    Finish,
    Panellist,
    Ranking,
    RankingPlace,
    Rating,
    Round,
    SignInLink,
    StakeholderGroup,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One panellist who may answer in the round. `last_outcome`: of their newest answer, where it has one.

    `first_at` and `last_at`: of their answers on time; `finished_at`: when they said so, or gave the last
    answer that was asked.
    """

    panellist_id: int
    group: str
    stage: Stage
    first_at: datetime | None
    last_at: datetime | None
    finished_at: datetime | None
    last_outcome: int | None


@dataclass(slots=True, kw_only=True)
class _Span:
    """From the first to the newest answer of a person."""

    first_at: datetime
    last_at: datetime
    last_outcome: int | None


def people_in(round_: Round, *, of: int) -> tuple[Person, ...]:
    """Return everybody who may answer in a round; `of`: how many ratings it asks for, 0 for none."""
    spans = _spans(round_)
    complete = _complete(round_, of=of) if of else frozenset()
    people = []
    for id_, group, joined, withdrew, said_at, agreed, used_at in db.session.execute(_everyone(round_)):
        if not may_answer(round_.position, joined=joined, withdrew=withdrew):
            continue
        span = spans.get(id_)
        finished_at = said_at or (span.last_at if span and id_ in complete else None)
        stage = stage_of(
            opened=used_at is not None and _since_opening(used_at, round_),
            consented=bool(agreed),
            started=span is not None,
            finished=finished_at is not None,
        )
        people.append(
            Person(
                panellist_id=id_,
                group=group,
                stage=stage,
                first_at=span.first_at if span else None,
                last_at=span.last_at if span else None,
                finished_at=finished_at,
                last_outcome=span.last_outcome if span else None,
            )
        )
    return tuple(people)


def _since_opening(used_at: datetime, round_: Round) -> bool:
    return round_.opened_at is not None and used_at >= round_.opened_at


def _everyone(
    round_: Round,
) -> Select[int, str, int, int, datetime | None, bool | None, datetime | None]:
    """Id, group, place of the round joined, of the round withdrawn, finished, newest consent, link used."""
    joined, withdrew = aliased(Round), aliased(Round)
    agreed = (
        select(Consent.agreed)
        .where(Consent.panellist_id == Panellist.id, Consent.round_id == round_.id)
        .order_by(Consent.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    used: Subquery = (
        select(SignInLink.panellist_id, func.max(SignInLink.used_at).label("used_at"))
        .join(Panellist, Panellist.id == SignInLink.panellist_id)
        .where(Panellist.study_id == round_.study_id, SignInLink.used_at.is_not(None))
        .group_by(SignInLink.panellist_id)
        .subquery()
    )
    return (
        select(
            Panellist.id,
            StakeholderGroup.code,
            joined.position,
            withdrew.position,
            Finish.finished_at,
            agreed,
            used.c.used_at,
        )
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .join(joined, joined.id == Panellist.joined_round_id)
        .outerjoin(withdrew, withdrew.id == Panellist.withdrew_round_id)
        .outerjoin(Finish, (Finish.panellist_id == Panellist.id) & (Finish.round_id == round_.id))
        .outerjoin(used, used.c.panellist_id == Panellist.id)
        .where(Panellist.study_id == round_.study_id)
    )


def _spans(round_: Round) -> dict[int, _Span]:
    """By panellist, their first and newest answer on time of any kind."""
    found: dict[int, _Span] = {}
    for moments in (_rated(round_, func.min), _rated(round_, func.max), _wrote(round_), _ranked(round_)):
        _widen(found, db.session.execute(moments))
    return found


def _widen(found: dict[int, _Span], rows: Iterable[Any]) -> None:
    for panellist_id, at, outcome in rows:
        span = found.setdefault(panellist_id, _Span(first_at=at, last_at=at, last_outcome=outcome))
        span.first_at = min(span.first_at, at)
        if at >= span.last_at:
            span.last_at, span.last_outcome = at, outcome or span.last_outcome


def _rated(round_: Round, end: Any) -> Select[int, datetime, int]:  # noqa: ANN401  # func.min or func.max
    """The first or the last rating of each person: one seek in the index for each."""
    one = aliased(Rating)
    id_: ScalarSelect[int] = (
        select(end(one.id))
        .where(one.round_id == round_.id, one.panellist_id == Panellist.id, ~one.late)
        .correlate(Panellist)
        .scalar_subquery()
    )
    return (
        select(Panellist.id, Rating.answered_at, Rating.outcome_id)
        .join(Rating, Rating.id == id_)
        .where(Panellist.study_id == round_.study_id)
    )


def _wrote(round_: Round) -> Select[int, datetime, int | None]:
    return (
        select(Comment.panellist_id, Comment.written_at, Comment.outcome_id)
        .where(Comment.id.in_(newest_on_time_comments([round_.id])), Comment.text != "")
        .order_by(Comment.id)
    )


def _ranked(round_: Round) -> Select[int, datetime, None]:
    has_places: ColumnElement[bool] = (
        select(RankingPlace.position).where(RankingPlace.ranking_id == Ranking.id).exists()
    )
    query = select(Ranking.panellist_id, Ranking.answered_at, func.nullif(1, 1))
    return query.where(Ranking.id.in_(newest_on_time_rankings([round_.id])), has_places)


def _complete(round_: Round, *, of: int) -> frozenset[int]:
    """Who has left nothing open and has not said that they have finished."""
    said = select(Finish.panellist_id).where(Finish.round_id == round_.id)
    answered = questions_answered(round_.study_id, round_.id, without=said, at_least=of)
    return frozenset(id_ for id_, number in answered.items() if number >= of)

"""Which answers count, in SQL: of each person the newest that came on time."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, CompoundSelect, ScalarSelect, Select, func, select, union
from sqlalchemy.orm import InstrumentedAttribute, aliased

from delphi.models import Comment, Panellist, Ranking, RankingPlace, Rating, Round, TextKind, Vote


def is_confirmed() -> ColumnElement[bool]:
    """Whether the team has confirmed the group that a panellist named."""
    return Panellist.group_confirmed_at.is_not(None)


def is_counted(round_id: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Whether a panellist's answers to a round count: the team confirmed their group before it closed.

    What a round came to when it closed stays: who is confirmed later counts from the next round on.
    """
    return Panellist.group_confirmed_at <= func.coalesce(_closing(round_id), Panellist.group_confirmed_at)


def is_confirmed_later(round_id: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Whether a panellist's group was confirmed when the round had closed already."""
    return Panellist.group_confirmed_at > func.coalesce(_closing(round_id), Panellist.group_confirmed_at)


def _closing(round_id: ColumnElement[int] | InstrumentedAttribute[int]) -> ScalarSelect[datetime | None]:
    closing = aliased(Round)  # so that it is not taken for a round of the statement around it
    return select(closing.closed_at).where(closing.id == round_id).scalar_subquery()


def newest_on_time_ratings(round_ids: Collection[int]) -> Select[int]:
    """Select the ids of the ratings that count in the rounds: one for each person, outcome and criterion."""
    return (
        select(func.max(Rating.id))
        .where(Rating.round_id.in_(round_ids), ~Rating.late)
        .group_by(Rating.round_id, Rating.panellist_id, Rating.outcome_id, Rating.criterion)
    )


def newest_on_time_comments(round_ids: Collection[int]) -> Select[int]:
    """Select the ids of each person's newest texts of a kind on time; an empty one takes an older one back.

    Private messages are not among them.
    """
    return (
        select(func.max(Comment.id))
        .where(Comment.round_id.in_(round_ids), ~Comment.late, Comment.kind != TextKind.PRIVATE)
        .group_by(Comment.round_id, Comment.panellist_id, Comment.outcome_id, Comment.kind)
    )


def newest_on_time_rankings(round_ids: Collection[int]) -> Select[int]:
    """Select the ids of each person's newest order on time; one without places takes an older one back."""
    return (
        select(func.max(Ranking.id))
        .where(Ranking.round_id.in_(round_ids), ~Ranking.late)
        .group_by(Ranking.round_id, Ranking.panellist_id)
    )


def who_answered(round_ids: Collection[int]) -> CompoundSelect[int, int]:
    """Select (round id, panellist id), once for each person with an answer of any kind on time.

    People whose group is not confirmed yet are among them.
    """
    rated: Select[int, int] = _round_and_panellist(Rating, round_ids).where(~Rating.late)
    return union(rated, *_answered_otherwise(round_ids))


def who_answered_without_rating(round_ids: Collection[int]) -> CompoundSelect[int, int]:
    """Select the same for texts, votes and orders alone: for who has counted the ratings already."""
    return union(*_answered_otherwise(round_ids))


def _answered_otherwise(round_ids: Collection[int]) -> tuple[Select[int, int], ...]:
    wrote: Select[int, int] = _round_and_panellist(Comment, round_ids).where(
        Comment.id.in_(newest_on_time_comments(round_ids)), Comment.text != ""
    )
    ranked: Select[int, int] = _round_and_panellist(Ranking, round_ids).where(
        Ranking.id.in_(newest_on_time_rankings(round_ids)),
        select(RankingPlace.position).where(RankingPlace.ranking_id == Ranking.id).exists(),
    )
    return wrote, _round_and_panellist(Vote, round_ids), ranked


def _round_and_panellist(
    answer: type[Rating] | type[Comment] | type[Vote] | type[Ranking], round_ids: Collection[int]
) -> Select[int, int]:
    return select(answer.round_id, answer.panellist_id).where(answer.round_id.in_(round_ids))

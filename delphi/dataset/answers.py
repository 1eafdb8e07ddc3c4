"""Which answers count, in SQL: of each person the newest that came on time."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, CompoundSelect, Select, func, select, union

from delphi.models import Comment, Panellist, Ranking, RankingPlace, Rating, TextKind, Vote


def is_counted() -> ColumnElement[bool]:
    """Whether a panellist's answers count: not before the team has confirmed the group they named."""
    return Panellist.group_confirmed_at.is_not(None)


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
    wrote: Select[int, int] = _round_and_panellist(Comment, round_ids).where(
        Comment.id.in_(newest_on_time_comments(round_ids)), Comment.text != ""
    )
    ranked: Select[int, int] = _round_and_panellist(Ranking, round_ids).where(
        Ranking.id.in_(newest_on_time_rankings(round_ids)),
        select(RankingPlace.position).where(RankingPlace.ranking_id == Ranking.id).exists(),
    )
    return union(rated, wrote, _round_and_panellist(Vote, round_ids), ranked)


def _round_and_panellist(
    answer: type[Rating] | type[Comment] | type[Vote] | type[Ranking], round_ids: Collection[int]
) -> Select[int, int]:
    return select(answer.round_id, answer.panellist_id).where(answer.round_id.in_(round_ids))

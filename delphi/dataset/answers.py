"""Which answers count, in SQL: of each person the newest that came on time."""

from collections.abc import Collection

from sqlalchemy import CompoundSelect, Select, func, select, union

from delphi.models import Comment, RankingPlace, Rating, Vote


def newest_on_time_ratings(round_ids: Collection[int]) -> Select[int]:
    """Select the ids of the ratings that count in the rounds: one for each person, outcome and criterion."""
    return (
        select(func.max(Rating.id))
        .where(Rating.round_id.in_(round_ids), ~Rating.late)
        .group_by(Rating.round_id, Rating.panellist_id, Rating.outcome_id, Rating.criterion)
    )


def newest_on_time_comments(round_ids: Collection[int]) -> Select[int]:
    """Select the ids of each person's newest comments on time; an empty one takes an older one back."""
    return (
        select(func.max(Comment.id))
        .where(Comment.round_id.in_(round_ids), ~Comment.late)
        .group_by(Comment.round_id, Comment.panellist_id, Comment.outcome_id)
    )


def who_answered(round_ids: Collection[int]) -> CompoundSelect[int, int]:
    """Select (round id, panellist id), once for each person with an answer of any kind on time."""
    rated: Select[int, int] = _round_and_panellist(Rating, round_ids).where(~Rating.late)
    wrote: Select[int, int] = _round_and_panellist(Comment, round_ids).where(
        Comment.id.in_(newest_on_time_comments(round_ids)), Comment.text != ""
    )
    return union(
        rated, wrote, _round_and_panellist(Vote, round_ids), _round_and_panellist(RankingPlace, round_ids)
    )


def _round_and_panellist(
    answer: type[Rating] | type[Comment] | type[Vote] | type[RankingPlace], round_ids: Collection[int]
) -> Select[int, int]:
    return select(answer.round_id, answer.panellist_id).where(answer.round_id.in_(round_ids))

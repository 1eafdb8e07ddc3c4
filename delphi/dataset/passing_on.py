"""What of a comment may be passed on, in SQL: as it was written, or what the team put in its place.

Whatever shows or hands out comments to a team, to panellists or in files asks here, so that a text that tells
who somebody is stays on the one page on which it is marked.
"""

from sqlalchemy import ColumnElement, case, func, select

from delphi.models import Comment, CommentMark

HELD_BACK = "[Held back by the team: it could tell who somebody is.]"


def text_to_pass_on() -> ColumnElement[str]:
    """Select the text of a comment as it may be passed on; `HELD_BACK` where nothing of it may."""
    in_its_place = case(
        (~CommentMark.identifying, None), (CommentMark.wording == "", HELD_BACK), else_=CommentMark.wording
    )
    newest = (
        select(in_its_place)
        .where(CommentMark.comment_id == Comment.id)
        .order_by(CommentMark.number.desc())
        .limit(1)
        .correlate(Comment)
        .scalar_subquery()
    )
    return func.coalesce(newest, Comment.text)


def is_marked() -> ColumnElement[bool]:
    """Whether the newest mark of a comment says that it tells who somebody is."""
    newest = (
        select(CommentMark.identifying)
        .where(CommentMark.comment_id == Comment.id)
        .order_by(CommentMark.number.desc())
        .limit(1)
        .correlate(Comment)
        .scalar_subquery()
    )
    return func.coalesce(newest, False)

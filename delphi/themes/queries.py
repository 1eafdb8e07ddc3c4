"""Reads what the pages about comments show."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, literal, select, tuple_

from delphi.dataset.passing_on import text_to_pass_on
from delphi.domain.comment_numbers import comment_number
from delphi.extensions import db
from delphi.models import (
    Comment,
    CommentMark,
    CommentTheme,
    ListedOutcome,
    Outcome,
    StakeholderGroup,
    TextKind,
    User,
)
from delphi.themes.filters import Filters, conditions, is_coded
from delphi.themes.ground import KIND_WORDS, Ground, comments_of
from delphi.themes.pages import CommentLine, CommentPage, CommentsPage, Mark

A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    comment_id: int
    written_at: datetime
    kind: TextKind
    outcome: str | None
    group: str
    text: str
    original: str


def comments_page(ground: Ground, filters: Filters, *, number: int) -> CommentsPage:
    """Return a page of the comments that fit; a number that is too high gives the last page."""
    asked = conditions(filters, ground)
    found, written = _count(ground, *asked), _count(ground)
    of_pages = max(1, -(-found // A_PAGE))
    number = min(max(number, 1), of_pages)
    rows = _rows(ground, asked, first=(number - 1) * A_PAGE, most=A_PAGE)
    return CommentsPage(
        ground=ground,
        filters=filters,
        lines=_lines(ground, rows),
        found=found,
        written=written,
        coded=_count(ground, is_coded()),
        number=number,
        of_pages=of_pages,
    )


def comment_page(ground: Ground, comment_id: int) -> CommentPage | None:
    """Return one comment of the round, None if it has none with that id that can be read."""
    rows = _rows(ground, [Comment.id == comment_id], first=0, most=1)
    if not rows:
        return None
    return CommentPage(
        ground=ground,
        line=_lines(ground, rows)[0],
        chosen=frozenset(_theme_ids([comment_id])[comment_id]) & ground.themes.keys(),
        mark=newest_mark(comment_id),
        next_id=_next_not_coded(ground, comment_id),
    )


def all_lines(ground: Ground, filters: Filters) -> tuple[CommentLine, ...]:
    """Return every comment that fits, in the order of the numbers, which tells nothing of who wrote."""
    lines = _lines(ground, _rows(ground, conditions(filters, ground)))
    return tuple(sorted(lines, key=lambda line: line.number))


def comment_ids(ground: Ground, among: Collection[int]) -> list[int]:
    """Return which of these ids are comments of the round that can be read."""
    return list(db.session.scalars(comments_of(ground.round_id, Comment.id, where=[Comment.id.in_(among)])))


def newest_mark(comment_id: int) -> Mark | None:
    """Return the mark that counts, None if the comment has had none."""
    query = (
        select(CommentMark, User.name)
        .join(User, User.id == CommentMark.user_id)
        .where(CommentMark.comment_id == comment_id)
        .order_by(CommentMark.number.desc())
        .limit(1)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    mark, name = row
    return Mark(
        number=mark.number, identifying=mark.identifying, wording=mark.wording, by=name, at=mark.marked_at
    )


def _next_not_coded(ground: Ground, comment_id: int) -> int | None:
    """Return the next in a fixed order, outcome by outcome: whoever skips some is not led in circles."""
    about = func.coalesce(Comment.outcome_id, 0)
    outcome_id = db.session.scalar(select(about).where(Comment.id == comment_id))
    others = comments_of(ground.round_id, Comment.id, where=[~is_coded(), Comment.id != comment_id])
    others = others.order_by(about, Comment.id).limit(1)
    after = tuple_(about, Comment.id) > tuple_(literal(outcome_id), literal(comment_id))
    following: int | None = db.session.scalar(others.where(after)) or db.session.scalar(others)
    return following


def _count(ground: Ground, *asked: ColumnElement[bool]) -> int:
    return db.session.scalar(comments_of(ground.round_id, func.count(Comment.id), where=asked)) or 0


def _rows(
    ground: Ground, asked: Sequence[ColumnElement[bool]], *, first: int = 0, most: int | None = None
) -> list[_Row]:
    """Read comments outcome by outcome, the whole round's last; of one outcome in the alphabet's order."""
    query = (
        comments_of(
            ground.round_id,
            Comment.id,
            Comment.written_at,
            Comment.kind,
            Outcome.label,
            StakeholderGroup.code,
            text_to_pass_on(),
            Comment.text,
            where=asked,
        )
        .outerjoin(
            ListedOutcome,
            (ListedOutcome.outcome_id == Comment.outcome_id) & (ListedOutcome.round_id == ground.round_id),
        )
        .order_by(ListedOutcome.position.is_(None), ListedOutcome.position, Comment.text, Comment.id)
        .offset(first)
        .limit(most)
    )
    return [
        _Row(
            comment_id=id_, written_at=at, kind=kind, outcome=label, group=group, text=text, original=original
        )
        for id_, at, kind, label, group, text, original in db.session.execute(query)
    ]


def _lines(ground: Ground, rows: Sequence[_Row]) -> tuple[CommentLine, ...]:
    themes, labels = _theme_ids([row.comment_id for row in rows]), ground.part_labels
    return tuple(
        CommentLine(
            comment_id=row.comment_id,
            number=comment_number(row.comment_id, row.written_at),
            kind=KIND_WORDS[row.kind],
            outcome=row.outcome or "",
            group="" if (part := ground.part_of(row.group)) is None else labels[part],
            text=row.text,
            original=row.original if row.original != row.text else "",
            themes=tuple(name for id_, name in ground.themes.items() if id_ in themes[row.comment_id]),
        )
        for row in rows
    )


def _theme_ids(comments: Sequence[int]) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for some in (comments[at : at + 500] for at in range(0, len(comments), 500)):
        query = select(CommentTheme.comment_id, CommentTheme.theme_id)
        for comment_id, theme_id in db.session.execute(query.where(CommentTheme.comment_id.in_(some))):
            found[comment_id].add(theme_id)
    return found

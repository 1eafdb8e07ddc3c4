"""Coding and marking: a row is added for each comment and theme, and for each mark."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from delphi.extensions import db
from delphi.models import CommentMark, CommentTheme
from delphi.themes.ground import Ground
from delphi.themes.pages import Mark
from delphi.themes.queries import comment_ids, newest_mark
from delphi.themes.theme_actions import in_use, theme_named
from delphi.themes.writing import Who, begin_writing, record


class MarkedMeanwhile(Exception):
    """Somebody else marked the comment since the page was made; nothing was saved."""

    def __init__(self, mark: Mark) -> None:
        super().__init__("marked by somebody else")
        self.mark = mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """How many pairs of a comment and a theme were added, and taken away."""

    added: int
    removed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """What a form asks for: themes to add to comments, one of them by name, and themes to take away.

    `keep`: themes that stay, whatever was merged into them meanwhile.
    """

    comments: Collection[int]
    add: Collection[int] = ()
    remove: Collection[int] = ()
    keep: Collection[int] = ()
    new_theme: str = ""


def code(ground: Ground, codes: Codes, *, by: Who) -> Coded:
    """Add and take away themes. What others added meanwhile stays: only the pairs that are named change.

    A theme that was merged meanwhile is taken for the one that it was merged into.
    """
    begin_writing(ground.study_id)
    comments = comment_ids(ground, codes.comments)
    add = in_use(ground.study_id, codes.add)
    if codes.new_theme and comments:
        add |= {theme_named(ground.study_id, codes.new_theme, by=by)}
    keep = in_use(ground.study_id, codes.keep)
    coded = Coded(
        added=_add(comments, add, by=by),
        removed=_remove(comments, in_use(ground.study_id, codes.remove) - add - keep),
    )
    if coded.added or coded.removed:
        record(
            ground.study_id,
            "comments coded with themes",
            by=by,
            round=ground.round_code,
            comments=len(comments),
            added=coded.added,
            removed=coded.removed,
        )
    db.session.commit()
    return coded


def mark(ground: Ground, comment_id: int, *, identifying: bool, wording: str, seen: int, by: Who) -> bool:
    """Say whether a comment tells who somebody is, and what is passed on in its place ("": nothing).

    Returns whether that changed anything. Raises MarkedMeanwhile if the page had not seen the newest mark.
    """
    begin_writing(ground.study_id)
    held = newest_mark(comment_id)
    if held is not None and held.number > seen:
        db.session.rollback()
        raise MarkedMeanwhile(held)
    so_far = (held.identifying, held.wording) if held else (False, "")
    is_there = bool(comment_ids(ground, [comment_id]))
    if not is_there or so_far == (identifying, wording):
        db.session.rollback()
        return False
    number = held.number + 1 if held else 1
    row = CommentMark(
        comment_id=comment_id,
        number=number,
        identifying=identifying,
        wording=wording,
        user_id=by.user_id,
        marked_at=by.now,
    )
    db.session.add(row)
    words = "comment marked as identifying" if identifying else "mark of a comment taken away"
    record(ground.study_id, words, by=by, round=ground.round_code, comments=1, reworded=bool(wording))
    db.session.commit()
    return True


def _add(comments: Sequence[int], themes: Collection[int], *, by: Who) -> int:
    wanted = {(comment, theme) for comment in comments for theme in themes}
    rows = [
        {"comment_id": comment, "theme_id": theme, "user_id": by.user_id, "coded_at": by.now}
        for comment, theme in sorted(wanted - _held(comments))
    ]
    if rows:
        db.session.execute(insert(CommentTheme), rows)
    return len(rows)


def _remove(comments: Sequence[int], themes: Collection[int]) -> int:
    gone = {pair for pair in _held(comments) if pair[1] in themes}
    if gone:
        db.session.execute(
            delete(CommentTheme).where(
                CommentTheme.comment_id.in_(comments), CommentTheme.theme_id.in_(themes)
            )
        )
    return len(gone)


def _held(comments: Sequence[int]) -> set[tuple[int, int]]:
    query = select(CommentTheme.comment_id, CommentTheme.theme_id)
    rows = db.session.execute(query.where(CommentTheme.comment_id.in_(comments)))
    return {(comment, theme) for comment, theme in rows}

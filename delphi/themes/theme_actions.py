"""Making, renaming and merging themes; the caller of a function without a commit holds the lock."""

from collections.abc import Collection

from sqlalchemy import insert, literal, select

from delphi.extensions import db
from delphi.models import CommentTheme, Theme
from delphi.themes.ground import themes_in_use
from delphi.themes.writing import Who, begin_writing, record


class ChangedMeanwhile(Exception):
    """Somebody else changed the theme since the page was made; nothing was saved."""


class NameTaken(Exception):
    """Another theme of the study has that name."""


def theme_named(study_id: int, name: str, *, by: Who) -> int:
    """Return the theme with that name, whatever its capitals; make it if there is none. No commit."""
    found = _named(study_id, name)
    if found is not None:
        return found
    theme = Theme(study_id=study_id, name=name, version=1, made_at=by.now)
    db.session.add(theme)
    db.session.flush()
    return theme.id


def in_use(study_id: int, ids: Collection[int]) -> set[int]:
    """Return the study's themes with these ids; of those that were merged, what they were merged into."""
    query = select(Theme.id, Theme.merged_into).where(Theme.study_id == study_id)
    into = dict(db.session.execute(query).all())
    return {_end(id_, into) for id_ in ids if id_ in into}


def make(study_id: int, name: str, *, by: Who) -> None:
    """Make a theme. Raises NameTaken."""
    begin_writing(study_id)
    if _named(study_id, name) is not None:
        db.session.rollback()
        raise NameTaken
    theme_named(study_id, name, by=by)
    record(study_id, "theme made", by=by, themes=1)
    db.session.commit()


def rename(study_id: int, theme_id: int, name: str, *, seen: int, by: Who) -> None:
    """Give a theme another name. Raises ChangedMeanwhile, NameTaken."""
    begin_writing(study_id)
    theme = _seen(study_id, theme_id, seen)
    if _named(study_id, name) not in (None, theme_id):
        db.session.rollback()
        raise NameTaken
    theme.name, theme.version = name, theme.version + 1
    record(study_id, "theme renamed", by=by, themes=1)
    db.session.commit()


def merge(study_id: int, theme_id: int, *, into: int, seen: int, by: Who) -> int:
    """Add one theme's comments to another, which takes its place; return how many had not been there.

    Raises ChangedMeanwhile if either is not what it was.
    """
    begin_writing(study_id)
    theme = _seen(study_id, theme_id, seen)
    if into == theme_id or into not in themes_in_use(study_id):
        db.session.rollback()
        raise ChangedMeanwhile
    theme.merged_into, theme.merged_at, theme.version = into, by.now, theme.version + 1
    has_it = select(CommentTheme.comment_id).where(CommentTheme.theme_id == into)
    moved = select(CommentTheme.comment_id, literal(into), literal(by.user_id), CommentTheme.coded_at).where(
        CommentTheme.theme_id == theme_id, CommentTheme.comment_id.not_in(has_it)
    )
    number = len(db.session.execute(moved).all())
    columns = ["comment_id", "theme_id", "user_id", "coded_at"]
    db.session.execute(insert(CommentTheme).from_select(columns, moved))
    record(study_id, "themes merged", by=by, themes=2, comments=number)
    db.session.commit()
    return number


def bring_back(study_id: int, theme_id: int, *, by: Who) -> str:
    """Take a merge back: the theme has the comments again that it had, and the other keeps its own.

    Returns the theme's name. Raises ChangedMeanwhile if it is in use, NameTaken if another has its name now.
    """
    begin_writing(study_id)
    theme = db.session.get(Theme, theme_id)
    if theme is None or theme.study_id != study_id or theme.merged_at is None:
        db.session.rollback()
        raise ChangedMeanwhile
    name = theme.name
    if _named(study_id, name) is not None:
        db.session.rollback()
        raise NameTaken
    theme.merged_into = theme.merged_at = None
    theme.version += 1
    record(study_id, "merge of themes taken back", by=by, themes=1)
    db.session.commit()
    return name


def _named(study_id: int, name: str) -> int | None:
    themes = themes_in_use(study_id).items()
    return next((id_ for id_, other in themes if other.casefold() == name.casefold()), None)


def _seen(study_id: int, theme_id: int, seen: int) -> Theme:
    theme = db.session.get(Theme, theme_id, populate_existing=True)
    if theme is None or theme.study_id != study_id or theme.merged_at is not None or theme.version != seen:
        db.session.rollback()
        raise ChangedMeanwhile
    return theme


def _end(id_: int, into: dict[int, int | None]) -> int:
    """Follow a theme to the one that is in use. No circles: only a theme in use can be merged into."""
    while (following := into[id_]) is not None:
        id_ = following
    return id_

"""What the pages about comments and their themes show."""

from dataclasses import dataclass
from datetime import datetime

from delphi.themes.filters import Filters
from delphi.themes.ground import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The newest mark of a comment. `wording`: what is passed on in its place, "" if nothing is."""

    number: int
    identifying: bool
    wording: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentLine:
    """A comment. `text`: as it may be passed on; `original`: as it was written, only where that differs.

    `group`: "" where too few of it wrote. `number` is for people and files, `comment_id` for addresses.
    """

    comment_id: int
    number: str
    kind: str
    outcome: str
    group: str
    text: str
    original: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentsPage:
    """A round's comments, some on a page. `found`: how many fit the filters; `coded` of `written` in all."""

    ground: Ground
    filters: Filters
    lines: tuple[CommentLine, ...]
    found: int
    written: int
    coded: int
    number: int
    of_pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentPage:
    """One comment with what is coded and marked. `chosen`: ids of its themes; `next_id`: not coded yet."""

    ground: Ground
    line: CommentLine
    chosen: frozenset[int]
    mark: Mark | None
    next_id: int | None

    @property
    def original(self) -> str:
        """The text as it was written."""
        return self.line.original or self.line.text


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeRow:
    """A theme in numbers: comments of the round, and for each part of the groups how many people."""

    theme_id: int
    name: str
    comments: int
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedTheme:
    """A theme that another took the place of."""

    theme_id: int
    name: str
    into: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesPage:
    """The study's themes, counted in one round. `some_hidden`: people wrote whose group is not named."""

    ground: Ground
    rows: tuple[ThemeRow, ...]
    merged: tuple[MergedTheme, ...]
    some_hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePage:
    """One theme. `comments`: how many, in every round of the study."""

    ground: Ground
    theme_id: int
    name: str
    version: int
    comments: int

"""Which comments a page shows: what its address asks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from delphi.dataset.passing_on import is_marked
from delphi.models import Comment, CommentTheme, StakeholderGroup, Theme
from delphi.themes.ground import Ground

NOT_CODED, MARKED = "not-coded", "marked"
WHOLE_ROUND = "round"
SHOWN = {"": "All comments", NOT_CODED: "Not coded yet", MARKED: "Marked as identifying"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is asked for; None or "": no matter which. `outcome` 0: the whole round. `part`: of groups."""

    theme: int | None = None
    outcome: int | None = None
    part: int | None = None
    show: str = ""

    @property
    def query(self) -> dict[str, str]:
        """The same as an address says it."""
        said = {
            "theme": _said(self.theme),
            "outcome": WHOLE_ROUND if self.outcome == 0 else _said(self.outcome),
            "group": _said(self.part),
            "show": self.show,
        }
        return {name: value for name, value in said.items() if value}


def read_filters(asked: Mapping[str, str], ground: Ground) -> Filters:
    """Read an address; what it names that is not there is no filter."""
    outcome = asked.get("outcome", "")
    show = asked.get("show", "")
    return Filters(
        theme=_one_of(asked.get("theme", ""), ground.themes),
        outcome=0 if outcome == WHOLE_ROUND else _one_of(outcome, ground.outcomes),
        part=_one_of(asked.get("group", ""), range(len(ground.parts))),
        show=show if show in SHOWN else "",
    )


def conditions(filters: Filters, ground: Ground) -> list[ColumnElement[bool]]:
    """Return the filters in SQL."""
    found: list[ColumnElement[bool]] = []
    if filters.theme is not None:
        found.append(_has_theme(CommentTheme.theme_id == filters.theme))
    if filters.outcome is not None:
        found.append(Comment.outcome_id.is_not_distinct_from(filters.outcome or None))
    if filters.part is not None:
        found.append(StakeholderGroup.code.in_(ground.parts[filters.part]))
    if filters.show == NOT_CODED:
        found.append(~_has_theme())
    if filters.show == MARKED:
        found.append(is_marked())
    return found


def is_coded() -> ColumnElement[bool]:
    """Whether a comment has a theme that is in use."""
    return _has_theme()


def _has_theme(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(CommentTheme.theme_id)
        .join(Theme, Theme.id == CommentTheme.theme_id)
        .where(CommentTheme.comment_id == Comment.id, Theme.merged_at.is_(None), *which)
        .correlate(Comment)
        .exists()
    )


def _said(number: int | None) -> str:
    return "" if number is None else str(number)


def _one_of(text: str, known: Mapping[int, str] | range) -> int | None:
    is_number = text.isascii() and text.isdecimal() and len(text) < len(str(2**31))
    return int(text) if is_number and int(text) in known else None

"""What the pages about a running round show. No score is in them."""

from dataclasses import dataclass
from datetime import date, datetime

from delphi.domain.funnel import Day
from delphi.domain.rounds import RoundState
from delphi.watching.timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """How many people of a group, or of several small ones, came how far; lengths of bars in percent."""

    label: str
    invited: int
    opened: int
    consented: int
    started: int
    finished: int

    @property
    def started_length(self) -> float:
        """Of everybody who may answer."""
        return 100 * self.started / self.invited if self.invited else 0.0

    @property
    def finished_length(self) -> float:
        """Of everybody who may answer."""
        return 100 * self.finished / self.invited if self.invited else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StopLine:
    """How many stand in a section: the newest answer of people who have started and not finished."""

    number: int
    domain: str
    part: int
    parts: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingLine:
    """How often an outcome was answered with no score."""

    code: str
    label: str
    cannot_say: int
    no_opinion: int
    skipped: int

    @property
    def total(self) -> int:
        """All kinds together."""
        return self.cannot_say + self.no_opinion + self.skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentLine:
    """What somebody, known by a code, wrote. `outcome` "": about the whole round."""

    code: str
    group: str
    outcome: str
    is_proposal: bool
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundInView:
    """The round of a page."""

    study: str
    study_title: str
    synthetic: str
    round_id: int
    code: str
    label: str
    state: RoundState
    opened_at: datetime | None
    closed_at: datetime | None
    closes_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressPage:
    """How a round comes along.

    `puts_together`: groups of fewer than this are counted together for this reader, 0: none are. `minutes`:
    the median from first to newest answer of the `timed` people who finished. `comments` None: not for this
    reader.
    """

    round: RoundInView
    at: datetime
    groups: tuple[GroupLine, ...]
    everyone: GroupLine
    puts_together: int
    days: tuple[Day, ...]
    picture: Timeline | None
    unfinished: int
    stops: tuple[StopLine, ...]
    minutes: int | None
    timed: int
    missing: tuple[MissingLine, ...]
    has_missing: bool
    comments: tuple[CommentLine, ...] | None

    @property
    def first_day(self) -> date | None:
        """The left end of the picture."""
        return self.days[0].day if self.days else None

    @property
    def last_day(self) -> date | None:
        """Its right end."""
        return self.days[-1].day if self.days else None

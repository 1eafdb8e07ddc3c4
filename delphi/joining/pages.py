"""What the pages on which people come in show: frozen, ready for a template."""

from dataclasses import dataclass
from datetime import datetime

from analysis.study.protocol import Group
from analysis.study.rounds import RoundKind
from analysis.study.taking_part import ProfileQuestion
from delphi.domain.joining import Door
from delphi.joining.profile import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedPage:
    """What somebody is told who has just joined by an open link."""

    group: str
    is_confirmed: bool
    a_round_is_open: bool
    begins_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomePage:
    """What taking part means. `removable_until`: a day in words, "" where the study names none."""

    study_title: str
    round_label: str
    kind: RoundKind
    group: str
    is_confirmed: bool
    welcome: str
    comment_readers: str
    outcomes: int
    sections: int
    minutes: int
    asks_about_oneself: bool
    removable_until: str
    removal_is_over: bool
    agreed: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentPage:
    """The question whether one takes part. `agreed` None: not asked yet in this round.

    `mark`: of the wording. `agreed_at`: when they last said yes, None if never; `has_changed`: the wording
    since then.
    """

    round_label: str
    text: str
    mark: str
    minutes: int
    agreed: bool | None
    is_first: bool
    agreed_at: datetime | None
    has_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentCopy:
    """An answer to the consent question, to keep."""

    study_title: str
    round_label: str
    version: str
    wording: str
    answer: str
    team_contact: str
    entered_words: str
    answered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedChoice:
    """One choice of a question about oneself; `value` "" is no answer."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question about oneself with what was told so far; `text` where the answer is text."""

    name: str
    question: ProfileQuestion
    choices: tuple[AskedChoice, ...]
    text: str
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePage:
    """The questions about oneself."""

    questions: tuple[AskedQuestion, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinPage:
    """A study as its open link shows it. `ribbon`: the note on synthetic data, None where nothing is."""

    study_id: int
    study_title: str
    question: str
    welcome: str
    groups: tuple[Group, ...]
    confirms_groups: bool
    is_open: bool
    round_id: int | None
    door: Door
    ribbon: str | None

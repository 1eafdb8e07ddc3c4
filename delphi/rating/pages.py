"""What the panellist's pages show: frozen, ready for a template."""

from dataclasses import dataclass
from datetime import datetime

from delphi.domain.sections import Progress
from delphi.feedback import FeedbackCard
from delphi.rating.forms import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer that a question offers; `number` and `word` are "" where it has none."""

    value: str
    number: str
    word: str
    chosen: bool
    earlier: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFields:
    """One question of an outcome: the points of the scale, and apart from them the ways to give no score."""

    name: str
    question: str
    points: tuple[Choice, ...]
    cannot_say: Choice
    skip: Choice
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentBox:
    """A text box with what is in it."""

    name: str
    text: str
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCard:
    """One outcome on a page."""

    label: str
    descriptor: str
    questions: tuple[QuestionFields, ...]
    comment: CommentBox
    feedback: tuple[FeedbackCard, ...]

    @property
    def has_fault(self) -> bool:
        """Whether anything that was sent for it is wrong."""
        return bool(self.comment.fault or any(question.fault for question in self.questions))


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage:
    """One section of a round."""

    round_code: str
    number: int
    of: int
    domain: str
    part: int
    parts: int
    question: str
    comments_only: bool
    cards: tuple[OutcomeCard, ...]
    comment_readers: str
    here: Progress
    in_all: Progress
    saved_at: datetime | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLine:
    """A section in the list of what is left; in a comment round `progress` counts comments."""

    number: int
    domain: str
    part: int
    parts: int
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishPage:
    """What is left of a round."""

    round_code: str
    comments_only: bool
    lines: tuple[SectionLine, ...]
    in_all: Progress
    comment: CommentBox
    comment_readers: str
    finished_at: datetime | None
    saved_at: datetime | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomePage:
    """What taking part means."""

    study_title: str
    round_label: str
    group: str
    welcome: str
    comment_readers: str
    comments_only: bool
    outcomes: int
    sections: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPage:
    """Why there is nothing to answer; `late` answers came after the round `closed_label` had closed."""

    reason: str
    round_label: str
    closed_at: datetime | None
    late: int

"""What the panellist's pages show: frozen, ready for a template."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from analysis.study.records import Missing
from delphi.domain.answers import Seen
from delphi.domain.sections import Progress
from delphi.feedback import OutcomeFeedback
from delphi.rating.forms import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer that every question of a page offers; `number` and `word` are "" where it has none."""

    value: str
    number: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The points of the scale, and apart from them the ways to give no score."""

    points: tuple[Choice, ...]
    apart: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFields:
    """One question of an outcome: the values of the choice that is chosen and of the one chosen earlier.

    `with_most`: the scores that see it as most people of each shown group do, None where none can be told.
    """

    name: str
    question: str
    chosen: str
    earlier: str
    with_most: tuple[int, ...] | None
    fault: str

    @property
    def has_moved(self) -> bool:
        """Whether the answer is another one than earlier; who skips it leaves it where it was."""
        return bool(self.earlier) and self.chosen not in ("", Missing.SKIPPED, self.earlier)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBox:
    """A text box with what is in it."""

    name: str
    text: str
    fault: str


class Blank(NamedTuple):
    """What a card is for everybody, before anything is answered: `fields` are the names and the questions.

    `is_faulty`: its text boxes are drawn for themselves, with what is wrong with them.
    """

    outcome_id: int
    anchor: str
    label: str
    words: str
    full: str
    fields: tuple[tuple[str, str], ...]
    comment: str
    private: str
    is_faulty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCard:
    """One outcome on a page: `words` first, and `full` one click away where they are not the full wording.

    None: no such text is asked for; `dissent` holds the text that puts it on record, or "".
    """

    outcome_id: int
    anchor: str
    label: str
    words: str
    full: str
    questions: tuple[QuestionFields, ...]
    comment: TextBox
    private: TextBox | None
    reason: TextBox | None
    dissent: TextBox | None
    feedback: OutcomeFeedback

    @property
    def blank(self) -> Blank:
        """What its stencil is drawn from."""
        return Blank(
            outcome_id=self.outcome_id,
            anchor=self.anchor,
            label=self.label,
            words=self.words,
            full=self.full,
            fields=tuple((fields.name, fields.question) for fields in self.questions),
            comment=self.comment.name,
            private=self.private.name if self.private else "",
            is_faulty=self.has_fault,
        )

    @property
    def marks(self) -> dict[str, str]:
        """What goes into the gaps of its stencil as it is: which choices are chosen, what is written."""
        marks = {f"checked {fields.name} {fields.chosen}": " checked" for fields in self.questions}
        marks["comment"] = self.comment.text
        marks["private"] = self.private.text if self.private else ""
        marks["opened"] = " open" if self.is_written else ""
        return marks

    @property
    def has_more(self) -> bool:
        """Whether there is more to it: answers of others, earlier ones, faults, more text boxes."""
        feedback = self.feedback
        sees = bool(feedback.earlier or feedback.digest or feedback.is_live)
        return sees or bool(self.reason or self.dissent) or self.has_fault

    @property
    def has_fault(self) -> bool:
        """Whether anything that was sent for it is wrong."""
        boxes = (self.comment, self.private, self.reason)
        return any(part.fault for part in (*boxes, *self.questions) if part)

    @property
    def is_written(self) -> bool:
        """Whether there is something to see in its folded text boxes."""
        return any(box.text or box.fault for box in (self.comment, self.private) if box)

    @property
    def has_moved(self) -> bool:
        """Whether an answer is another one than earlier, or it was said why."""
        said = bool(self.reason and (self.reason.text or self.reason.fault))
        return said or any(question.has_moved for question in self.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage:
    """One section of a round. `told`: what had been changed on another page, in words.

    `has_last_time`: there was a round before that the panellist could answer. `note`: what to know before one
    reads the section.
    """

    round_code: str
    has_last_time: bool
    seen: Seen
    number: int
    of: int
    domain: str
    part: int
    parts: int
    note: str
    question: str
    comments_only: bool
    choices: Choices
    cards: tuple[OutcomeCard, ...]
    comment_readers: str
    private_readers: str
    here: Progress
    in_all: Progress
    saved_at: datetime | None
    faults: tuple[Fault, ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOver:
    """An outcome without an answer; `anchor` is its place on its section's page."""

    anchor: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLine:
    """A section in the list of what is left; in a comment round `progress` counts comments."""

    number: int
    domain: str
    part: int
    parts: int
    progress: Progress
    left: tuple[LeftOver, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishPage:
    """What is left of a round. `told`: what had been changed on another page, in words."""

    round_code: str
    seen: Seen
    comments_only: bool
    lines: tuple[SectionLine, ...]
    in_all: Progress
    comment: TextBox
    proposal: TextBox | None
    private: TextBox | None
    comment_readers: str
    private_readers: str
    finished_at: datetime | None
    saved_at: datetime | None
    faults: tuple[Fault, ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPage:
    """Why there is nothing to answer; `late` answers came after the round `closed_label` had closed.

    `can_be_reached`: the team can tell them when there is. `begins_at`: when the round `next_label` begins,
    None: that is not known.
    """

    reason: str
    next_label: str
    begins_at: datetime | None
    round_label: str
    closed_at: datetime | None
    late: int
    can_be_reached: bool

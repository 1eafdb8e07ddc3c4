"""What a panellist may answer, how it is read from a form, and which answers are new."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.study.records import Missing
from analysis.study.scale import Scale

LONGEST_COMMENT = 4000
OFFERED_MISSING = (Missing.CANNOT_SAY, Missing.SKIPPED)


@dataclass(frozen=True, slots=True)
class Question:
    """One criterion of one outcome."""

    outcome_id: int
    criterion: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A score, or why there is none: exactly one of the two."""

    score: int | None = None
    missing: Missing | None = None

    def __post_init__(self) -> None:
        if (self.score is None) == (self.missing is None):
            raise ValueError("score, missing: exactly one of them")

    @property
    def choice(self) -> str:
        """The answer as the form names it: "7", "cannot_say"."""
        return str(self.score) if self.missing is None else self.missing.value


class Unreadable(ValueError):
    """What came from a form is no answer; the text says how to put it right."""


class NotOffered(Unreadable):
    """A choice that the page does not offer."""


class TooLong(Unreadable):
    """A comment of `length` characters, more than are kept."""

    def __init__(self, length: int) -> None:
        super().__init__(f"Write {LONGEST_COMMENT:,} characters or fewer. You have {length:,}")
        self.length = length


def read_answer(choice: str, scale: Scale) -> Answer:
    """Read one choice of a form; raises NotOffered for anything that the page does not offer."""
    if choice in OFFERED_MISSING:
        return Answer(missing=Missing(choice))
    if choice in (str(score) for score in scale.points):
        return Answer(score=int(choice))
    raise NotOffered("Choose one of the answers in the list")


def read_comment(text: str) -> str:
    """Tidy a comment: line ends as "\\n", no space around, no character that a database refuses.

    Raises TooLong if it is too long to keep.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    tidy = "".join(c for c in lines if c == "\n" or c == "\t" or (c.isprintable() or ord(c) >= 0xA0)).strip()
    tidy = tidy.encode("utf-8", "ignore").decode("utf-8")
    if len(tidy) > LONGEST_COMMENT:
        raise TooLong(len(tidy))
    return tidy


def changed_answers(
    given: Mapping[Question, Answer], *, before: Mapping[Question, Answer]
) -> dict[Question, Answer]:
    """The answers that differ from those held; an unchanged answer adds no row."""
    return {question: answer for question, answer in given.items() if before.get(question) != answer}


def changed_comments(
    given: Mapping[int | None, str], *, before: Mapping[int | None, str]
) -> dict[int | None, str]:
    """The comments by outcome (None: the whole round) that differ from those held; "" takes one back."""
    return {outcome_id: text for outcome_id, text in given.items() if before.get(outcome_id, "") != text}

"""What a panellist may answer, how it is read from a form, and which answers are new."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from analysis.study.records import Missing
from analysis.study.scale import Scale

LONGEST_COMMENT = 4000
OFFERED_MISSING = (Missing.CANNOT_SAY, Missing.SKIPPED)
_SEEN = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")
Key = TypeVar("Key")
Value = TypeVar("Value")


class Question(NamedTuple):
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


@dataclass(frozen=True, slots=True)
class Seen:
    """Up to which answer a page knows what is held: the newest rating and the newest text in it, by id."""

    rating: int = 0
    text: int = 0

    def __str__(self) -> str:
        """As a form carries it."""
        return f"{self.rating}-{self.text}"


def read_seen(field: str) -> Seen | None:
    """Read what a form carries; None if it is not from a page of ours."""
    found = _SEEN.fullmatch(field)
    return Seen(int(found[1]), int(found[2])) if found else None


@dataclass(frozen=True, slots=True)
class Merged(Generic[Key, Value]):
    """What a form changes, and what of it had been changed elsewhere since its page was made."""

    changes: Mapping[Key, Value]
    elsewhere: tuple[Key, ...]


def merge(
    given: Mapping[Key, Value],
    *,
    base: Mapping[Key, Value],
    held: Mapping[Key, Value],
    empty: Value | None = None,
) -> Merged[Key, Value]:
    """Join what a form brings with what is held now; `base` is what was held when its page was made.

    A field that still says what its page said was not touched: what is held stays. One that says something
    else is the person's newest answer and wins, also over a change from elsewhere. `empty` stands for a field
    without any answer.
    """
    changes: dict[Key, Value] = {}
    elsewhere: list[Key] = []
    for key, value in given.items():
        before, now = base.get(key, empty), held.get(key, empty)
        if value in (before, now):
            continue
        changes[key] = value
        if now != before:
            elsewhere.append(key)
    return Merged(changes=changes, elsewhere=tuple(elsewhere))

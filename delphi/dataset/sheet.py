"""A spreadsheet that somebody sends in, XLSX or CSV: its cells as text, or what is wrong with it in words.

It reads bytes and gives a value: no database, no disk. What a cell holds is judged by who asked for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LARGEST_SHEET_BYTES = 1_500_000  # below what the app takes, so that what is too large is told in words
MOST_ROWS = 5_000
MOST_COLUMNS = 40
LONGEST_CELL = 5_000
MOST_FAULTS = 50


_GUESSED = (
    "The file was read as Windows-1252. Check letters with accents. If they are wrong, save it as CSV UTF-8."
)


class Holds(StrEnum):
    """What sort of thing a cell holds."""

    NOTHING = "nothing"
    TEXT = "text"
    NUMBER = "a number"
    DATE = "a date"
    TRUTH = "true or false"
    FORMULA = "a formula"
    ERROR = "an error of the spreadsheet"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text without blanks at its ends, and what sort of thing it is."""

    text: str = ""
    holds: Holds = Holds.NOTHING


@dataclass(frozen=True, slots=True)
class SheetFault:
    """One thing that is wrong: where ("" for the whole file), what was found, and how to put it right."""

    place: str
    found: str
    advice: str

    def __str__(self) -> str:
        start = f"{self.place}: {self.found}" if self.place else self.found
        return f"{start} {self.advice}"


class SheetRefused(ValueError):
    """A file that cannot be taken; `faults` says everything that is wrong with it."""

    def __init__(self, faults: Iterable[SheetFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} fault(s); first: {self.faults[0].found}")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells; the first row is line 1, empty ones are kept.

    `unread`: the titles of other sheets that hold something. `is_guessed`: the letters may be others.
    """

    rows: tuple[tuple[Cell, ...], ...]
    unread: tuple[str, ...] = ()
    is_guessed: bool = False

    @property
    def notes(self) -> tuple[str, ...]:
        """What whoever sent it should know."""
        named = ", ".join(f"“{title[:40]}”" for title in self.unread[:5])
        others = (f"Only the first sheet was read. These were not: {named}.",) if self.unread else ()
        return (*others, *([_GUESSED] if self.is_guessed else ()))


def refused(found: str, advice: str, *, place: str = "") -> SheetRefused:
    """A refusal for one reason."""
    return SheetRefused([SheetFault(place, found, advice)])


def column_letter(column: int) -> str:
    """The letter of a column counted from 0, as spreadsheets write it: A, B, … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def too_many_rows() -> SheetRefused:
    """The refusal of a table that is too long."""
    return refused(
        f"The table has more than {MOST_ROWS} rows.",
        f"Send at most {MOST_ROWS}. Delete rows that only look empty.",
    )


def too_many_columns() -> SheetRefused:
    """The refusal of a table that is too wide."""
    return refused(
        f"The table has more than {MOST_COLUMNS} columns.", "Keep only the columns of the template."
    )

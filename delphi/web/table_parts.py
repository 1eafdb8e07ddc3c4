"""What an uploaded table is made of, what may be in it, and what is said where it may not."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large a table may be. `unpacked_bytes`: of all that an XLSX file holds, which is packed."""

    file_bytes: int = 1_500_000
    unpacked_bytes: int = 20_000_000
    packed_files: int = 200
    lines: int = 5_000
    columns: int = 50
    cell_characters: int = 1_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell as text. `is_number`: the spreadsheet kept a number, so zeros and plus signs before it are lost.

    `fault`: what is there and may not be, "" for a cell that is good.
    """

    text: str
    is_number: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line by its number in the file, counted from 1 as spreadsheets do."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a file: where, what was found, what would be right.

    `line` None: the file as a whole. `found` describes; it quotes nothing that may be about a person.
    """

    line: int | None
    column: str
    found: str
    expected: str


class TableRefused(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.expected)
        self.fault = fault


def refused(found: str, expected: str, *, line: int | None = None) -> TableRefused:
    """The file is refused for what was found."""
    return TableRefused(Fault(line=line, column="", found=found, expected=expected))

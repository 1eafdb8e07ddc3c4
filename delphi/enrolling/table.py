"""Tables of people that a team uploads: headings and lines as plain text, or every fault that was found."""

from collections.abc import Iterator
from dataclasses import dataclass

from delphi.dataset.sheet import Cell as SheetCell
from delphi.dataset.sheet import Holds, Sheet, SheetFault, SheetRefused
from delphi.dataset.sheet_file import sheet_of_file

LONGEST_CELL = 1_000
REFUSED = {Holds.FORMULA: "a formula", Holds.ERROR: "an error of the spreadsheet, such as #REF!"}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its headings, or all faults that were found: then there are no lines.

    Each line has as many cells as there are headings; blank lines are left out.
    """

    headings: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_table(data: bytes, *, name: str) -> Table:
    """Return the table in a file that was sent as `name`."""
    try:
        sheet = sheet_of_file(data, name=name)
    except SheetRefused as refused:
        return Table(faults=tuple(map(_of_file, refused.faults)))
    faults = tuple(_faults_of_sheet(sheet))
    if faults:
        return Table(faults=faults)
    lines = [
        Line(number=number, cells=tuple(map(_cell, row)))
        for number, row in enumerate(sheet.rows, start=1)
        if any(cell.text for cell in row)
    ]
    if not lines:
        return Table(faults=(_fault("nothing", "a line of headings, and below it a line for each entry"),))
    return _with_headings(lines)


def _of_file(fault: SheetFault) -> Fault:
    return Fault(line=None, column=fault.place, found=fault.found, expected=fault.advice)


def _faults_of_sheet(sheet: Sheet) -> Iterator[Fault]:
    """Of people nothing is left out and no letter is guessed."""
    if sheet.unread:
        yield _fault("more than one sheet with something in it", "one sheet: delete the others")
    if sheet.is_guessed:
        yield _fault("letters that cannot be read", "a file saved as “CSV UTF-8”, or as .xlsx")


def _cell(cell: SheetCell) -> Cell:
    fault = REFUSED.get(cell.holds, "")
    return Cell(text="" if fault else cell.text, is_number=cell.holds is Holds.NUMBER, fault=fault)


def _with_headings(lines: list[Line]) -> Table:
    headings = tuple(cell.text for cell in lines[0].cells)
    while headings and not headings[-1]:
        headings = headings[:-1]
    faults = [*_faults_of_headings(headings, lines[0].number)]
    if not faults:
        faults = [fault for line in lines for fault in _faults_of_line(line, headings)]
    if faults:
        return Table(faults=tuple(faults))
    width = len(headings)
    return Table(headings=headings, lines=tuple(_as_wide(line, width) for line in lines[1:]))


def _faults_of_headings(headings: tuple[str, ...], number: int) -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for place, heading in enumerate(headings, start=1):
        if heading.casefold() in seen:
            faults.append(
                Fault(line=number, column=heading, found="this heading twice", expected="each heading once")
            )
        if not heading:
            found = "no heading"
            faults.append(
                Fault(line=number, column=f"column {place}", found=found, expected="a heading in each column")
            )
        seen |= {heading.casefold()} if heading else set()
    return faults


def _faults_of_line(line: Line, headings: tuple[str, ...]) -> list[Fault]:
    faults = []
    for place, cell in enumerate(line.cells):
        column = headings[place] if place < len(headings) else f"column {place + 1}"
        found, expected = cell.fault, "text or a number"
        if not found and place >= len(headings) and cell.text:
            found, expected = "text under no heading", "nothing right of the last heading"
        if not found and len(cell.text) > LONGEST_CELL:
            found = f"{len(cell.text)} characters"
            expected = f"at most {LONGEST_CELL} characters"
        if found:
            faults.append(Fault(line=line.number, column=column, found=found, expected=expected))
    return faults


def _as_wide(line: Line, width: int) -> Line:
    blank = (Cell(text=""),) * (width - len(line.cells))
    return Line(number=line.number, cells=(*line.cells[:width], *blank))


def _fault(found: str, expected: str) -> Fault:
    return Fault(line=None, column="", found=found, expected=expected)

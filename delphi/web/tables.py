"""Tables that people upload, as XLSX or CSV: read as plain text, or refused in words.

Pure: bytes in, cells or faults out. Nothing in a file is computed, and no other file is opened for it.
"""

from dataclasses import dataclass

from delphi.web.csv_lines import csv_lines
from delphi.web.table_parts import LIMITS, Cell, Fault, Limits, Line, TableRefused
from delphi.web.xlsx_lines import xlsx_lines

ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
OLD_EXCEL_MARK = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its headings, or all faults that were found: then there are no lines.

    Each line has as many cells as there are headings; blank lines are left out.
    """

    headings: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_table(data: bytes, *, limits: Limits = LIMITS) -> Table:
    """Return the table in a file. What it is, its content says, not its name."""
    try:
        lines = _lines(data, limits)
    except TableRefused as refused:
        return Table(faults=(refused.fault,))
    if not lines:
        return Table(faults=(_fault("nothing", "a line of headings, and below it a line for each entry"),))
    return _with_headings(lines, limits)


def _lines(data: bytes, limits: Limits) -> list[Line]:
    if len(data) > limits.file_bytes:
        most = limits.file_bytes // 1000
        raise TableRefused(_fault(f"{len(data) // 1000} kB", f"a file of at most {most} kB"))
    if data.startswith(OLD_EXCEL_MARK):
        expected = "a file saved as .xlsx or CSV, without a password"
        raise TableRefused(_fault("an old Excel file (.xls), or one with a password", expected))
    return xlsx_lines(data, limits) if data.startswith(ZIP_MARKS) else csv_lines(data, limits)


def _with_headings(lines: list[Line], limits: Limits) -> Table:
    headings = tuple(cell.text for cell in lines[0].cells)
    while headings and not headings[-1]:
        headings = headings[:-1]
    faults = [*_faults_of_headings(headings, lines[0].number, limits)]
    if len(lines) - 1 > limits.lines:
        faults.append(_fault(f"{len(lines) - 1} lines below the headings", f"at most {limits.lines}"))
    if not faults:
        faults = [fault for line in lines for fault in _faults_of_line(line, headings, limits)]
    if faults:
        return Table(faults=tuple(faults))
    width = len(headings)
    return Table(headings=headings, lines=tuple(_as_wide(line, width) for line in lines[1:]))


def _faults_of_headings(headings: tuple[str, ...], number: int, limits: Limits) -> list[Fault]:
    if len(headings) > limits.columns:
        return [_fault(f"{len(headings)} columns", f"at most {limits.columns}")]
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


def _faults_of_line(line: Line, headings: tuple[str, ...], limits: Limits) -> list[Fault]:
    faults = []
    for place, cell in enumerate(line.cells):
        column = headings[place] if place < len(headings) else f"column {place + 1}"
        found, expected = cell.fault, "text or a number"
        if not found and place >= len(headings) and cell.text:
            found, expected = "text under no heading", "nothing right of the last heading"
        if not found and len(cell.text) > limits.cell_characters:
            found = f"{len(cell.text)} characters"
            expected = f"at most {limits.cell_characters} characters"
        if found:
            faults.append(Fault(line=line.number, column=column, found=found, expected=expected))
    return faults


def _as_wide(line: Line, width: int) -> Line:
    blank = (Cell(text=""),) * (width - len(line.cells))
    return Line(number=line.number, cells=(*line.cells[:width], *blank))


def _fault(found: str, expected: str) -> Fault:
    return Fault(line=None, column="", found=found, expected=expected)

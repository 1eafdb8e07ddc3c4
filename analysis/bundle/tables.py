"""CSV tables: from text to records with the line of each, and back."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Generic, TypeVar

from analysis.bundle.cells import LONGEST_CELL, CellValue, Wrong, cell_of, value_of
from analysis.bundle.columns import Column, Kind, Table
from analysis.bundle.faults import BundleError, Fault, Reading
from analysis.study.values import DefinitionError

Record = TypeVar("Record")
_Read = CellValue | Wrong
LINES_JOINED = 10_000
_MUST_QUOTE = re.compile('[",\r\n]')


@dataclass(frozen=True, slots=True)
class Rows(Generic[Record]):
    """A table's records and, for each, the line of the file that it begins on."""

    records: tuple[Record, ...] = ()
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Grid:
    """The cells of a file under their header, row by row, each row with its line."""

    header: tuple[str, ...]
    rows: tuple[Sequence[str], ...]
    lines: tuple[int, ...]


class _Values(dict[str, _Read]):
    """What each different cell of a column means, worked out once."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column
        self.all_right = True

    def __missing__(self, cell: str) -> _Read:
        value = value_of(self.column, cell)
        self[cell] = value
        self.all_right = self.all_right and not isinstance(value, Wrong)
        return value


def read_table(table: Table[Record], text: str) -> Reading[Rows[Record]]:
    """Return the records of `text`, None where any cell or row is at fault; every fault is reported."""
    split = _split(table.file, text)
    if split.value is None:
        return Reading(None, split.faults)
    grid, faults = split.value, list(split.faults)
    header_faults = tuple(_header_faults(table, grid.header))
    if header_faults:
        return Reading(None, (*header_faults, *faults))
    columns, wrong_cells = _values_by_column(table, grid)
    faults += wrong_cells
    records, wrong_rows = _records(table, columns, grid.lines, {fault.line for fault in wrong_cells})
    faults += wrong_rows
    return Reading(None if faults else Rows(records, grid.lines), tuple(faults))


def table_text(table: Table[Record], records: Iterable[Record]) -> str:
    """Return the CSV text that `read_table` reads as `records`; raises `BundleError` for too long a cell."""
    records = tuple(records)
    columns = [column for column in table.columns if not _can_be_left_out(column, records)]
    cells_of = [_Cells(column) for column in columns]
    fields = attrgetter(*(column.field for column in columns))
    faults: list[Fault] = []
    parts: list[str] = []
    lines = [",".join(column.name for column in columns)]
    for record in records:
        line = ",".join([cells[value] for cells, value in zip(cells_of, fields(record), strict=True)])
        if len(line) > LONGEST_CELL:
            number = sum(text.count("\n") + 1 for text in (*parts, *lines)) + 1
            faults += _too_long(table.file, columns, fields(record), line=number)
        lines.append(line)
        if len(lines) >= LINES_JOINED:  # a million short strings take three times what they say
            parts.append("\n".join(lines))
            lines.clear()
    if faults:
        raise BundleError(faults)
    return "\n".join([*parts, *lines]) + "\n"


class _Cells(dict[CellValue, str]):
    """How each different value of a column is written, worked out once; of free texts none is kept."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column

    def __missing__(self, value: CellValue) -> str:
        cell = _quoted(cell_of(self.column, value))
        if self.column.kind is not Kind.TEXT:
            self[value] = cell
        return cell


def _can_be_left_out(column: Column, records: Sequence[object]) -> bool:
    """Whether every record has what a file without the column means."""
    if column.absent is None:
        return False
    cells, value_of_record = _Cells(column), attrgetter(column.field)
    return all(cells[value_of_record(record)] == column.absent for record in records)


def _too_long(
    file: str, columns: Sequence[Column], values: Iterable[CellValue], *, line: int
) -> Iterator[Fault]:
    for column, value in zip(columns, values, strict=True):
        cell = cell_of(column, value)
        if len(cell) > LONGEST_CELL:
            yield Fault(file, line, column.name, cell, f"at most {LONGEST_CELL} characters")


def _quoted(cell: str) -> str:
    # Not csv.writer: whether it quotes a cell with a carriage return depends on the version of Python.
    return '"' + cell.replace('"', '""') + '"' if _MUST_QUOTE.search(cell) else cell


def _split(file: str, text: str) -> Reading[_Grid]:
    rows: list[Sequence[str]] = []
    lines: list[int] = []
    faults: list[Fault] = []
    reader = csv.reader(io.StringIO(text, newline="\n"), strict=True)
    header: list[str] = []
    begins = 1
    try:
        header = next(reader, [])
        begins = reader.line_num + 1
        for row in reader:
            if len(row) == len(header):
                rows.append(row)
                lines.append(begins)
            else:
                found = f"{len(row)} cells" if row else ""
                faults.append(Fault(file, begins, "", found, f"{len(header)} cells, one for each column"))
            begins = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(file, begins, "", str(error), "quotes in pairs, and cells of an ordinary length"))
        return Reading(None, tuple(faults))
    return Reading(_Grid(tuple(header), tuple(rows), tuple(lines)), tuple(faults))


def _header_faults(table: Table[Record], header: tuple[str, ...]) -> Iterator[Fault]:
    names = [column.name for column in table.columns]
    may_be_absent = {column.name for column in table.columns if column.absent is not None}
    for name in names:
        if header.count(name) != 1 and not (name in may_be_absent and name not in header):
            found = f"{name}, {header.count(name)} times" if name in header else ""
            yield Fault(table.file, 1, name, found, f"one column named {name}")
    for name in dict.fromkeys(header):
        if name not in names:
            yield Fault(table.file, 1, "", name, f"only the columns {', '.join(names)}")


def _values_by_column(table: Table[Record], grid: _Grid) -> tuple[list[list[_Read]], list[Fault]]:
    columns: list[list[_Read]] = []
    faults: list[Fault] = []
    cells_by_name = dict(zip(grid.header, zip(*grid.rows, strict=True), strict=True)) if grid.rows else {}
    for column in table.columns:
        values = _Values(column)
        cells = cells_by_name.get(column.name, (column.absent or "",) * len(grid.rows))
        columns.append([values[cell] for cell in cells])
        if not values.all_right:
            faults += _wrong_cells(table.file, column.name, zip(grid.lines, cells, columns[-1], strict=True))
    return columns, faults


def _wrong_cells(file: str, name: str, cells: Iterable[tuple[int, str, _Read]]) -> Iterator[Fault]:
    for line, cell, value in cells:
        if isinstance(value, Wrong):
            yield Fault(file, line, name, cell, value.expected)


def _records(
    table: Table[Record], columns: list[list[_Read]], lines: tuple[int, ...], wrong: set[int | None]
) -> tuple[tuple[Record, ...], list[Fault]]:
    records: list[Record] = []
    faults: list[Fault] = []
    record: Callable[..., Record] = table.record
    for line, values in zip(lines, zip(*columns, strict=True), strict=True):
        if line in wrong:
            continue
        try:
            records.append(record(*values))
        except DefinitionError as error:
            wrong_parts = (error, *error.others)
            faults += [Fault(table.file, line, part.field, part.found, part.expected) for part in wrong_parts]
    return tuple(records), faults

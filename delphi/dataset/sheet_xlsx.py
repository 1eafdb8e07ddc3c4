"""Workbooks: the first sheet's cells as text. Formulas are named and never worked out."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

import openpyxl
from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]  # it has no types
from openpyxl.cell.cell import TYPE_ERROR, TYPE_FORMULA
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.utils import column_index_from_string

from delphi.dataset.sheet import (
    MOST_COLUMNS,
    MOST_FAULTS,
    MOST_ROWS,
    Cell,
    Holds,
    Sheet,
    SheetFault,
    SheetRefused,
    too_many_columns,
    too_many_rows,
)
from delphi.dataset.sheet_zip import check_packing, damaged, macros

HELP = "Help"  # the sheet of our templates that says how to fill them in
_MACROS = "macroEnabled"
_FILLED = frozenset({"v", "t", "f"})  # the parts of a cell that hold something


def sheet_of_xlsx(data: bytes) -> Sheet:
    """Return the first sheet of the workbook in `data`; raises `SheetRefused` with what is wrong."""
    check_packing(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that no cell's text needs
            return _first_sheet(data)
    except SheetRefused:
        raise
    except Exception:  # a damaged workbook makes the library fail in ways that it does not name
        raise damaged() from None


def _first_sheet(data: bytes) -> Sheet:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if _MACROS.encode() in packed.read("[Content_Types].xml"):
            raise macros()
    book: Any = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    try:
        if not book.worksheets:
            raise damaged()
        sheet = book.worksheets[0]
        merged = tuple(_merged(data, sheet._worksheet_path))  # it has no other name
        if merged:
            raise SheetRefused(merged)
        cells = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1)
        rows = tuple(_checked(number, row) for number, row in enumerate(cells, start=1))
        unread = tuple(other.title for other in book.worksheets[1:] if _holds_something(other))
    finally:
        book.close()
    return Sheet(_without_tail(rows), unread)


def _merged(data: bytes, path: str) -> Iterator[SheetFault]:
    """The merged cells; raises `SheetRefused` where something stands right of what is read."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed, packed.open(path) as part:
        found, column = 0, 0
        for event, element in iterparse(part, events=("start", "end")):
            tag = element.tag.rpartition("}")[2]
            if event == "start":
                column = _column_of(element.get("r", "")) if tag == "c" else column
                continue
            if tag in _FILLED and column > MOST_COLUMNS and (element.text or "").strip():
                raise too_many_columns()
            if tag == "mergeCell" and found < MOST_FAULTS:
                found += 1
                yield SheetFault(
                    f"Cells {element.get('ref', '')}",
                    "These cells are merged into one.",
                    "Unmerge them, so that each row stands for itself.",
                )
            element.clear()


def _column_of(reference: str) -> int:
    """The number of a column counted from 1, such as 28 for AB7; 0 where a cell has no reference."""
    letters = reference.rstrip("0123456789")
    return column_index_from_string(letters) if letters else 0


def _checked(number: int, row: tuple[ReadOnlyCell | EmptyCell, ...]) -> tuple[Cell, ...]:
    cells = tuple(_cell(cell) for cell in row)
    if any(cell.text for cell in cells):
        if number > MOST_ROWS + 1:
            raise too_many_rows()
        if cells[MOST_COLUMNS:] and cells[MOST_COLUMNS].text:
            raise too_many_columns()
    return cells[:MOST_COLUMNS]


def _cell(cell: ReadOnlyCell | EmptyCell) -> Cell:
    value = cell.value
    if value is None or not str(value).strip():
        return Cell()
    return Cell(_text(value), _holds(cell.data_type, value))


def _holds(data_type: str, value: object) -> Holds:
    if data_type == TYPE_FORMULA or not isinstance(value, str | bool | int | float | date | time | timedelta):
        return Holds.FORMULA
    if data_type == TYPE_ERROR:
        return Holds.ERROR
    if isinstance(value, bool):
        return Holds.TRUTH
    if isinstance(value, date | time | timedelta):
        return Holds.DATE
    if isinstance(value, int | float):
        return Holds.NUMBER
    return Holds.FORMULA if value.startswith("=") else Holds.TEXT


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _without_tail(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    last = max((at for at, row in enumerate(rows, start=1) if any(cell.text for cell in row)), default=0)
    return rows[:last]


def _holds_something(sheet: Any) -> bool:  # noqa: ANN401  # see above
    if sheet.title == HELP:
        return False
    cells = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
    return any(value is not None for row in cells for value in row)

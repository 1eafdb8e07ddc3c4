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

_MACROS = "macroEnabled"


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
        others = [other.title for other in book.worksheets[1:]]
    finally:
        book.close()
    return Sheet(_without_tail(rows), _other_sheets(others))


def _merged(data: bytes, path: str) -> Iterator[SheetFault]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed, packed.open(path) as part:
        found = 0
        for _, element in iterparse(part):
            if element.tag.rpartition("}")[2] == "mergeCell" and found < MOST_FAULTS:
                found += 1
                yield SheetFault(
                    f"Cells {element.get('ref', '')}",
                    "These cells are merged into one.",
                    "Unmerge them, so that each row stands for itself.",
                )
            element.clear()


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


def _other_sheets(others: list[str]) -> tuple[str, ...]:
    if not others or others == ["Help"]:
        return ()
    named = ", ".join(f"“{title[:40]}”" for title in others[:5])
    return (f"Only the first sheet was read. These were not: {named}.",)

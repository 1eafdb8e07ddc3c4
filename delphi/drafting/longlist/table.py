"""A table of reported outcomes: whole or not at all, every fault with its row and column."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from delphi.dataset.sheet import Cell, Holds, Sheet, SheetFault, SheetRefused, column_letter, refused
from delphi.drafting.outcome_table import WANTED, first_faults, is_filled

EXAMPLE_NAME = "EXAMPLE: fear of going home (delete this row)"
HEADERS = {"name": "Outcome as reported", "sources": "Source", "area": "Area"}
_ALSO = {
    "name": ("name", "name as reported", "outcome", "outcome name", "verbatim outcome", "label"),
    "sources": ("sources", "study", "studies", "study id", "citation", "citations", "reference"),
    "area": ("domain", "section", "category"),
}
_FIELDS = {name: field for field, names in _ALSO.items() for name in (HEADERS[field].casefold(), *names)}
LONGEST = {"name": 300, "sources": 2_000, "area": 200}
_MAY_BE_NUMBERS = ("sources",)  # as the number of a study


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedRow:
    """A row of the table."""

    name: str
    sources: tuple[str, ...] = ()
    area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedTable:
    """What was sent, and what its sender should know."""

    rows: tuple[ReportedRow, ...]
    notes: tuple[str, ...] = ()


def reported_in(sheet: Sheet) -> ReportedTable:
    """Return the rows of `sheet`; raises `SheetRefused` with every fault, and then there are none."""
    at = next((at for at, row in enumerate(sheet.rows) if is_filled(row)), None)
    if at is None:
        raise refused("There is nothing in the table.", "Put one reported outcome in each row.")
    columns = _columns(sheet.rows[at], at + 1)
    faults: list[SheetFault] = []
    rows: list[ReportedRow] = []
    for number, row in enumerate(sheet.rows[at + 1 :], start=at + 2):
        cells = {field: row[place] if place < len(row) else Cell() for field, place in columns.items()}
        if is_filled(row) and cells["name"].text != EXAMPLE_NAME:
            faults += _faults(cells, columns, number)
            rows.append(_row(cells))
    if faults:
        raise SheetRefused(first_faults(faults))
    if not rows:
        raise refused("There is no outcome in the table.", "Put one in each row under the header.")
    return ReportedTable(rows=tuple(rows), notes=(*sheet.notes, *_notes(rows, sheet.rows[at])))


def _columns(header: tuple[Cell, ...], number: int) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, cell in enumerate(header):
        field = _field(cell)
        if field in columns:
            raise refused(
                f"“{cell.text[:60]}” is a header that column {column_letter(columns[field])} has, too.",
                "Keep one of the two columns. Several sources of one outcome stand in one cell.",
                place=f"Row {number}, column {column_letter(place)}",
            )
        if field:
            columns[field] = place
    if "name" not in columns:
        raise refused(
            f"No column has the header “{HEADERS['name']}”.",
            "The first row must name the columns, as in the template.",
            place=f"Row {number}",
        )
    return columns


def _field(cell: Cell) -> str:
    return _FIELDS.get(" ".join(cell.text.casefold().split()), "")


def _faults(cells: dict[str, Cell], columns: dict[str, int], number: int) -> Iterator[SheetFault]:
    for field, cell in cells.items():
        wrong = _wrong(field, cell)
        if wrong:
            place = f"Row {number}, column {column_letter(columns[field])} ({HEADERS[field]})"
            yield SheetFault(place, *wrong)


def _wrong(field: str, cell: Cell) -> tuple[str, str] | None:
    if not cell.text:
        empty = ("The cell is empty.", "Put in the outcome as it was reported.")
        return empty if field == "name" else None
    is_number = field in _MAY_BE_NUMBERS and cell.holds is Holds.NUMBER
    if cell.holds is not Holds.TEXT and not is_number:
        return f"We found {cell.holds.value}: “{cell.text[:60]}”.", WANTED[cell.holds]
    if len(cell.text) > LONGEST[field]:
        return f"The text has {len(cell.text)} characters.", f"Use at most {LONGEST[field]}."
    return None


def _row(cells: dict[str, Cell]) -> ReportedRow:
    texts = {field: cell.text for field, cell in cells.items()}
    found = (" ".join(part.split()) for part in re.split(r"[;\n]", texts.get("sources", "")))
    return ReportedRow(
        name=" ".join(texts["name"].split()),
        sources=tuple(dict.fromkeys(source for source in found if source)),
        area=" ".join(texts.get("area", "").split()),
    )


def _notes(rows: list[ReportedRow], header: tuple[Cell, ...]) -> Iterator[str]:
    unread = [f"“{cell.text[:40]}”" for cell in header if cell.text and not _field(cell)]
    if unread:
        yield f"These columns were not read: {', '.join(unread)}."
    without = sum(not row.sources for row in rows)
    if without:
        yield f"Rows without a source: {without}."

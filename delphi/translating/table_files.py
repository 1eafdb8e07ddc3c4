"""The translators' table as a file: XLSX with a sheet of help, or CSV."""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from analysis.bundle.formulas import escaped, is_formula
from delphi.dataset.sheet_xlsx import HELP

MIME_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ADVICE = (
    ("translation", "Put your words here. A cell that is empty changes nothing."),
    ("state", "“checked”: somebody who speaks the language has read it. “draft”: nobody has yet."),
    ("", "An outcome has up to three rows. It counts as checked when each of them is."),
    ("key, first language, do not change", "Leave these columns as they are."),
    ("", "You may delete rows that you do not need. Do not sort one column alone."),
)
WIDTHS = (28, 60, 60, 12, 14)
RIGHT_TO_LEFT = 2
TEXT_FORMAT = "@"  # what is typed stays a text, also "7" or "1/2"
Row = Sequence[str]


def table_file(kind: str, header: Row, rows: Iterable[Row], *, direction: str) -> bytes:
    """Return the table as "csv" or "xlsx"; `direction` is that of the translations."""
    safe = [[_safe(cell) for cell in row] for row in rows]
    return _csv(header, safe) if kind == "csv" else _xlsx(header, safe, direction=direction)


def _safe(text: str) -> str:
    """A cell that no spreadsheet computes; one with an apostrophe is told apart when it comes back."""
    return escaped(text) if is_formula(text) or text.startswith("'") else text


def _csv(header: Row, rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows((header, *rows))
    return codecs.BOM_UTF8 + text.getvalue().encode()


def _xlsx(header: Row, rows: Iterable[Row], *, direction: str) -> bytes:
    book = Workbook()
    sheet: Any = book.active  # a new workbook has one sheet
    sheet.title = "Translations"
    sheet.append(list(header))
    order = RIGHT_TO_LEFT if direction == "rtl" else 0
    for number, row in enumerate(rows, start=2):
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row])
        for place, cell in enumerate(sheet[number]):
            cell.number_format = TEXT_FORMAT
            cell.alignment = Alignment(
                wrap_text=place in (1, 2), vertical="top", readingOrder=order if place == 2 else 0
            )
    for column, width in zip("ABCDE", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
        sheet[f"{column}1"].font = Font(bold=True)
    sheet.freeze_panes = "C2"
    advice = book.create_sheet(HELP)
    for line in ADVICE:
        advice.append(list(line))
    advice.column_dimensions["A"].width, advice.column_dimensions["B"].width = 36, 100
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()

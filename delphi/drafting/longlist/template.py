"""The table of a longlist to fill in, and the table that tells what became of each row."""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from analysis.bundle.formulas import escaped, is_formula
from delphi.dataset.sheet import LARGEST_SHEET_BYTES, MOST_ROWS
from delphi.drafting.longlist.table import EXAMPLE_NAME, HEADERS

EXAMPLE = (EXAMPLE_NAME, "Smith 2019; Lee 2021", "Safety")
HELP = (
    (HEADERS["name"], "Needed. The words of the source. The same words may stand in many rows."),
    (HEADERS["sources"], "A citation or the number of a study. Put a semicolon between several."),
    (HEADERS["area"], "If you have areas already. It may stay empty."),
    ("", "One reported outcome a row. No merged cells, no formulas, no pictures."),
    ("", f"At most {MOST_ROWS} rows and {LARGEST_SHEET_BYTES / 1e6} MB."),
    ("", "The row that begins with EXAMPLE is left out when you send the table."),
)


def template_xlsx() -> bytes:
    """The template as a workbook."""
    book = Workbook()
    sheet: Any = book.active  # a new workbook has one sheet
    sheet.title = "Reported outcomes"
    sheet.append(list(HEADERS.values()))
    sheet.append(list(EXAMPLE))
    for column, width in zip("ABC", (60, 40, 24), strict=True):
        sheet.column_dimensions[column].width = width
        sheet[f"{column}1"].font = Font(bold=True)
        sheet[f"{column}2"].font = Font(italic=True, color="00505A5F")
    sheet.freeze_panes = "A2"
    advice = book.create_sheet("Help")
    for row in HELP:
        advice.append(list(row))
    advice.column_dimensions["A"].width, advice.column_dimensions["B"].width = 24, 100
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def template_csv() -> bytes:
    """The template as text."""
    return as_csv((tuple(HEADERS.values()), EXAMPLE))


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as text for spreadsheets: its first mark tells the encoding; formulas are escaped."""
    text = io.StringIO()
    csv.writer(text).writerows([escaped(cell) if is_formula(cell) else cell for cell in row] for row in rows)
    return codecs.BOM_UTF8 + text.getvalue().encode()

"""The table to fill in: a header, an example that is left out when it comes back, and a sheet of help."""

import codecs
import csv
import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from delphi.dataset.sheet import LARGEST_SHEET_BYTES, LONGEST_CELL, MOST_ROWS
from delphi.drafting.outcome_table import EXAMPLE_NAME, HEADERS

EXAMPLE = (
    EXAMPLE_NAME,
    "The person feels that nobody can hurt them where they live.",
    "Safety",
    "I feel safe where I live.",
    "Interviews, 2024",
    "safe_home",
)
HELP = (
    ("Name", "Needed. What panellists see as the outcome's name. Each name only once."),
    ("What it means", "A sentence or two that says what the outcome is."),
    ("Area", "Outcomes of one area are shown together. If you have the column, fill it in every row."),
    ("In plainer words", "The same in easier words, if you have them."),
    ("Where it comes from", "A review, an interview, a paper. It is kept with the outcome."),
    ("Code", "A short name without blanks. Leave it empty and one is made."),
    ("", "One outcome a row. No merged cells, no formulas, no pictures."),
    (
        "",
        f"At most {MOST_ROWS} rows, {LONGEST_CELL} characters a cell, {LARGEST_SHEET_BYTES / 1e6} MB.",
    ),
    ("", "The row that begins with EXAMPLE is left out when you send the table."),
)
WIDTHS = (40, 60, 20, 40, 30, 20)


def template_xlsx() -> bytes:
    """The template as a workbook."""
    book = Workbook()
    sheet: Any = book.active  # a new workbook has one sheet
    sheet.title = "Outcomes"
    sheet.append(list(HEADERS.values()))
    sheet.append(list(EXAMPLE))
    for column, width in zip("ABCDEF", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
        sheet[f"{column}1"].font = Font(bold=True)
        sheet[f"{column}2"].font = Font(italic=True, color="00505A5F")
        sheet[f"{column}2"].alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    advice = book.create_sheet("Help")
    for row in HELP:
        advice.append(list(row))
    advice.column_dimensions["A"].width, advice.column_dimensions["B"].width = 24, 100
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def template_csv() -> bytes:
    """The template as text; the mark at its start tells spreadsheets the encoding."""
    text = io.StringIO()
    csv.writer(text).writerows((HEADERS.values(), EXAMPLE))
    return codecs.BOM_UTF8 + text.getvalue().encode()

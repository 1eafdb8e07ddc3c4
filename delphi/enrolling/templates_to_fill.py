"""Empty tables to fill in: the right headings, and cells that keep what is typed as text."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from delphi.enrolling.people import COLUMNS

MIME_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TEXT_FORMAT = "@"  # a number typed into such a cell keeps the zeros at its start
LINES = 200
WIDTHS = (24, 34, 24, 14, 34)


def template_file(kind: str) -> bytes:
    """The template as "csv" (with the mark by which Excel knows UTF-8) or "xlsx"."""
    if kind == "csv":
        return ("\ufeff" + ",".join(COLUMNS) + "\r\n").encode()
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "People"
    for place, (heading, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True), start=1):
        sheet.cell(row=1, column=place, value=heading).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = width
        for line in range(2, LINES + 2):
            sheet.cell(row=line, column=place).number_format = TEXT_FORMAT
    sheet.freeze_panes = "A2"
    content = BytesIO()
    book.save(content)
    return content.getvalue()

"""The lines of an XLSX file. It is measured before it is unpacked; nothing in it is computed."""

import re
import warnings
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile, ZipInfo

from openpyxl import load_workbook

from delphi.web.table_parts import Cell, Limits, Line, TableRefused, refused

WORKBOOK, TYPES = "xl/workbook.xml", "[Content_Types].xml"
MACRO_NAMES = re.compile(r"vba|macrosheets/|activex/", re.IGNORECASE)
MACRO_TYPE = b"macroEnabled"
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s")
FAR_RIGHT = re.compile(rb"\sr\s*=\s*[\"'][A-Z]{3,}\d")
OWN_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
ENCRYPTED = 0x1
BROKEN = "a file that is broken or no spreadsheet"
EXPECTED = "a spreadsheet saved as .xlsx or CSV"


def xlsx_lines(data: bytes, limits: Limits) -> list[Line]:
    """Return the lines of the only sheet that hold something; raises TableRefused."""
    try:
        _look_before_reading(data, limits)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of what it leaves out, such as pictures
            return _lines(data, limits)
    except TableRefused:
        raise
    except Exception:  # openpyxl and zipfile answer a broken file with almost any exception
        raise refused(BROKEN, EXPECTED) from None


def _look_before_reading(data: bytes, limits: Limits) -> None:
    with ZipFile(BytesIO(data)) as archive:
        files = archive.infolist()
        _refuse_by_size(files, limits)
        names = {file.filename for file in files}
        if WORKBOOK not in names or TYPES not in names:
            raise refused("a packed file that is no Excel file", EXPECTED)
        if any(MACRO_NAMES.search(name) for name in names) or MACRO_TYPE in archive.read(TYPES):
            raise refused("macros", "a file without macros: save it as .xlsx")
        for name in names:
            if name.endswith((".xml", ".rels")) and OWN_ENTITIES.search(archive.read(name)):
                raise refused("a definition of its own in the file", EXPECTED)
        for name in names:
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                _refuse_by_shape(archive.read(name), limits)


def _refuse_by_size(files: list[ZipInfo], limits: Limits) -> None:
    if any(file.flag_bits & ENCRYPTED for file in files):
        raise refused("a password", "a file without a password")
    # no reader takes more out of a packed file than the size that it names here
    unpacked = sum(file.file_size for file in files)
    if len(files) > limits.packed_files or unpacked > limits.unpacked_bytes:
        most = limits.unpacked_bytes // 1_000_000
        raise refused("a file that unpacks to far more than a table", f"at most {most} MB unpacked")


def _refuse_by_shape(sheet: bytes, limits: Limits) -> None:
    if MERGED.search(sheet):
        raise refused("merged cells", "a table without merged cells: select all cells, then unmerge them")
    if FAR_RIGHT.search(sheet):
        raise refused("text far to the right of the table", f"at most {limits.columns} columns")


def _lines(data: bytes, limits: Limits) -> list[Line]:
    book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        sheets = [lines for sheet in book.worksheets if (lines := _lines_of(sheet, limits))]
    finally:
        book.close()
    if len(sheets) > 1:
        raise refused(f"{len(sheets)} sheets with something in them", "one sheet: delete the others")
    return sheets[0] if sheets else []


def _lines_of(sheet: Any, limits: Limits) -> list[Line]:  # noqa: ANN401  # a sheet read as it comes has no type
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    lines: list[Line] = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = tuple(_cell(cell.value, cell.data_type) for cell in row)
        if any(cell.text or cell.fault for cell in cells):
            lines.append(Line(number=number, cells=cells))
        if len(lines) > limits.lines + 1:
            break
    return lines


def _cell(value: object, kind: str) -> Cell:
    if value is None:
        return Cell(text="")
    if kind == "f":
        return Cell(text="", fault="a formula")
    if kind == "e":
        return Cell(text="", fault="an error of the spreadsheet, such as #REF!")
    if isinstance(value, bool):
        return Cell(text="TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return Cell(text=_number(value), is_number=True)
    if isinstance(value, datetime | date):
        return Cell(text=value.isoformat())
    return Cell(text=str(value).strip())


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(value)

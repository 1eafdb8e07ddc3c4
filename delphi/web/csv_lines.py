"""The lines of a CSV file, with commas, semicolons or tabs."""

import csv
import io

from delphi.web.table_parts import Cell, Limits, Line, refused

UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = (",", ";", "\t")
FORMULA_STARTS = ("=", "@", "\uff1d", "\uff20")  # a telephone number may begin with a plus sign


def csv_lines(data: bytes, limits: Limits) -> list[Line]:
    """Return the lines that hold something; raises TableRefused."""
    text = _decoded(data)
    if "\0" in text:
        raise refused("a file that is no text", "a spreadsheet saved as .xlsx or CSV")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[Line] = []
    number = 1
    try:
        for values in reader:
            cells = tuple(map(_cell, values))
            if any(cell.text or cell.fault for cell in cells):
                lines.append(Line(number=number, cells=cells))
            number = reader.line_num + 1
            if len(lines) > limits.lines + 1:
                break
    except csv.Error:
        expected = "CSV: a cell that holds quotation marks is put in quotation marks, and these are doubled"
        raise refused("quotation marks that do not fit together", expected, line=number) from None
    return lines


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data.startswith(UTF_16_MARKS) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise refused("letters that cannot be read", "a file saved as “CSV UTF-8”, or as .xlsx") from None


def _cell(value: str) -> Cell:
    text = value.strip()
    return Cell(text=text, fault="a formula" if text.startswith(FORMULA_STARTS) else "")

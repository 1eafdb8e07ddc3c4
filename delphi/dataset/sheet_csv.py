"""Text files with a table: the encodings of spreadsheets; commas, semicolons or tabs."""

import codecs
import csv
import io
from collections.abc import Iterator

from delphi.dataset.sheet import (
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Holds,
    Sheet,
    SheetRefused,
    refused,
    too_many_columns,
    too_many_rows,
)

_DELIMITERS = ",;\t"
_FORMULA_STARTS = ("=", "@", "\uff1d", "\uff20")  # not a plus sign: a telephone number may begin with one


def sheet_of_csv(data: bytes) -> Sheet:
    """Return the table in the text `data`; raises `SheetRefused` with what is wrong."""
    text, is_guessed = _decoded(data)
    return Sheet(tuple(_rows(text)), is_guessed=is_guessed)


def _decoded(data: bytes) -> tuple[str, bool]:
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return _only_text(data.decode("utf-16")), False
        text, is_guessed = _eight_bit(data)
    except UnicodeDecodeError:
        raise _not_text() from None
    return _only_text(text), is_guessed


def _only_text(text: str) -> str:
    if any(ord(letter) < 32 and letter not in "\t\r\n" for letter in text):
        raise _not_text()
    return text


def _eight_bit(data: bytes) -> tuple[str, bool]:
    try:
        return data.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return data.decode("cp1252"), True


def _not_text() -> SheetRefused:
    return refused("The file holds something that is not text.", "Save it as “CSV UTF-8” or as XLSX.")


def _rows(text: str) -> Iterator[tuple[Cell, ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for number, row in enumerate(reader, start=1):
            if number > MOST_ROWS + 1:
                raise too_many_rows()
            if len(row) > MOST_COLUMNS:
                raise too_many_columns()
            yield tuple(_cell(value) for value in row)
    except csv.Error:
        raise refused(
            "The text cannot be parted into cells.",
            "A cell with a quotation mark, a comma or a new line in it must stand between quotation marks. "
            "Save the file from your spreadsheet again.",
            place=f"About line {reader.line_num}",
        ) from None


def _delimiter(text: str) -> str:
    """Whichever stands most often in the first line; quoted cells of a header hardly hold one."""
    first = text.lstrip("\r\n").partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def _cell(value: str) -> Cell:
    text = value.strip()
    if not text:
        return Cell()
    return Cell(text, Holds.FORMULA if text.startswith(_FORMULA_STARTS) else Holds.TEXT)

"""Files that cannot be taken, each with words of what is said about it."""

import random
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from tests.enrolling.uploads import HEADINGS, csv, saved, thirty_people, xlsx

GOOD = ("survivors", "a@example.org", "", "", "")
TYPES = "[Content_Types].xml"
SHEET = "xl/worksheets/sheet1.xml"


def broken_files() -> Iterator[tuple[str, bytes, str]]:
    """Yield (name, content, words of the message)."""
    yield from _of_any_kind()
    yield from _csv_files()
    yield from _workbooks()
    yield from _packed()
    yield from _cells()


def damaged_files(number: int, *, seed: int) -> Iterator[bytes]:
    """Yield good XLSX files in which bytes were changed, cut off or put in."""
    chance, good = random.Random(seed), xlsx(thirty_people())  # noqa: S311  # the same files each time
    for _ in range(number):
        content = bytearray(good)
        for _ in range(chance.randrange(1, 30)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        yield bytes(content[: chance.randrange(len(content) // 2, len(content))])


def _of_any_kind() -> Iterator[tuple[str, bytes, str]]:
    yield "empty.csv", b"", "The file is empty."
    yield "blank.xlsx", xlsx([], headings=()), "a line of headings"
    yield "picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a picture (PNG)"
    yield "old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "an old .xls workbook"
    yield "headings.xlsx", xlsx([]), "headings and nobody"
    yield "text.zip.xlsx", _packed_as({"notes.txt": b"hello"}), "packed like a workbook"


def _csv_files() -> Iterator[tuple[str, bytes, str]]:
    yield "latin.csv", "group;reference\nsurvivors;Zoë".encode("cp1252"), "CSV UTF-8"
    yield "zero.csv", b"group\nsurvivors\0", "something that is not text"
    yield "quotes.csv", b'group,reference\nsurvivors,"R"1"', "cannot be parted into cells"
    yield "formula.csv", b"group,reference\nsurvivors,=1+1", "a formula"
    yield "command.csv", b"group,reference\nsurvivors,@SUM(A1)", "a formula"
    yield "long.csv", csv([GOOD] * 5_001), "more than 5000 rows"
    yield "wide.csv", csv([], headings=[f"h{at}" for at in range(41)]), "more than 40 columns"
    yield "no_group.csv", csv([("a@example.org",)], headings=("e-mail",)), "no such column"
    yield "extra.csv", csv([("survivors", "x")], headings=("group", "address")), "a heading that is not known"
    yield "twice.csv", csv([("survivors", "a")], headings=("group", "group")), "this heading twice"
    yield "same.csv", csv([("survivors", "", "")], headings=("group", "e-mail", "email")), "a second column"
    yield "nameless.csv", b"group,,language\nsurvivors,,en", "a heading in each column"
    yield "beyond.csv", b"group\nsurvivors,a@example.org", "nothing right of the last heading"
    yield "huge_cell.csv", csv([("survivors", "x" * 1_001)], headings=("group", "reference")), "at most 1000"


def _workbooks() -> Iterator[tuple[str, bytes, str]]:
    book = _book()
    book.worksheets[0].merge_cells("A3:B3")
    yield "merged.xlsx", saved(book), "merged into one"
    book = _book()
    book.create_sheet("More").append(["group"])
    yield "sheets.xlsx", saved(book), "more than one sheet"
    book = _book()
    book.worksheets[0]["E2"] = "=CONCAT(B2)"
    yield "formula.xlsx", saved(book), "a formula"
    book = _book()
    book.worksheets[0]["E2"] = "#REF!"
    yield "error.xlsx", saved(book), "an error of the spreadsheet"
    book = _book()
    book.worksheets[0]["XFD2"] = "far"
    yield "far.xlsx", saved(book), "more than 40 columns"


def _packed() -> Iterator[tuple[str, bytes, str]]:
    yield "macros.xlsx", _with({"xl/vbaProject.bin": b"code"}), "macros"
    types = _part(TYPES).replace(b"sheet.main", b"sheet.macroEnabled.main")
    yield "macros.xlsm", _with({TYPES: types}), "macros"
    yield "bomb.xlsx", _with({"xl/media/bomb.xml": b"0" * 21_000_000}), "packed more tightly"
    yield "many.xlsx", _with({f"xl/media/{at}": b"" for at in range(301)}), "parts inside"
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + _part(SHEET)
    yield "entities.xlsx", _with({SHEET: entity}), "damaged or is no XLSX"
    yield "cut.xlsx", xlsx(thirty_people())[:-300], "damaged or is no XLSX"
    yield "broken.xlsx", _with({SHEET: _part(SHEET)[:-40]}), "damaged or is no XLSX"
    yield "no_sheet.xlsx", _with({SHEET: b""}), "damaged or is no XLSX"


def _cells() -> Iterator[tuple[str, bytes, str]]:
    for place, value, words in (
        (0, "", "one of Survivors, Researchers"),
        (0, "pilots", "one of Survivors, Researchers"),
        (0, date(2025, 1, 1), "one of Survivors, Researchers"),
        (1, "nobody", "an e-mail address"),
        (1, "a@b", "an e-mail address"),
        (1, "a@example.org, b@example.org", "an e-mail address"),
        (2, 447700900123, "format the column as text"),
        (2, "call me", "a telephone number"),
        (2, "123", "a telephone number"),
        (3, "tlh", "one of en"),
        (4, "two\nlines", "on one line"),
        (4, "x" * 201, "at most 200"),
    ):
        row: list[object] = list(GOOD)
        row[place] = value
        yield f"cell_{HEADINGS[place]}.xlsx", xlsx([GOOD, row]), words


def _book() -> Workbook:
    book = Workbook()
    for row in (HEADINGS, GOOD):
        book.worksheets[0].append(row)
    return book


def _part(name: str) -> bytes:
    with ZipFile(BytesIO(xlsx([GOOD]))) as archive:
        return archive.read(name)


def _with(parts: dict[str, bytes]) -> bytes:
    with ZipFile(BytesIO(xlsx([GOOD]))) as archive:
        good = {name: archive.read(name) for name in archive.namelist()}
    return _packed_as(good | parts)


def _packed_as(parts: dict[str, bytes]) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()

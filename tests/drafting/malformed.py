"""Two hundred spreadsheets that are no table of outcomes, each from its number: the same every time."""

import io
import random
import zipfile
from collections.abc import Callable

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from delphi.dataset.sheet import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from tests.drafting.setting_up import filled_template

Sent = tuple[bytes, str]
HEADER = ["Name", "What it means", "Area"]


def packed(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def table(rng: random.Random) -> tuple[Workbook, int]:
    """A good table, and a row of it to spoil."""
    book = Workbook()
    rows = rng.randint(2, 12)
    book.active.append(HEADER)
    for number in range(rows):
        book.active.append([f"Outcome {number}", "Words.", "Safety"])
    return book, rng.randint(2, rows + 1)


def wrong_type(rng: random.Random) -> Sent:
    book, row = table(rng)
    value = rng.choice([7, 3.5, True, "#REF!", None])
    book.active.cell(row, 1).value = value
    return packed(book), "outcomes.xlsx"


def merged(rng: random.Random) -> Sent:
    book, row = table(rng)
    book.active.merge_cells(start_row=row, end_row=row + 1, start_column=1, end_column=rng.randint(1, 3))
    return packed(book), "outcomes.xlsx"


def formula(rng: random.Random) -> Sent:
    book, row = table(rng)
    book.active.cell(row, rng.randint(1, 3)).value = rng.choice(
        ["=A1", "=SUM(A1:A9)", '=HYPERLINK("http://x.example")', "=cmd|'/c calc'!A0"]
    )
    return packed(book), "outcomes.xlsx"


def formula_in_text(rng: random.Random) -> Sent:
    return f"Name;Area\nA;Safety\n={rng.random()};Safety\n".encode(), "outcomes.csv"


def too_large(rng: random.Random) -> Sent:
    start = rng.choice([b"PK\x03\x04", b"Name,Area\n"])
    return start + b"x" * (10 * 2**20), rng.choice(["outcomes.xlsx", "outcomes.csv"])


def with_macros(rng: random.Random) -> Sent:
    data = io.BytesIO(filled_template("A"))
    with zipfile.ZipFile(data, "a") as file:
        file.writestr(rng.choice(["xl/vbaProject.bin", "xl/VBAPROJECT.BIN"]), rng.randbytes(50))
    return data.getvalue(), rng.choice(["outcomes.xlsx", "outcomes.xlsm"])


def bomb(rng: random.Random) -> Sent:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(rng.randint(1, 4)):
            made.writestr(f"xl/worksheets/sheet{number}.xml", bytes(rng.randint(2, 9) * 2**20))
    return file.getvalue(), "outcomes.xlsx"


def many_parts(rng: random.Random) -> Sent:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for number in range(rng.randint(301, 400)):
            made.writestr(f"xl/{number}.xml", "")
    return file.getvalue(), "outcomes.xlsx"


def truncated(rng: random.Random) -> Sent:
    data = filled_template("A", "B")
    return data[: rng.randint(4, len(data) - 30)], "outcomes.xlsx"


def scrambled(rng: random.Random) -> Sent:
    """The packing is whole; the sheet in it is not."""
    file = io.BytesIO()
    spoiled = rng.choice(["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
    with zipfile.ZipFile(io.BytesIO(filled_template("A"))) as good, zipfile.ZipFile(file, "w") as made:
        for name in good.namelist():
            data = good.read(name)
            made.writestr(name, data[: len(data) // rng.randint(2, 5)] if name == spoiled else data)
    return file.getvalue(), "outcomes.xlsx"


def entities(rng: random.Random) -> Sent:
    file = io.BytesIO()
    text = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    with zipfile.ZipFile(io.BytesIO(filled_template("A"))) as good, zipfile.ZipFile(file, "w") as made:
        spoiled = rng.choice(["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
        for name in good.namelist():
            made.writestr(name, text if name == spoiled else good.read(name))
    return file.getvalue(), "outcomes.xlsx"


def wrong_ending(rng: random.Random) -> Sent:
    data = rng.choice([filled_template("A"), b"Name,Area\nA,B\n"])
    return data, rng.choice(["outcomes.pdf", "outcomes", "outcomes.xls", "outcomes.ods", "o.exe"])


def picture(rng: random.Random) -> Sent:
    starts = [b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"%PDF-1.7", b"{\\rtf1", b"\x1f\x8b\x08"]
    return rng.choice(starts) + rng.randbytes(200), rng.choice(["outcomes.xlsx", "outcomes.csv"])


def picture_inside(rng: random.Random) -> Sent:
    book, row = table(rng)
    file = io.BytesIO()
    Picture.new("RGB", (2, 2)).save(file, "PNG")
    book.active.add_image(Image(file), f"B{row}")
    return packed(book), "outcomes.xlsx"


def old_or_locked(rng: random.Random) -> Sent:
    return b"\xd0\xcf\x11\xe0" + rng.randbytes(300), rng.choice(["outcomes.xls", "outcomes.xlsx"])


def repeated(rng: random.Random) -> Sent:
    book, row = table(rng)
    again = rng.choice(["outcome {}", "  OUTCOME   {} "]).format(row - 2)
    book.active.append([again, "Words.", "Safety"])
    return packed(book), "outcomes.xlsx"


def header_wrong(rng: random.Random) -> Sent:
    header = rng.choice(["Naam,Area", "Name,Name", "Area", "", "\n\n", "1,2,3"])
    return f"{header}\nA,B\n".encode() if header.strip() else b"\n", "outcomes.csv"


def too_much(rng: random.Random) -> Sent:
    rows = [["Name", "Area"], *(["A" * n, "Safety"] for n in range(1, 4))]
    kind = rng.randint(0, 2)
    if kind == 0:
        rows += [[f"Outcome {number}", "Safety"] for number in range(MOST_ROWS + 1)]
    if kind == 1:
        rows.append(["x"] * (MOST_COLUMNS + 1))
    if kind == 2:
        rows.append(["y" * (LONGEST_CELL + 1), "Safety"])
    return "\n".join(",".join(row) for row in rows).encode(), "outcomes.csv"


def no_text(rng: random.Random) -> Sent:
    return rng.choice(
        [b"Name,Area\nA\0B,C\n", b"\xff\xfeN", b"Name,Area\n\x81\x8d,B\n", b"\x01\x02"]
    ), "o.csv"


def quotes(rng: random.Random) -> Sent:
    return rng.choice([b'Name,Area\n"A,B\n', b'Name,Area\n"A"x,B\n']), "outcomes.csv"


KINDS: tuple[Callable[[random.Random], Sent], ...] = (
    *(wrong_type, merged, formula, formula_in_text, too_large, with_macros, bomb, many_parts, truncated),
    *(scrambled, entities, wrong_ending, picture, picture_inside, old_or_locked, repeated, header_wrong),
    *(too_much, no_text, quotes),
)


def malformed(number: int) -> Sent:
    """The malformed spreadsheet of that number, 0 to 199."""
    return KINDS[number % len(KINDS)](random.Random(number))  # noqa: S311  # no secret

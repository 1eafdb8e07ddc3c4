"""A table of outcomes: from cells to outcomes, whole or not at all, every fault with its row and column."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.study.values import CODE_EXPECTED, CODE_PATTERN
from delphi.dataset.sheet import (
    LONGEST_CELL,
    MOST_FAULTS,
    Cell,
    Holds,
    Sheet,
    SheetFault,
    SheetRefused,
    column_letter,
    refused,
)
from delphi.drafting.answers import OutcomeRow, Outcomes
from delphi.drafting.names import code_from

EXAMPLE_NAME = "EXAMPLE: Feeling safe at home (delete this row)"
ONE_AREA = "All outcomes"
HEADERS = {
    "label": "Name",
    "descriptor": "What it means",
    "domain": "Area",
    "plain": "In plainer words",
    "reason": "Where it comes from",
    "code": "Code",
}
_ALSO = {
    "label": ("label", "outcome", "outcome name", "title"),
    "descriptor": ("descriptor", "description", "definition", "meaning"),
    "domain": ("domain", "section", "category"),
    "plain": ("plain", "plain words", "plain language"),
    "reason": ("reason", "source", "provenance"),
    "code": ("id",),
}
_FIELDS = {name: field for field, names in _ALSO.items() for name in (HEADERS[field].casefold(), *names)}
_LONGEST = {"label": 300, "domain": 200, "code": 40}
WANTED = {
    Holds.FORMULA: "Put the words themselves in. In a spreadsheet: copy, then paste as values.",
    Holds.ERROR: "Put the words themselves in.",
    Holds.DATE: "Type the words again, with the cell's format set to text.",
    Holds.TRUTH: "Put the words in.",
    Holds.NUMBER: "Put the words in.",
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A row that holds something: its number in the sheet, its cells by field."""

    number: int
    cells: dict[str, Cell]

    def text(self, field: str) -> str:
        return self.cells[field].text if field in self.cells else ""


def outcomes_of_sheet(sheet: Sheet) -> Outcomes:
    """Return the outcomes in `sheet`; raises `SheetRefused` with every fault, and then there are none."""
    at = next((at for at, row in enumerate(sheet.rows) if is_filled(row)), None)
    if at is None:
        raise refused("There is nothing in the table.", "Put one outcome in each row.")
    columns, notes = _columns(sheet.rows[at], at + 1)
    lines = [
        _Line(number, {field: row[place] for field, place in columns.items() if place < len(row)})
        for number, row in enumerate(sheet.rows[at + 1 :], start=at + 2)
        if is_filled(row)
    ]
    lines = [line for line in lines if line.text("label") != EXAMPLE_NAME]
    faults = [*_cell_faults(lines, columns), *_repeats(lines, columns)]
    if faults:
        raise SheetRefused(first_faults(faults))
    if not lines:
        raise refused("There is no outcome in the table.", "Put one outcome in each row under the header.")
    return Outcomes(rows=tuple(_outcomes(lines)), notes=(*sheet.notes, *notes))


def first_faults(faults: list[SheetFault]) -> list[SheetFault]:
    more = len(faults) - MOST_FAULTS
    if more <= 0:
        return faults
    return [*faults[:MOST_FAULTS], SheetFault("", f"There are {more} more faults.", "Mend these first.")]


def is_filled(row: tuple[Cell, ...]) -> bool:
    return any(cell.text for cell in row)


def _columns(header: tuple[Cell, ...], number: int) -> tuple[dict[str, int], tuple[str, ...]]:
    columns: dict[str, int] = {}
    unread: list[str] = []
    for place, cell in enumerate(header):
        field = _FIELDS.get(" ".join(cell.text.casefold().split()))
        if field in columns:
            first = column_letter(columns[field])
            raise refused(
                f"“{cell.text}” is a header that column {first} has, too.",
                "Keep one of the two columns.",
                place=f"Row {number}, column {column_letter(place)}",
            )
        if field:
            columns[field] = place
        elif cell.text:
            unread.append(f"“{cell.text[:40]}”")
    if "label" not in columns:
        raise refused(
            f"No column has the header “{HEADERS['label']}”.",
            "The first row must name the columns, as in the template.",
            place=f"Row {number}",
        )
    notes = [f"These columns were not read: {', '.join(unread)}."] if unread else []
    if "domain" not in columns:
        notes.append(f"There is no column “Area”: all outcomes stand in one, “{ONE_AREA}”.")
    return columns, tuple(notes)


def _place(number: int, field: str, columns: dict[str, int]) -> str:
    return f"Row {number}, column {column_letter(columns[field])} ({HEADERS[field]})"


def _cell_faults(lines: list[_Line], columns: dict[str, int]) -> Iterator[SheetFault]:
    for line in lines:
        for field in columns:
            cell = line.cells.get(field, Cell())
            wrong = _wrong(field, cell)
            if wrong:
                yield SheetFault(_place(line.number, field, columns), *wrong)


def _wrong(field: str, cell: Cell) -> tuple[str, str] | None:
    if not cell.text:
        missing = field in ("label", "domain")
        return ("The cell is empty.", f"Put in the {_NEEDED[field]}.") if missing else None
    is_code_number = field == "code" and cell.holds is Holds.NUMBER
    if cell.holds is not Holds.TEXT and not is_code_number:
        return f"We found {cell.holds.value}: “{cell.text[:60]}”.", WANTED[cell.holds]
    longest = _LONGEST.get(field, LONGEST_CELL)
    if len(cell.text) > longest:
        return f"The text has {len(cell.text)} characters.", f"Use at most {longest}."
    if field == "code" and not CODE_PATTERN.fullmatch(cell.text):
        return f"We found “{cell.text[:60]}”.", f"Put in {CODE_EXPECTED}, or leave all codes out."
    return None


_NEEDED = {"label": "outcome's name", "domain": "area that it belongs to"}


def _repeats(lines: list[_Line], columns: dict[str, int]) -> Iterator[SheetFault]:
    for field in ("label", "code"):
        first: dict[str, int] = {}
        for line in lines:
            key = " ".join(line.text(field).casefold().split())
            if key and key in first:
                found = f"“{line.text(field)[:60]}” stands in row {first[key]}, too."
                yield SheetFault(_place(line.number, field, columns), found, "Keep one, or change one.")
            first.setdefault(key, line.number)


def _outcomes(lines: list[_Line]) -> Iterator[OutcomeRow]:
    taken = {line.text("code") for line in lines if line.text("code")}
    for line in lines:
        code = line.text("code") or code_from(line.text("label"), taken=taken, otherwise="outcome")
        taken.add(code)
        yield OutcomeRow(
            code=code,
            label=line.text("label"),
            descriptor=line.text("descriptor"),
            domain=line.text("domain") or ONE_AREA,
            plain=line.text("plain"),
            reason=line.text("reason"),
        )

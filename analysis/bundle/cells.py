"""One cell of a table: from its text to a value, and back."""

import re
from dataclasses import dataclass
from enum import StrEnum

from analysis.bundle.columns import Column, Kind
from analysis.bundle.formulas import FORMULA_EXPECTED, escaped, is_formula, unescaped
from analysis.study.values import CODE_EXPECTED, CODE_PATTERN

LONGEST_CELL = 100_000
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,8}")

CellValue = str | int | bool | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that its column does not allow; `expected` says what it does."""

    expected: str


def value_of(column: Column, cell: str) -> CellValue | Wrong:
    """Return what `cell` means in `column`, or what it should have been."""
    if not cell.strip():
        return _empty(column, cell)
    if len(cell) > LONGEST_CELL:
        return Wrong(f"at most {LONGEST_CELL} characters")
    match column.kind:
        case Kind.CODE:
            return cell if CODE_PATTERN.fullmatch(cell) else Wrong(CODE_EXPECTED)
        case Kind.CODES:
            codes = tuple(cell.split(" "))
            right = all(CODE_PATTERN.fullmatch(code) for code in codes)
            return codes if right else Wrong("codes parted by one space")
        case Kind.TEXT:
            return Wrong(FORMULA_EXPECTED) if is_formula(cell) else unescaped(cell)
        case Kind.CHOICE:
            return _choice(column, cell)
        case Kind.WHOLE:
            return _whole(column, cell)
        case Kind.MARK:
            return True if cell == column.mark else Wrong(f"{column.mark}, or nothing")


def cell_of(column: Column, value: CellValue) -> str:
    """Return the cell that `value_of` reads as `value`."""
    match value:
        case None | False:
            return ""
        case True:
            return column.mark
        case tuple():
            return " ".join(value)
        case str() if column.kind is Kind.TEXT:
            return escaped(value)
        case _:
            return str(value)


def _empty(column: Column, cell: str) -> CellValue | Wrong:
    if column.required:
        return Wrong(_required(column))
    if column.kind is Kind.TEXT:
        return Wrong(FORMULA_EXPECTED) if is_formula(cell) else unescaped(cell)
    if cell:
        return Wrong(f"{_required(column)}, or nothing at all")
    if column.kind is Kind.CODES:
        return ()
    return False if column.kind is Kind.MARK else None


def _required(column: Column) -> str:
    match column.kind:
        case Kind.CODE | Kind.CODES:
            return CODE_EXPECTED
        case Kind.CHOICE if column.choices:
            return _one_of(column.choices)
        case Kind.WHOLE:
            return _whole_expected(column)
        case Kind.MARK:
            return column.mark
        case _:
            return f"some text: {column.meaning}"


def _choice(column: Column, cell: str) -> CellValue | Wrong:
    choices = column.choices
    if choices is None or cell not in choices.__members__.values():
        return Wrong(_required(column))
    return choices(cell)


def _whole(column: Column, cell: str) -> CellValue | Wrong:
    right = _WHOLE.fullmatch(cell) and (column.least is None or int(cell) >= column.least)
    return int(cell) if right else Wrong(_whole_expected(column))


def _whole_expected(column: Column) -> str:
    return "a whole number" if column.least is None else f"a whole number, {column.least} or more"


def _one_of(choices: type[StrEnum]) -> str:
    return f"one of: {', '.join(choices)}"

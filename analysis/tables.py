"""A table of results as plain rows: for a page, for a spreadsheet, for another program."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from analysis.bundle.formulas import escaped
from analysis.extras import required

Cell = str | int | float | None
HIDDEN = "hidden"


class Kind(StrEnum):
    """What a column holds, and so how it is shown: a share of one as per cent, p to three places."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    NUMBER = "number"
    P_VALUE = "p_value"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in files, its heading for people."""

    name: str
    heading: str
    kind: Kind = Kind.NUMBER


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the sentences that belong below it.

    Cells are text, whole numbers, floats or None (not computable); "hidden" is not shown because too few
    people are behind it. `only_in_file`: too long for a page. Raises ValueError for a row of another length
    than the columns.
    """

    code: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    only_in_file: bool = False

    def __post_init__(self) -> None:
        for place, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                raise ValueError(f"rows: row {place} has {len(row)} cells, expected {len(self.columns)}")

    def plain_rows(self) -> tuple[tuple[str, ...], ...]:
        """Return the names of the columns, then each row, as text: floats to the last digit, "" for None."""
        header = tuple(column.name for column in self.columns)
        return header, *(tuple(map(_plain, row)) for row in self.rows)

    def to_csv(self) -> str:
        """Return the table as CSV, one line a row."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(self.plain_rows())
        return text.getvalue()

    def to_pandas(self) -> Any:  # noqa: ANN401 - pandas is an extra, so its types may not be there
        """Return a pandas data frame, None as missing; needs the extra `tables`."""
        names = [column.name for column in self.columns]
        return required("pandas", extra="tables").DataFrame(list(self.rows), columns=names)

    def shown_rows(self) -> tuple[tuple[str, ...], ...]:
        """Return each row as a person reads it: rounded, shares as per cent."""
        kinds = [column.kind for column in self.columns]
        return tuple(tuple(map(shown, row, kinds)) for row in self.rows)


def table(
    code: str,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *notes: str,
    only_in_file: bool = False,
) -> Table:
    """Return a table; empty notes are left out."""
    kept = tuple(note for note in notes if note)
    return Table(code, title, tuple(columns), tuple(tuple(row) for row in rows), kept, only_in_file)


def plain_number(value: object) -> Cell:
    """Return a NumPy number as Python's, NaN as None."""
    if value is None or value != value:
        return None
    return value.item() if isinstance(value, np.generic) else value  # type: ignore[return-value]  # a Cell


def shown(cell: Cell, kind: Kind) -> str:
    """Return a cell as a person reads it; "–" where it is not computable."""
    if cell is None or cell != cell:
        return "–"
    if isinstance(cell, str) or kind is Kind.TEXT:
        return str(cell)
    if kind is Kind.SHARE:
        return f"{100 * cell:.1f} %"
    if kind is Kind.P_VALUE:
        return "< 0.001" if cell < 0.001 else f"{cell:.3f}"
    if kind is Kind.COUNT:
        return f"{cell:g}"
    return f"{cell:d}" if isinstance(cell, int) else f"{cell:.2f}"


def _plain(cell: Cell) -> str:
    if cell is None or cell != cell:
        return ""
    return repr(cell) if isinstance(cell, float) else escaped(cell) if isinstance(cell, str) else str(cell)

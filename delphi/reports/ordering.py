"""The order of a table of results, as its headings' links ask for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol as Shape
from typing import TypeVar


class Direction(StrEnum):
    """Which end comes first; the values are those of aria-sort."""

    ASCENDING = "ascending"
    DESCENDING = "descending"


@dataclass(frozen=True, slots=True)
class Ordering:
    """A column and a direction."""

    column: str
    direction: Direction

    @classmethod
    def asked(cls, column: str, direction: str, *, known: Iterable[str], default: "Ordering") -> "Ordering":
        """Return what an address asks for; the default where it names no column that there is."""
        if column not in known:
            return default
        return cls(column, Direction(direction) if direction in list(Direction) else Direction.ASCENDING)

    def when_chosen(self, column: str, *, first: Direction) -> "Ordering":
        """Return the ordering that a click on a heading gives: the other way round on the column in use."""
        if column != self.column:
            return Ordering(column, first)
        turned = {
            Direction.ASCENDING: Direction.DESCENDING,
            Direction.DESCENDING: Direction.ASCENDING,
        }
        return Ordering(column, turned[self.direction])


class Sortable(Shape):
    """A row that knows what it is sorted by: per column a number or a text, None where there is none."""

    @property
    def keys(self) -> "dict[str, float | str | None]": ...


Row = TypeVar("Row", bound=Sortable)


def in_order(rows: Sequence[Row], ordering: Ordering) -> tuple[Row, ...]:
    """Return the rows in order; those that tie keep theirs, those without a value come last either way."""
    with_value = [row for row in rows if row.keys[ordering.column] is not None]
    without = [row for row in rows if row.keys[ordering.column] is None]
    falling = ordering.direction is Direction.DESCENDING
    ordered = sorted(with_value, key=lambda row: row.keys[ordering.column], reverse=falling)  # type: ignore[arg-type,return-value]  # one column holds one type
    return (*ordered, *without)

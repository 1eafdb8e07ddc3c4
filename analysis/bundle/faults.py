"""What is wrong in a bundle, in plain words: file, line, field, what was found, what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

LONGEST_SHOWN = 80
MOST_SHOWN = 50

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong; prints as one plain line.

    `line` counts from 1 (None: about the whole file); `field` is a column or a path such as
    `rounds[1].scale` ("" where there is none); `found` is "" where something is missing.
    """

    file: str
    line: int | None
    field: str
    found: str
    expected: str

    def __str__(self) -> str:
        place = [_printable(self.file)]
        if self.line is not None:
            place.append(f"line {self.line}")
        if self.field:
            place.append(_printable(self.field))
        found = f'"{_shortened(_printable(self.found))}"' if self.found else "nothing"
        return f"{', '.join(place)}: found {found}, expected {_printable(self.expected)}"


class BundleError(ValueError):
    """A bundle that cannot be read or written; `faults` holds everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        lines = [str(fault) for fault in self.faults[:MOST_SHOWN]]
        more = len(self.faults) - len(lines)
        super().__init__("\n".join([*lines, f"and {more} more"] if more else lines))


@dataclass(frozen=True, slots=True)
class Reading(Generic[Value]):
    """What a step of reading gave: a value (None where nothing can be made of it) and its faults."""

    value: Value | None
    faults: tuple[Fault, ...] = ()


def _printable(text: str) -> str:
    """Escape what would break the line or hide in it: control and other unprintable characters."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"

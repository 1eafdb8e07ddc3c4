"""The small values that every definition shares: codes, provenance, and how a fault is told."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

CODE_PATTERN = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
LANGUAGE_PATTERN = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
CODE_EXPECTED = "a code: 1 to 40 of a-z, 0-9, _ and -, beginning with a letter or digit"


class Provenance(StrEnum):
    """Where a row comes from."""

    PUBLISHED = "published"
    DERIVED = "derived"
    ASSUMED = "assumed"
    SYNTHETIC = "synthetic"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a study: where, what was found, what would be right.

    `table` is a bundle's file name; `row` counts its rows from 0 (None: not about one row);
    `field` is a column, or a path such as `rounds[1].scale`.
    """

    table: str
    row: int | None
    field: str
    found: str
    expected: str


class DefinitionError(ValueError):
    """A definition's field holds what it must not.

    `field`, `found` ("" for nothing) and `expected` say which, what, and what would be right;
    `others` holds what else is wrong with the same definition.
    """

    def __init__(self, field: str, found: object, expected: str) -> None:
        self.field = field
        self.others: tuple[DefinitionError, ...] = ()
        self.found = _in_words(found)
        self.expected = expected
        super().__init__(f"{field}: found {self.found!r}, expected {expected}")


class InvalidStudy(ValueError):
    """A study whose parts do not fit together; `problems` holds all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        super().__init__(
            f"{len(self.problems)} problem(s); first: {first.table}: {first.field}: {first.found!r}"
        )


def _in_words(found: object) -> str:
    match found:
        case None:
            return ""
        case tuple():
            return ", ".join(str(item) for item in found)
        case Mapping():
            return ", ".join(f"{name} {value}" for name, value in found.items())
        case _:
            return str(found)


def require(condition: bool, field: str, found: object, expected: str) -> None:
    """Raise `DefinitionError` unless `condition` holds."""
    if not condition:
        raise DefinitionError(field, found, expected)


class Requirements:
    """Requirements of one definition: leaving the `with` block raises one error for all that failed."""

    def __init__(self) -> None:
        self.failed: list[DefinitionError] = []

    def __call__(self, condition: bool, field: str, found: object, expected: str) -> None:
        """Note that `field` is wrong unless `condition` holds."""
        if not condition:
            self.failed.append(DefinitionError(field, found, expected))

    def code(self, code: str, field: str = "code") -> None:
        """Note that `field` is wrong unless `code` is a code."""
        self(CODE_PATTERN.fullmatch(code) is not None, field, code, CODE_EXPECTED)

    def __enter__(self) -> "Requirements":
        return self

    def __exit__(self, *error: object) -> None:
        # A later check may stumble over what an earlier one has noted; the noted faults are what to tell.
        if self.failed:
            first, *others = self.failed
            first.others = tuple(others)
            raise first from None


def require_code(code: str, field: str = "code") -> None:
    """Raise `DefinitionError` unless `code` is a code."""
    require(CODE_PATTERN.fullmatch(code) is not None, field, code, CODE_EXPECTED)


def repeated(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the codes that occur more than once, in the order of their first use."""
    return tuple(code for code, times in Counter(codes).items() if times > 1)

"""TOML files: from text to definitions, every fault at once, each with its line and in plain words."""

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import isfinite
from types import GenericAlias
from typing import Any, Generic, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from analysis.bundle.faults import Fault, Reading
from analysis.bundle.toml_lines import TomlPath, dotted, line_of, lines_of
from analysis.bundle.toml_words import Wrong, fits_toml, wrong_values
from analysis.study.protocol import BUNDLE_FORMAT

Part = TypeVar("Part")
TOML_EXPECTED = "TOML: key = value, text between quotes, each key and table once"
_RATIONAL = re.compile(r"-?[0-9]+(\.[0-9]+|/0*[1-9][0-9]*)?")
_LONGEST_RATIONAL = 100
_LINE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)")
# Of a key with many parts a parser remembers every beginning: time and memory grow with their square.
_LONG_KEY = re.compile(r"(?<![\w-])(?:(?:\"[^\"\n]*\"|'[^'\n]*'|[\w-]+)[ \t]*\.[ \t]*){32}")
_TAKEN_BY_NOTHING = 0.5  # no definition of a bundle has a field for it
_NO_NUMBER = "not a number"


@dataclass(frozen=True, slots=True)
class Definitions(Generic[Part]):
    """What a TOML file defines, and the line of each path."""

    part: Part
    lines: dict[TomlPath, int]


def read_toml(text: str, *, file: str, kind: type[Part]) -> Reading[Definitions[Part]]:
    """Return the `kind` that `text` defines, None where it is at fault."""
    found = "lists or tables within each other, too deep"
    too_deep = Fault(file, None, "", found, "the tables of the format")
    if _LONG_KEY.search(text):
        return Reading(None, (too_deep,))
    try:
        document = tomllib.loads(text)
        return _read(document, lines_of(text), file=file, kind=kind)
    except RecursionError:
        return Reading(None, (too_deep,))
    except ValueError as error:
        return Reading(None, (_syntax_fault(file, text, str(error)),))


def _read(
    document: dict[str, Any], lines: dict[TomlPath, int], *, file: str, kind: type[Part]
) -> Reading[Definitions[Part]]:
    wrong: Sequence[Wrong] = ()
    part: Part | None = None
    if document.get("format", BUNDLE_FORMAT) != BUNDLE_FORMAT:
        wrong = [Wrong(("format",), str(document["format"]), f"{BUNDLE_FORMAT}, the only format there is")]
    else:
        part, wrong = _validated(document, kind)
    faults = tuple(Fault(file, line_of(lines, w.path), dotted(w.path), w.found, w.expected) for w in wrong)
    return Reading(None if part is None or faults else Definitions(part, lines), faults)


def _validated(document: dict[str, object], kind: type) -> tuple[Any, Sequence[Wrong]]:
    # JSON, because its strict mode takes a list for a tuple and text for an enum, never text for a number.
    try:
        return _adapter(kind).validate_json(json.dumps([_as_json(document, ())]))[0], ()
    except ValidationError as error:
        details: list[ErrorDetails] = error.errors(include_url=False, include_input=False)
        return None, wrong_values(details, document=document, kind=kind)


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    # A list of one, because pydantic takes no configuration for a plain dataclass itself.
    list_of_one: Any = GenericAlias(tuple, (kind,))
    return TypeAdapter(list_of_one, config=ConfigDict(extra="forbid", strict=True))


def _as_json(value: object, path: TomlPath) -> object:
    if path[-1:] == ("percent",) or path[-2:-1] == ("values",):
        return value if _is_rational(value) else _NO_NUMBER
    match value:
        case dict():
            return {key: _as_json(item, (*path, key)) for key, item in value.items()}
        case list():
            return [_as_json(item, (*path, place)) for place, item in enumerate(value)]
        case int() if not fits_toml(value):
            return _TAKEN_BY_NOTHING
        case float() if not isfinite(value):
            return _TAKEN_BY_NOTHING
        case str() | bool() | int() | float():
            return value
        case _:
            return _TAKEN_BY_NOTHING  # a date or a time


def _is_rational(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= _LONGEST_RATIONAL and _RATIONAL.fullmatch(value) is not None
    return isinstance(value, int) and not isinstance(value, bool) and fits_toml(value)


def _syntax_fault(file: str, text: str, message: str) -> Fault:
    place = _LINE.search(message)
    line = None
    if place:
        line = int(place[1]) if place[1] else text.rstrip("\n").count("\n") + 1
    found = text.split("\n")[line - 1].strip() if line else ""
    return Fault(file, line, "", found, f"{TOML_EXPECTED} ({_LINE.sub('', message)})")

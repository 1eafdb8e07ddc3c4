"""What is wrong with a TOML value, in plain words: from a validator's error to path, found and expected."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from typing import get_args, get_type_hints

from pydantic_core import ErrorDetails

from analysis.bundle.toml_lines import TomlPath, undotted
from analysis.study.rules import BallotMeasure, MeanMeasure, ShareMeasure, ShareRule, TopRule, TwoListRule
from analysis.study.values import DefinitionError

_NUMBER = 'a number: a whole one, or text such as "1.5" or "3/2"'
_EXPECTED = {
    "missing": "a value: this key is required",
    "string_type": "text between quotes",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a table",
    "dataclass_type": "a table",
    "fraction_parsing": _NUMBER,
    "fraction_type": _NUMBER,
}
_NAMES = re.compile("'([^']*)'")
_KINDS = (ShareRule, TopRule, TwoListRule, ShareMeasure, MeanMeasure, BallotMeasure)
_TAGGED = {
    part.__name__: str(field.default) for part in _KINDS for field in fields(part) if field.name == "kind"
}
_INT, _LIST = "int", "tuple[str, ...]"
_NOTHING = object()


@dataclass(frozen=True, slots=True)
class Wrong:
    """One value of a TOML file that is not right; `found` is "" where a key is missing."""

    path: TomlPath
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an error is: its path, the alternatives of unions judged on the way, the keys allowed."""

    path: TomlPath
    alternatives: tuple[tuple[TomlPath, str], ...]
    keys: tuple[str, ...]


def wrong_values(
    errors: Sequence[ErrorDetails], *, document: Mapping[str, object], kind: type
) -> tuple[Wrong, ...]:
    """Return every wrong value once, in the order of the errors.

    Of a value that may be one of several kinds, only what is wrong with the kind that it says it is.
    """
    found: dict[Wrong, None] = {}
    for error in errors:
        place = _place(error, document, kind)
        for wrong in _judged(error, place, document):
            found.setdefault(wrong)
    return tuple(found)


def fits_toml(number: int) -> bool:
    """Say whether TOML promises to hold `number`: 64 bits. Larger ones can be too long to print."""
    return -(2**63) <= number < 2**63


def in_words(value: object) -> str:
    """Say what a TOML value is, shortly."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() if not fits_toml(value):
            return "a number of more than 64 bits"
        case str() | int() | float() | datetime() | date() | time():
            return str(value)
        case list():
            return f"a list of {len(value)}"
        case dict():
            return "a table"
        case _:
            return ""


def _judged(error: ErrorDetails, place: _Place, document: Mapping[str, object]) -> Iterator[Wrong]:
    for path, alternative in place.alternatives:
        value = _value_at(document, path)
        choice = _unchosen(path, alternative, value)
        if choice:
            yield choice
            return
        if not _chosen(alternative, value):
            return
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, DefinitionError):
        for part in (cause, *cause.others):
            yield Wrong((*place.path, *undotted(part.field)), part.found, part.expected)
    else:
        yield _wrong(error, place, document)


def _wrong(error: ErrorDetails, place: _Place, document: Mapping[str, object]) -> Wrong:
    if error["type"] == "unexpected_keyword_argument":
        return Wrong(place.path, str(place.path[-1]), f"one of the keys {', '.join(place.keys)}")
    names = ", ".join(_NAMES.findall(str(error.get("ctx", {}).get("expected", ""))))
    expected = f"one of: {names}" if names else _EXPECTED.get(error["type"], "what the format describes")
    return Wrong(place.path, in_words(_value_at(document, place.path)), expected)


def _unchosen(path: TomlPath, alternative: str, value: object) -> Wrong | None:
    """Say what is wrong where a value is none of the kinds that it may be."""
    if alternative in (_INT, _LIST):
        right = isinstance(value, list) or (isinstance(value, int) and not isinstance(value, bool))
        return None if right else Wrong(path, in_words(value), "a whole number, or a list of texts")
    if not isinstance(value, dict):
        return Wrong(path, in_words(value), "a table")
    kinds = [kind for name, kind in _TAGGED.items() if name.endswith("Rule") == alternative.endswith("Rule")]
    kind = value.get("kind")
    return None if kind in kinds else Wrong((*path, "kind"), in_words(kind), f"one of: {', '.join(kinds)}")


def _chosen(alternative: str, value: object) -> bool:
    if alternative in (_INT, _LIST):
        return isinstance(value, list) == (alternative == _LIST)
    return isinstance(value, dict) and value.get("kind") == _TAGGED[alternative]


def _place(error: ErrorDetails, document: Mapping[str, object], kind: type) -> _Place:
    path: TomlPath = ()
    alternatives: list[tuple[TomlPath, str]] = []
    here: object = kind
    for step in error["loc"][1:]:
        if step in (_INT, _LIST, *_TAGGED) and _is_alternative(here, str(step)):
            alternatives.append((path, str(step)))
            here = next((part for part in get_args(here) if getattr(part, "__name__", "") == step), None)
        else:
            path = (*path, step)
            parent, here = here, _inside(here, step)
            if here is None and is_dataclass(parent):
                here = parent
    keys = [field.name for field in fields(here)] if isinstance(here, type) and is_dataclass(here) else []
    return _Place(path, tuple(alternatives), tuple(keys))


def _is_alternative(here: object, step: str) -> bool:
    names = [getattr(part, "__name__", "") for part in get_args(here)]
    return step in names or (step == _LIST and "int" in names)


def _inside(here: object, step: str | int) -> object:
    """Return the type at `step` inside the type `here`: a field's, or a list's or mapping's item's."""
    if isinstance(here, type) and is_dataclass(here):
        return get_type_hints(here).get(str(step))
    arguments = [part for part in get_args(here) if part not in (Ellipsis, type(None))]
    return arguments[-1] if arguments else None


def _value_at(document: object, path: TomlPath) -> object:
    here = document
    for step in path:
        if isinstance(here, Mapping):
            here = here.get(step, _NOTHING)
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            return _NOTHING
    return here

"""Definitions as TOML: from a dataclass to text that `analysis.bundle.toml_reader` reads as the same."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from fractions import Fraction

import tomli_w

_FIRST = ("format", "study", "ethics", "feedback", "quantiles", "groups", "scales", "weights", "definitions")
_EMPTY: tuple[object, ...] = (None, "", (), {})


def toml_text(part: object) -> str:
    """Return the TOML of a dataclass, without what is empty by default; equal parts give equal text."""
    table = _table(part)
    ordered = {name: table[name] for name in (*_FIRST, *table) if name in table}
    # In TOML's text of several lines a carriage return would be lost; in one line it is escaped.
    return tomli_w.dumps(ordered, multiline_strings="\\r" not in repr(ordered))


def _table(part: object) -> dict[str, object]:
    if not is_dataclass(part):
        raise TypeError(f"{type(part).__name__} is no definition")
    values = {field.name: (field, getattr(part, field.name)) for field in fields(part)}
    return {name: _plain(value) for name, (field, value) in values.items() if not _left_out(field, value)}


def _left_out(field: Field[object], value: object) -> bool:
    empty = any(value == nothing for nothing in _EMPTY) and not isinstance(value, bool | int)
    makes_default = field.default_factory is not MISSING and field.default_factory() == value
    return empty and (field.default == value or makes_default)


def _plain(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case Fraction():
            return str(value)
        case tuple():
            return [_plain(item) for item in value]
        case Mapping():
            return {key: _plain(value[key]) for key in sorted(value)}
        case _ if is_dataclass(value):
            return _table(value)
        case _:
            return value

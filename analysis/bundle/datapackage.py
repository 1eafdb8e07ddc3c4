"""The schema of a bundle's tables as a Frictionless Data Package, made from the one list of columns."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.bundle.columns import TABLES, Column, Kind, Table, text_table, wording_table
from analysis.study.protocol import Identity
from analysis.study.values import CODE_PATTERN

PROFILE = "tabular-data-package"
DIALECT = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True}
_CODE = CODE_PATTERN.pattern
_TYPES = {Kind.WHOLE: "integer"}


def descriptor_text(study: Identity, *, files: Mapping[str, str]) -> str:
    """Return `datapackage.json` for the tables among `files` (name to text), with a line feed at its end."""
    tables: list[Table[Any]] = [table for table in TABLES if table.file in files]
    tables += [table for table in map(wording_table, sorted(study.languages)) if table.file in files]
    tables += [table for table in map(text_table, sorted(study.languages)) if table.file in files]
    descriptor = {
        "profile": PROFILE,
        "name": study.code,
        "title": study.title,
        "description": study.note,
        "resources": [_resource(table, files[table.file], study.synthetic) for table in tables],
    }
    if not study.note:
        del descriptor["description"]
    return json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"


def _resource(table: Table[Any], text: str, synthetic: Sequence[str]) -> dict[str, object]:
    name = table.file.removesuffix(".csv")
    generated = "; synthetic: generated, not answered by anybody" if name in synthetic else ""
    return {
        "profile": "tabular-data-resource",
        "name": name.lower().replace(".", "-"),
        "path": table.file,
        "description": f"{table.meaning}{generated}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": DIALECT,
        "schema": _schema(table, text.partition("\n")[0].split(",")),
    }


def _schema(table: Table[Any], header: Sequence[str]) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [_field(column) for column in table.columns if column.name in header],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    links = [_foreign_key(column) for column in table.columns if column.refers_to]
    if links:
        schema["foreignKeys"] = links
    return schema


def _field(column: Column) -> dict[str, object]:
    constraints: dict[str, object] = {"required": True} if column.required else {}
    match column.kind:
        case Kind.CODE:
            constraints["pattern"] = _CODE
        case Kind.CODES:
            constraints["pattern"] = f"{_CODE}( {_CODE})*"
        case Kind.CHOICE if column.choices:
            constraints["enum"] = [str(choice) for choice in column.choices]
        case Kind.MARK:
            constraints["enum"] = [column.mark]
        case _ if column.least is not None:
            constraints["minimum"] = column.least
    field: dict[str, object] = {
        "name": column.name,
        "type": _TYPES.get(column.kind, "string"),
        "description": column.meaning,
    }
    return field | ({"constraints": constraints} if constraints else {})


def _foreign_key(column: Column) -> dict[str, object]:
    file, name = column.refers_to or ("", "")
    return {"fields": column.name, "reference": {"resource": file.removesuffix(".csv"), "fields": name}}

"""Every table's columns as the manual shows them; `python -m analysis.bundle.reference PAGE` renews it."""

import sys
from pathlib import Path
from typing import Any

from analysis.bundle.columns import TABLES, Column, Kind, Table, text_table, wording_table

BEGIN, END = "<!-- columns: begin -->\n", "<!-- columns: end -->\n"
ANY_LANGUAGE = "<language>"


def column_tables() -> str:
    """Return every table's columns as Markdown."""
    tables: list[Table[Any]] = [*TABLES, wording_table(ANY_LANGUAGE), text_table(ANY_LANGUAGE)]
    return "\n".join(_section(table) for table in tables)


def with_current_columns(page: str) -> str:
    """Return `page` with the part between the two marks renewed; ValueError if it has no marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    if not rest or END not in rest:
        raise ValueError(f"the page needs {BEGIN!r} and {END!r}")
    return f"{before}{BEGIN}\n{column_tables()}\n{END}{after}"


def _section(table: Table[Any]) -> str:
    needed = "required" if table.required else "optional"
    lines = [f"### `{table.file}` ({needed})", "", f"{_sentence(table.meaning)}", ""]
    lines += ["| column | holds | may be empty | meaning |", "| --- | --- | --- | --- |"]
    lines += [_row(column) for column in table.columns]
    if table.key:
        together = " and ".join(filter(None, (", ".join(table.key[:-1]), table.key[-1])))
        lines += ["", f"No two rows have the same {together}."]
    return "\n".join(lines) + "\n"


def _row(column: Column) -> str:
    empty = "no" if column.required else "yes"
    without = "" if column.absent is None else f" (without the column: {column.absent or 'empty'})"
    return f"| `{column.name}` | {_holds(column)} | {empty} | {column.meaning}{without} |"


def _holds(column: Column) -> str:
    match column.kind:
        case Kind.CHOICE if column.choices:
            return ", ".join(f"`{choice}`" for choice in column.choices)
        case Kind.MARK:
            return f"`{column.mark}`"
        case Kind.CODES:
            return "codes parted by one space"
        case _ if column.refers_to:
            return f"{column.kind} of `{column.refers_to[0]}`"
        case _:
            return str(column.kind)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _renew(path: Path) -> None:
    path.write_text(with_current_columns(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    _renew(Path(sys.argv[1]))

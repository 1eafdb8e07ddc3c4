"""Tables, sentences and JSON on standard output: coloured in a terminal, plain when piped."""

import json
from collections.abc import Collection, Sequence
from typing import Literal

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

# Wide enough that a row is never folded when another program reads it.
_UNFOLDED_WIDTH = 2000
# Text is folded in columns of at least this many letters.
_NARROWEST_TEXT = 12
_GAPS = (2, 1)


def print_table(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, text_columns: Collection[int] = (0,)
) -> None:
    """Print a table; the columns in `text_columns` (from 0) stand to the left, numbers to the right.

    In a terminal that is wide enough, text may be folded; elsewhere each row is one line.
    """
    console = Console(highlight=False)
    if console.is_terminal:
        for gap in _GAPS:
            widths = _widths(header, rows, text_columns, room=console.width - gap * (len(header) - 1))
            if widths:
                console.print(_table(header, rows, text_columns, widths=widths, gap=gap))
                return
    unfolded = Console(width=_UNFOLDED_WIDTH, highlight=False, no_color=True, force_terminal=False)
    with unfolded.capture() as capture:
        unfolded.print(_table(header, rows, text_columns))
    for line in capture.get().splitlines():
        click.echo(line.rstrip())


def _widths(
    header: Sequence[str], rows: Sequence[Sequence[str]], text_columns: Collection[int], *, room: int
) -> list[int]:
    """Return a width for each column that together fill at most `room`; none if it is too little."""
    columns = [[name, *(row[at] for row in rows)] for at, name in enumerate(header)]
    natural = [max(map(len, cells)) for cells in columns]
    widths = []
    for at, (name, *cells) in enumerate(columns):
        words = [word for cell in cells for word in cell.split()] if at in text_columns else cells
        longest = max(map(len, [*words, *name.split()]), default=0)
        widths.append(max(longest, min(natural[at], _NARROWEST_TEXT)) if at in text_columns else longest)
    spare = room - sum(widths)
    if spare < 0:
        return []
    for at in sorted(range(len(widths)), key=lambda at: at in text_columns):
        grown = min(spare, natural[at] - widths[at])
        widths[at] += grown
        spare -= grown
    return widths


def _table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    text_columns: Collection[int],
    *,
    widths: Sequence[int] = (),
    gap: int = 2,
) -> Table:
    """Build the table: with a line under the head and columns of `widths`, or plain without them."""
    frame, right = (box.SIMPLE_HEAD, gap - 1) if widths else (None, gap)
    table = Table(box=frame, show_edge=False, pad_edge=False, padding=(0, right, 0, 0))
    for at, name in enumerate(header):
        justify: Literal["left", "right"] = "left" if at in text_columns else "right"
        table.add_column(Text(name), justify=justify, width=widths[at] if widths else None)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def print_lines(*lines: str) -> None:
    """Print sentences, each on its own line; empty ones are passed over."""
    for line in lines:
        if line:
            click.echo(line)


def print_json(value: object) -> None:
    """Print `value` as JSON, two spaces deep, letters of every script as they are."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def percent(share: float) -> str:
    """Return a share of one as a percentage with one decimal, for reading."""
    return f"{100 * share:.1f} %"

"""Tables, sentences and JSON on standard output: coloured in a terminal, plain when piped."""

import json
from collections.abc import Collection, Sequence

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

# Wide enough that a row is never folded when another program reads it.
_UNFOLDED_WIDTH = 2000


def print_table(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, text_columns: Collection[int] = (0,)
) -> None:
    """Print a table; the columns in `text_columns` (from 0) stand to the left, numbers to the right.

    In a terminal that is wide enough cells may be folded; elsewhere each row is one line.
    """
    console = Console(highlight=False)
    table = _table(header, rows, text_columns, frame=box.SIMPLE_HEAD)
    if console.is_terminal and console.measure(table).minimum <= console.width:
        console.print(table)
        return
    unfolded = Console(width=_UNFOLDED_WIDTH, highlight=False, no_color=True, force_terminal=False)
    with unfolded.capture() as capture:
        unfolded.print(_table(header, rows, text_columns, frame=None))
    for line in capture.get().splitlines():
        click.echo(line.rstrip())


def _table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    text_columns: Collection[int],
    *,
    frame: box.Box | None,
) -> Table:
    table = Table(box=frame, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for at, name in enumerate(header):
        table.add_column(Text(name), justify="left" if at in text_columns else "right")
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

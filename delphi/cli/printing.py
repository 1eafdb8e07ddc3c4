"""What a command says: words for people, JSON for programs, and why it refuses."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


class Refused(click.ClickException):
    """Bad input or settings: printed line by line, exit code 2."""

    exit_code = 2

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the reasons, one a line."""
        for line in self.lines:
            click.echo(line, file=file or sys.stderr)


def print_json(value: object) -> None:
    """Print one JSON value for a program."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@contextmanager
def step(words: str) -> Iterator[None]:
    """Say on the error stream what is being done, and how long it took."""
    click.echo(f"{words} … ", nl=False, err=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        click.echo("", err=True)
        raise
    click.echo(f"{time.monotonic() - began:.1f} s", err=True)

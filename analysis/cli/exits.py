"""How a command ends."""

from typing import NoReturn

import click

FINDING = 1
BAD_INPUT = 2


def end_with(status: int) -> NoReturn:
    """End the command with this exit status."""
    raise click.exceptions.Exit(status)


def refuse(*lines: str) -> NoReturn:
    """End the command because of what it was given: one line of standard error for each thing wrong."""
    for line in lines:
        click.echo(line, err=True)
    end_with(BAD_INPUT)

"""A bundle as a command's argument: a folder or zip that is read whole, or refused with every fault."""

from pathlib import Path

import click

from analysis.bundle.faults import BundleError
from analysis.bundle.reader import read
from analysis.cli.exits import refuse
from analysis.study.study import Study


def _read(_context: click.Context, _parameter: click.Parameter, path: Path) -> Study:
    """Return the study at `path`, or end with status 2 and its faults, one a line, on standard error."""
    try:
        return read(path)
    except BundleError as error:
        refuse(*(str(fault) for fault in error.faults))


bundle_argument = click.argument("study", metavar="BUNDLE", type=click.Path(path_type=Path), callback=_read)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

"""All commands."""

import click

from analysis import __version__
from analysis.cli.attrition_command import attrition
from analysis.cli.bundle_commands import check, datapackage, synthesise
from analysis.cli.path_command import path
from analysis.cli.report_command import report
from analysis.cli.reproduce_command import reproduce
from analysis.cli.simulate_command import simulate
from analysis.cli.verdicts_command import verdicts


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="analysis")
def main() -> None:
    """Compute a Delphi study's numbers from its bundle.

    Exit status: 0 done, 1 done with a finding, 2 the input cannot be used.
    """


for command in (report, path, reproduce, verdicts, attrition, simulate, check, synthesise, datapackage):
    main.add_command(command)

"""The command `delphi`: set up, serve, show, and look after an installation."""

import click

from delphi.cli.audit_trail import audit
from delphi.cli.bounces import bounces
from delphi.cli.demo import demo
from delphi.cli.doctor import doctor
from delphi.cli.init import init
from delphi.cli.serve import serve
from delphi.cli.studies import study
from delphi.cli.users import user
from delphi.cli.worker import worker


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Chorus: Delphi studies online.

    Settings come from the environment (DELPHI_…); see `delphi doctor`. Exit codes: 0 done, 1 something was
    found, 2 bad input or settings.
    """


for command in (init, serve, worker, bounces, demo, study, user, audit, doctor):
    commands.add_command(command)

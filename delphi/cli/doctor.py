"""`delphi doctor`: checks the installation and says what to do."""

import os
from dataclasses import asdict

import click

from delphi.cli import checks
from delphi.cli.checks import Finding
from delphi.cli.installation import data_folder, make_app
from delphi.cli.mail_checks import mail
from delphi.cli.printing import as_json, print_json
from delphi.cli.secrets_file import read_secrets
from delphi.config import Config, ConfigError
from delphi.extensions import db
from delphi.web.clock import now


@click.command()
@click.option("--mail", "connects", is_flag=True, help="Also speak to the mail server; nothing is sent.")
@as_json
@click.pass_context
def doctor(context: click.Context, connects: bool, as_json: bool) -> None:
    """Check the installation. Exit code 1 if something needs doing."""
    findings = examine(connects_to_mail=connects)
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            click.echo(f"{'OK' if finding.is_ok else 'TO DO':<6} {finding.what}: {finding.found}")
            if not finding.is_ok:
                click.echo(f"       {finding.to_do}")
    context.exit(0 if all(finding.is_ok for finding in findings) else 1)


def examine(*, connects_to_mail: bool = False) -> list[Finding]:
    """Return what each check found; those that need the app are left out where it cannot be made."""
    folder = data_folder(os.environ)
    environ = {**read_secrets(folder), **os.environ}
    assets = checks.assets()
    findings = [checks.python(), assets, checks.disk(folder), checks.clock(), checks.secrets_file(folder)]
    try:
        config = Config.from_environment(environ)
    except ConfigError as error:
        return [
            *findings,
            *(Finding("settings", sentence, "Set it and run this again.") for sentence in error.problems),
        ]
    findings += [checks.secrets(config), checks.contact_key(config)]
    return [*findings, *_database(config, connects_to_mail=connects_to_mail)] if assets.is_ok else findings


def _database(config: Config, *, connects_to_mail: bool) -> list[Finding]:
    app = make_app(config)
    with app.app_context():
        try:
            findings = checks.database(config)
            if all(finding.what != "database" or finding.is_ok for finding in findings):
                findings += mail(config, connects=connects_to_mail, now=now())
            return findings
        finally:
            db.engine.dispose()

"""`delphi init`: the data folder, the secrets, the database."""

import os
from pathlib import Path

import click

from delphi.cli import schema
from delphi.cli.installation import data_folder, make_app, settings
from delphi.cli.printing import Refused, as_json, print_json
from delphi.cli.secrets_file import FILE_NAME, make_secrets
from delphi.extensions import db

SECRETS = ("DELPHI_SECRET_KEY", "DELPHI_CONTACT_KEY")
NEXT = (
    "Next:",
    "  delphi user add you@example.org       an account for you",
    "  delphi serve                          start it; then sign in and choose Begin a new study",
    "  delphi study import FOLDER --owner you@example.org    or load a study that is a bundle",
    "  delphi doctor                         check the installation",
)


@click.command()
@as_json
def init(as_json: bool) -> None:
    """Make the data folder and, outside production, missing secrets; bring the database up to date.

    Can be run again at any time, such as after an update: what is there is kept.
    """
    folder = data_folder(os.environ)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = make_missing_secrets(folder)
    app = make_app(settings())
    with app.app_context():
        before = schema.state()
        if before.failure:
            raise Refused(before.sentence, "Check DELPHI_DATABASE_URL and that the database server runs.")
        schema.upgrade()
        after = schema.state()
        db.engine.dispose()
    if as_json:
        print_json({"folder": str(folder), "secrets": made and str(made), "migration": after.current})
        return
    click.echo(f"Data folder: {folder}")
    if made:
        click.echo(f"New secrets: {made} (keep a copy apart from the database)")
    click.echo(after.sentence)
    for line in NEXT:
        click.echo(line)


def make_missing_secrets(folder: Path) -> Path | None:
    """Write a secrets file outside production where there is neither one nor a secret in the environment."""
    in_production = (os.environ.get("DELPHI_ENV") or "production") == "production"
    if in_production or any(os.environ.get(name) for name in SECRETS) or (folder / FILE_NAME).exists():
        return None
    return make_secrets(folder)

"""`delphi audit`: seal the audit trail and verify it."""

from dataclasses import asdict

import click

from delphi.audit.sealing import Head, head_of, seal_trail
from delphi.audit.verifying import Verified, verify_trail
from delphi.cli.installation import working_app
from delphi.cli.printing import as_json, print_json
from delphi.extensions import db
from delphi.web.clock import now


@click.group()
def audit() -> None:
    """The audit trail: who did what, when."""


@audit.command()
@as_json
def seal(as_json: bool) -> None:
    """Seal what is new in the trail, and print the newest seal to keep elsewhere. Run it once an hour."""
    with working_app():
        rows = seal_trail(db.engine, now=now())
        with db.engine.connect() as connection:
            head = head_of(connection)
    if as_json:
        print_json({"rows": rows, "number": head and head.number, "sha256": head and head.sha256})
        return
    click.echo(f"Sealed {rows} rows. {_words_of(head)}")


@audit.command()
@click.option("--kept", help="A seal's SHA-256 that you kept elsewhere: it must be in the chain.")
@as_json
@click.pass_context
def verify(context: click.Context, kept: str | None, as_json: bool) -> None:
    """Check the trail against its seals. Exit code 1 if a row was changed, removed or added."""
    with working_app(), db.engine.connect() as connection:
        found = verify_trail(connection, kept_head=kept)
        head = head_of(connection)
    if as_json:
        print_json(asdict(found))
    else:
        click.echo(_found(found, head))
    context.exit(0 if found.is_whole else 1)


def _found(found: Verified, head: Head | None) -> str:
    if found.first_break is not None:
        return f"The trail is broken at seal {found.first_break.seal}. {found.first_break.sentence}"
    return f"Whole: {found.rows} rows, {found.unsealed} not sealed yet. {_words_of(head)}"


def _words_of(head: Head | None) -> str:
    if head is None:
        return "There is no seal yet."
    return f"Newest seal: {head.number}, made {head.sealed_at:%Y-%m-%d %H:%M} UTC\n{head.sha256}"

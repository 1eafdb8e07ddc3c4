"""`delphi bounces`: reads what mail servers report of messages that could not be delivered."""

import mailbox
import sys
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import click
from flask import current_app

from delphi.cli.installation import working_app
from delphi.cli.printing import Refused, as_json, print_json
from delphi.mail.bounces import Kept, keep_report
from delphi.mail.reports import NotOurs, read_report
from delphi.web.clock import now

MOST_BYTES = 10 * 1024 * 1024
NOT_OURS = "not_ours"


@click.command()
@click.argument("place", required=False, type=click.Path(path_type=Path))
@as_json
@click.pass_context
def bounces(context: click.Context, place: Path | None, as_json: bool) -> None:
    """Read reports of mail that could not be delivered, and note whom it did not reach.

    PLACE is a Maildir, an mbox file, or a folder of .eml files; without it one message is read from the
    standard input. Nothing is deleted; what was read before adds nothing. Exit code 1 if a message is no
    report about mail of ours: a person should look at it.
    """
    tally = Counter[str]()
    with working_app():
        secret = str(current_app.secret_key)
        for message in _messages_in(place):
            report = read_report(message, secret=secret)
            kept = NOT_OURS if isinstance(report, NotOurs) else keep_report(report, now=now()).value
            tally[kept] += 1
    names = (*(kept.value for kept in Kept), NOT_OURS)
    if as_json:
        print_json({name: tally[name] for name in names})
    else:
        counts = ", ".join(f"{name.replace('_', ' ')} {tally[name]}" for name in names)
        click.echo(f"Reports: {counts}.")
    context.exit(1 if tally[NOT_OURS] or tally[Kept.NO_MESSAGE.value] else 0)


def _messages_in(place: Path | None) -> Iterator[Message]:
    if place is None:
        content = sys.stdin.buffer.read(MOST_BYTES + 1)
        if not content.strip() or len(content) > MOST_BYTES:
            raise Refused("The standard input holds no message, or one of more than 10 MB.")
        yield message_from_bytes(content)
    elif (place / "cur").is_dir() and (place / "new").is_dir():
        yield from mailbox.Maildir(place, create=False)
    elif place.is_dir():
        yield from (message_from_bytes(file.read_bytes()) for file in sorted(place.glob("*.eml")))
    elif place.is_file() and place.read_bytes()[:5] == b"From ":
        yield from mailbox.mbox(place, create=False)
    elif place.is_file():
        yield message_from_bytes(place.read_bytes())
    else:
        raise Refused(f"There is no {place}.", "Name a Maildir, an mbox file, or a folder of .eml files.")

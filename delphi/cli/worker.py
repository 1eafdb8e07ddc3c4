"""`delphi worker`: sends the mail that is due."""

import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click
from flask import current_app
from rich.console import Console
from rich.progress import Progress

from delphi.cli.installation import working_app
from delphi.cli.printing import Refused, as_json, print_json
from delphi.domain.outbox import LONGEST_PAUSE, pause_after
from delphi.inviting.letters import compose
from delphi.inviting.wording import mail_settings
from delphi.mail.outbox import number_due
from delphi.mail.postbox import Fate, NoPostbox
from delphi.mail.sending import Sending, postbox_of, send_due
from delphi.team.mailing import send_team_mail
from delphi.web.clock import now

LOOKS_EVERY_SECONDS = 5.0
ENOUGH_FOR_A_BAR = 20


@click.command()
@click.option("--once", is_flag=True, help="Send what is due, then end.")
@as_json
@click.pass_context
def worker(context: click.Context, once: bool, as_json: bool) -> None:
    """Send the mail that is due, again and again. Any number of workers may run; SIGTERM stops them."""
    tally = Counter[Fate]()
    with _stopped_by_signals() as stop, working_app():
        sending = _sending(stop)
        unreachable = int(_send_with_bar(sending, tally))
        while not (once or stop.is_set()):
            stop.wait(_pause_seconds(unreachable))
            failed = _send_with_bar(sending, tally)
            unreachable = unreachable + 1 if failed else 0
    if as_json:
        print_json({fate.value: tally[fate] for fate in Fate} | {"server_reached": not unreachable})
    else:
        counts = ", ".join(f"{fate.value} {tally[fate]}" for fate in Fate)
        click.echo(f"Messages: {counts}.")
    context.exit(1 if once and unreachable else 0)


def _sending(stop: threading.Event) -> Sending:
    settings = mail_settings()
    if settings is None:
        raise Refused("Mail is off: set DELPHI_SMTP_URL, DELPHI_MAIL_FROM and DELPHI_ADDRESS.")
    postbox = postbox_of(settings, folder=current_app.config["MAIL_FOLDER"])
    return Sending(compose=compose, postbox=postbox, sender=settings.sender, clock=now, stops=stop.is_set)


def _send_with_bar(sending: Sending, tally: Counter[Fate]) -> bool:
    """Send what is due and say whether the server could not be reached; a bar where there is much to do."""
    due = number_due(now=now())
    with Progress(console=Console(stderr=True), disable=due < ENOUGH_FOR_A_BAR) as progress:
        task = progress.add_task("Sending", total=due)

        def count(fate: Fate) -> None:
            tally[fate] += 1
            progress.advance(task)

        try:
            send_due(sending, each=count)
            send_team_mail(sending, each=count)
        except NoPostbox as error:
            click.echo(f"The mail server cannot be reached ({error}). Nothing is lost.", err=True)
            return True
    return False


def _pause_seconds(unreachable: int) -> float:
    """How long to wait before looking again: longer each time that the server cannot be reached."""
    if not unreachable:
        return LOOKS_EVERY_SECONDS
    return (pause_after(unreachable) or LONGEST_PAUSE).total_seconds()


@contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    """An event that SIGTERM and SIGINT set, while the block runs."""
    stop = threading.Event()

    def note(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    before = [(each, signal.signal(each, note)) for each in (signal.SIGTERM, signal.SIGINT)]
    try:
        yield stop
    finally:
        for each, handler in before:
            signal.signal(each, handler)

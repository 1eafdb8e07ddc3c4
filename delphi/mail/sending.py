"""What a worker does: sends what is due, one message after the other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from delphi.extensions import db
from delphi.mail.outbox import Compose, begin_next, end, number_due
from delphi.mail.postbox import Fate, FolderPostbox, Postbox, ServerPostbox
from delphi.mail_settings import MailSettings


@dataclass(frozen=True, kw_only=True)
class Sending:
    """What sending needs: `compose` makes a message, `clock` tells the time, `stops` when to end early."""

    compose: Compose
    postbox: Postbox
    sender: str
    clock: Callable[[], datetime]
    stops: Callable[[], bool]


def send_due(sending: Sending, *, each: Callable[[Fate], None]) -> None:
    """Send what is due, until nothing is or it `stops`; raises NoPostbox when the server cannot be reached.

    The server is asked first whether it listens: a message is begun only when it can go at once.
    """
    try:
        while not sending.stops() and number_due(now=sending.clock()):
            sending.postbox.open()
            begun = begin_next(sending.compose, sender=sending.sender, now=sending.clock())
            if begun is None:
                return
            answer = sending.postbox.post(begun.email)
            end(begun, answer, now=sending.clock())
            each(answer.fate)
    finally:
        db.session.rollback()
        sending.postbox.close()


def postbox_of(settings: MailSettings, *, folder: Path) -> Postbox:
    """Return where messages go with these settings."""
    if settings.server is None:
        return FolderPostbox(folder)
    return ServerPostbox(settings.server, returns_to=settings.returns_to)

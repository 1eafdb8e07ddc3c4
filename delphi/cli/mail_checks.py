"""What `delphi doctor` looks at about mail."""

from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

from delphi.cli.checks import Finding
from delphi.config import Config
from delphi.domain.outbox import CONVERSATION
from delphi.extensions import db
from delphi.mail.outbox import is_waiting
from delphi.mail.postbox import NoPostbox, ServerPostbox
from delphi.models import Message

LONG = timedelta(hours=1)  # a worker looks every few seconds


def mail(config: Config, *, connects: bool, now: datetime) -> list[Finding]:
    """Whether mail is set up, and nothing in the outbox waits for somebody. `connects`: ask the server."""
    return [_settings(config), *([_server(config)] if connects else []), _waiting(config, now), _unsure(now)]


def _settings(config: Config) -> Finding:
    if config.mail is None:
        return Finding("mail", "off: no mail server is named, links are passed on by hand")
    if config.mail.server is None:
        return Finding("mail", "kept in a folder of this machine, nothing is sent")
    bounces = f", reports to {config.mail.returns_to}" if config.mail.returns_to else ""
    return Finding("mail", f"through {config.mail.server.host}{bounces}")


def _server(config: Config) -> Finding:
    if config.mail is None or config.mail.server is None:
        return Finding("mail server", "none is named")
    postbox = ServerPostbox(config.mail.server)
    try:
        postbox.open()
    except NoPostbox as error:
        return Finding("mail server", f"cannot be reached ({error})", "Check DELPHI_SMTP_URL.")
    postbox.close()
    return Finding("mail server", "answers and lets us in")


def _waiting(config: Config, now: datetime) -> Finding:
    """Rows that are due for long were seen by no worker; one that failed for now is due later."""
    number = db.session.scalar(select(func.count()).where(is_waiting(), Message.due_at < now - LONG)) or 0
    if not number:
        return Finding("outbox", "nothing waits for long")
    advice = "Set up mail: see deploy/README.md." if config.mail is None else "Start `delphi worker`."
    return Finding("outbox", f"no worker was seen: {number} due for more than an hour", advice)


def _unsure(now: datetime) -> Finding:
    is_over = or_(Message.refusal.is_not(None), Message.began_at < now - CONVERSATION)
    open_end = (Message.began_at.is_not(None), Message.sent_at.is_(None), Message.refused_at.is_(None))
    query = select(func.count()).where(*open_end, Message.dropped_at.is_(None), is_over)
    number = db.session.scalar(query) or 0
    if not number:
        return Finding("unsure messages", "none")
    advice = "On the page Messages, the team decides whether to send them again."
    return Finding("unsure messages", f"{number} may or may not have gone out", advice)

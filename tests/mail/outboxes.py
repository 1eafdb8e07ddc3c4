"""A study whose people can be written to, and messages that are owed to them."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select, update

from delphi.access.contacts import ContactDetails, keep_contact
from delphi.app import create_app
from delphi.config import Config
from delphi.extensions import db
from delphi.inviting.letters import compose
from delphi.mail.postbox import Fate, ServerPostbox
from delphi.mail.sending import Sending, send_due
from delphi.mail_settings import MailSecurity, MailServer, MailSettings
from delphi.models import Message, MessageCause
from tests.studies_on_app import StudyOnApp

NOON = datetime(2031, 5, 5, 11, tzinfo=UTC)  # 12:00 in London
SENDER, ADDRESS = "Questionnaires <post@chorus.example>", "https://chorus.example"
NOWHERE = MailServer(host="127.0.0.1", port=9, security=MailSecurity.NONE)


def on_this_machine(port: int) -> MailServer:
    """A mail server beside us, without TLS."""
    return MailServer(host="127.0.0.1", port=port, security=MailSecurity.NONE)


def settings_for(server: MailServer | None = NOWHERE) -> MailSettings:
    """Mail over a server; None: kept in a folder."""
    return MailSettings(sender=SENDER, address=ADDRESS, server=server)


def mailing_app(database_url: str, folder: Path, server: MailServer | None = NOWHERE) -> Flask:
    """An app with mail."""
    return create_app(
        Config.for_tests(database_url=database_url, data_folder=folder, mail=settings_for(server))
    )


def give_contacts(app: Flask, study: StudyOnApp, codes: Sequence[str]) -> None:
    """Give people an e-mail address, made of their code."""
    with app.app_context():
        for code in codes:
            keep_contact(
                study.panellists[code],
                contact=ContactDetails(name=code, email=f"{code}@people.example"),
                keys=app.config["CONTACT_KEYS"],
                by="command line",
                now=NOON,
            )


def owe(app: Flask, study: StudyOnApp, codes: Sequence[str], *, due_at: datetime = NOON) -> None:
    """Put an invitation to Round 2 into the outbox for each person."""
    with app.app_context():
        db.session.add_all(
            Message(
                study_id=study.study_id,
                round_id=study.rounds["2"],
                panellist_id=study.panellists[code],
                cause=MessageCause.INVITATION,
                number=1,
                language="en",
                queued_at=NOON,
                due_at=due_at,
            )
            for code in codes
        )
        db.session.commit()


def send(app: Flask, server: MailServer, *, now: datetime = NOON, timeout: float = 5) -> Counter[Fate]:
    """Send what is due, as one worker does."""
    fates: Counter[Fate] = Counter()
    sending = Sending(
        compose=compose,
        postbox=ServerPostbox(server, timeout_seconds=timeout),
        sender=SENDER,
        clock=lambda: now,
        stops=lambda: False,
    )
    with app.app_context():
        send_due(sending, each=lambda fate: fates.update([fate]))
    return fates


def only_message(app: Flask) -> Message:
    """The one message of the outbox."""
    with app.app_context():
        return db.session.scalars(select(Message)).one()


def begin_long_ago(app: Flask) -> None:
    """Put the beginning of what is being sent an hour back."""
    with app.app_context():
        long_ago = datetime.now(UTC) - timedelta(hours=1)
        db.session.execute(update(Message).where(Message.began_at.is_not(None)).values(began_at=long_ago))
        db.session.commit()

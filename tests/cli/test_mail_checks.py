"""What `delphi doctor` says of mail."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from delphi.cli.mail_checks import mail
from delphi.config import Config
from tests.apps import close_connections
from tests.data.small_study import small_study
from tests.mail.mail_server import Inbox, free_port, running_mail_server
from tests.mail.outboxes import NOON, give_contacts, mailing_app, on_this_machine, owe, send, settings_for
from tests.studies_on_app import load_study


@pytest.fixture
def app(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An app with mail, and an invitation owed to s4."""
    app = mailing_app(migrated_sqlite_url, tmp_path)
    study = load_study(app, small_study(), open_round="2")
    give_contacts(app, study, ["s4"])
    owe(app, study, ["s4"])
    yield app
    close_connections(app)


def found(app: Flask, *, port: int = 9, now: datetime = NOON, connects: bool = False) -> dict[str, bool]:
    config = Config.for_tests(
        database_url="sqlite://", data_folder=Path(), mail=settings_for(on_this_machine(port))
    )
    with app.app_context():
        return {each.what: each.is_ok for each in mail(config, connects=connects, now=now)}


def test_messages_that_nobody_takes_out_are_told(app: Flask) -> None:
    assert found(app)["outbox"]
    assert not found(app, now=NOON + timedelta(hours=2))["outbox"]


def test_a_message_of_which_nobody_knows_is_told(app: Flask) -> None:
    assert found(app)["unsure messages"]
    inbox = Inbox()
    inbox.silent_seconds = 2
    with running_mail_server(inbox) as port:
        send(app, on_this_machine(port), timeout=0.5)
    assert not found(app)["unsure messages"]


def test_the_server_is_asked_only_if_that_is_wanted(app: Flask) -> None:
    assert "mail server" not in found(app)
    with running_mail_server(Inbox()) as port:
        assert found(app, port=port, connects=True)["mail server"]
    assert not found(app, port=free_port(), connects=True)["mail server"]

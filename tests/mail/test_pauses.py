"""No message goes out while nobody can answer."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from delphi.extensions import db
from delphi.mail.postbox import Fate
from delphi.models import Round
from tests.apps import close_connections
from tests.data.small_study import small_study
from tests.mail.mail_server import Inbox, running_mail_server
from tests.mail.outboxes import (
    NOON,
    give_contacts,
    mailing_app,
    on_this_machine,
    only_message,
    owe,
    send,
)
from tests.studies_on_app import StudyOnApp, load_study

HOUR = timedelta(hours=1)


@pytest.fixture
def app(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = mailing_app(migrated_sqlite_url, tmp_path)
    yield app
    close_connections(app)


@pytest.fixture
def study(app: Flask) -> StudyOnApp:
    """An invitation is owed to s4."""
    study = load_study(app, small_study(), open_round="2")
    give_contacts(app, study, ["s4"])
    owe(app, study, ["s4"])
    return study


@pytest.mark.parametrize(
    ("times", "again"),
    [
        ({"paused_at": NOON - HOUR}, NOON + HOUR),
        ({"paused_at": NOON - HOUR, "resumes_at": NOON + 9 * HOUR}, NOON + HOUR),
        ({"paused_at": NOON - HOUR, "resumes_at": NOON + HOUR / 4}, NOON + HOUR / 4),
        ({"begins_at": NOON + HOUR / 2}, NOON + HOUR / 2),
    ],
)
def test_a_message_waits_until_somebody_can_answer(
    app: Flask, study: StudyOnApp, times: dict[str, datetime], again: datetime
) -> None:
    with app.app_context():
        opened = {"opened_at": NOON - 3 * HOUR}
        db.session.execute(update(Round).where(Round.id == study.rounds["2"]).values(opened | times))
        db.session.commit()
    inbox = Inbox()
    with running_mail_server(inbox) as port:
        assert send(app, on_this_machine(port)) == {}
    assert inbox.emails == []
    assert only_message(app).due_at == again


def test_what_waited_is_sent_after_the_pause(app: Flask, study: StudyOnApp) -> None:
    with app.app_context():
        times = {"opened_at": NOON - 3 * HOUR, "paused_at": NOON - 2 * HOUR, "resumes_at": NOON - HOUR}
        db.session.execute(update(Round).where(Round.id == study.rounds["2"]).values(times))
        db.session.commit()
    inbox = Inbox()
    with running_mail_server(inbox) as port:
        assert send(app, on_this_machine(port)) == {Fate.SENT: 1}
    assert len(inbox.emails) == 1

"""Workers as processes: killed in the middle, two at a time, on each database."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from delphi.extensions import db
from delphi.inviting.message_states import state_now
from delphi.mail.postbox import Fate
from delphi.models import Message
from tests.apps import close_connections
from tests.data.small_study import small_study
from tests.mail.mail_server import Inbox, running_mail_server
from tests.mail.outboxes import (
    ADDRESS,
    SENDER,
    begin_long_ago,
    give_contacts,
    mailing_app,
    on_this_machine,
    owe,
    send,
)
from tests.studies_on_app import load_study

EVERYONE = ("s1", "s2", "s3", "s4", "s6", "r1", "r2")
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """A migrated database of each kind."""
    kind = "migrated_sqlite_url" if request.param == "sqlite" else "migrated_postgres_url"
    found: str = request.getfixturevalue(kind)
    return found


@pytest.fixture
def app(url: str, tmp_path: Path) -> Iterator[Flask]:
    """An app on it, and an invitation owed to everyone."""
    app = mailing_app(url, tmp_path)
    study = load_study(app, small_study(), open_round="2")
    give_contacts(app, study, EVERYONE)
    owe(app, study, EVERYONE, due_at=LONG_AGO)
    yield app
    close_connections(app)


def worker_process(url: str, folder: Path, *, port: int) -> "subprocess.Popen[bytes]":
    """`delphi worker --once`, in a time zone where it is noon: nobody is written to at night."""
    settings = {
        "DELPHI_ENV": "test",
        "DELPHI_DATA": str(folder),
        "DELPHI_DATABASE_URL": url,
        "DELPHI_SMTP_URL": f"smtp+plain://127.0.0.1:{port}",
        "DELPHI_MAIL_FROM": SENDER,
        "DELPHI_ADDRESS": ADDRESS,
        "DELPHI_TIME_ZONE": f"Etc/GMT{datetime.now(UTC).hour - 12:+d}",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "delphi", "worker", "--once", "--json"],
        env={**os.environ, **settings},
    )


def states(app: Flask) -> list[str]:
    with app.app_context():
        now = datetime.now(UTC)
        return sorted(state_now(message, now=now).value for message in db.session.query(Message))


def test_two_workers_send_each_message_once(app: Flask) -> None:
    inbox = Inbox()
    with running_mail_server(inbox) as port, ThreadPoolExecutor(2) as workers:
        began = [workers.submit(send, app, on_this_machine(port)) for _ in range(2)]
        sent = [each.result()[Fate.SENT] for each in began]
    assert inbox.receivers == sorted(f"{code}@people.example" for code in EVERYONE)
    assert sum(sent) == len(EVERYONE)
    assert states(app) == ["sent"] * len(EVERYONE)


def test_a_worker_killed_between_sending_and_recording_sends_nothing_twice(
    app: Flask, url: str, tmp_path: Path
) -> None:
    inbox = Inbox()
    with running_mail_server(inbox) as port:
        with worker_process(url, tmp_path, port=port) as killed:
            inbox.kills = killed.pid
            assert killed.wait(timeout=60) == -signal.SIGKILL
        inbox.kills = None
        begin_long_ago(app)
        assert send(app, on_this_machine(port)) == {Fate.SENT: len(EVERYONE) - 1}
    assert inbox.receivers == sorted(f"{code}@people.example" for code in EVERYONE)
    assert states(app) == ["sent"] * (len(EVERYONE) - 1) + ["unsure"]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_sigterm_ends_a_worker_after_the_message_that_it_is_sending(
    app: Flask, url: str, tmp_path: Path
) -> None:
    inbox = Inbox()
    inbox.by = signal.SIGTERM
    with running_mail_server(inbox) as port, worker_process(url, tmp_path, port=port) as stopped:
        inbox.kills = stopped.pid
        assert stopped.wait(timeout=60) == 0
    assert states(app) == ["sent"] + ["waiting"] * (len(EVERYONE) - 1)

"""Mail that comes back: found again by a sealed name, noted, and no more sent to that address."""

import json
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from delphi.access.bounced import bounced_panellists
from delphi.access.contacts import ContactDetails, keep_contact
from delphi.app import create_app
from delphi.cli import commands
from delphi.domain.inviting import Against, Whom
from delphi.extensions import db
from delphi.inviting.queries import recipients_of, round_in_view
from delphi.inviting.recipients import Recipient
from delphi.mail.bounces import Kept, keep_report
from delphi.mail.postbox import ServerPostbox
from delphi.mail.reports import NotOurs, Report, read_report
from delphi.models import AuditRow, Bounce, Message, MessageCause
from tests.apps import close_connections
from tests.data.small_study import small_study
from tests.mail import reports
from tests.mail.mail_server import Inbox, running_mail_server
from tests.mail.outboxes import NOON, give_contacts, mailing_app, on_this_machine, owe, send
from tests.studies_on_app import StudyOnApp, load_study


class Watching(Inbox):
    """A mail server that notes where reports should go."""

    def __init__(self, senders: list[str]) -> None:
        super().__init__()
        self.senders = senders

    async def handle_MAIL(  # aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a sender."""
        self.senders.append(address)
        envelope.mail_from = address
        return "250 OK"


@pytest.fixture
def app(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An app with mail."""
    app = mailing_app(migrated_sqlite_url, tmp_path)
    yield app
    close_connections(app)


@pytest.fixture
def study(app: Flask) -> StudyOnApp:
    """The small study; s4 and s5 can be written to."""
    study = load_study(app, small_study(), open_round="2")
    give_contacts(app, study, ["s4", "s5"])
    return study


def sent(app: Flask, study: StudyOnApp) -> EmailMessage:
    """An invitation that s4's mail server took."""
    owe(app, study, ["s4"])
    inbox = Inbox()
    with running_mail_server(inbox) as port:
        send(app, on_this_machine(port))
    (email,) = inbox.emails
    return email


def read(app: Flask, content: bytes) -> Report | NotOurs:
    return read_report(message_from_bytes(content), secret=str(app.secret_key))


def keep(app: Flask, content: bytes) -> Kept:
    report = read(app, content)
    assert isinstance(report, Report)
    with app.app_context():
        return keep_report(report, now=NOON)


def bounced(app: Flask, study: StudyOnApp) -> frozenset[int]:
    with app.app_context():
        keys, secret = app.config["CONTACT_KEYS"], str(app.secret_key)
        return bounced_panellists(study.study_id, keys=keys, secret=secret)


def invited(app: Flask, study: StudyOnApp, code: str) -> Recipient:
    with app.test_request_context():
        view = round_in_view(study.study_id, "2")
        assert view is not None
        people = recipients_of(view, cause=MessageCause.INVITATION, whom=Whom.NOT_FINISHED, now=NOON)
        return next(person for person in people if person.code == code)


def give_address(app: Flask, study: StudyOnApp, email: str, *, telephone: str = "") -> None:
    with app.app_context():
        contact = ContactDetails(name="s4", email=email, telephone=telephone)
        keys = app.config["CONTACT_KEYS"]
        keep_contact(study.panellists["s4"], contact=contact, keys=keys, by="command line", now=NOON)


@pytest.mark.parametrize(
    ("action", "status", "permanent"),
    [
        ("failed", "5.1.1", True),
        ("failed", "5.2.2", False),
        ("failed", "5.7.1", False),
        ("failed", "4.4.7", False),
        ("delayed", "4.4.1", False),
    ],
)
def test_a_report_says_whether_the_address_is_bad_or_only_now_out_of_reach(
    app: Flask, study: StudyOnApp, action: str, status: str, permanent: bool
) -> None:
    report = read(app, reports.dsn(sent(app, study), action=action, status=status))
    assert isinstance(report, Report)
    assert (report.permanent, report.code) == (permanent, status)


def test_reports_in_other_forms_are_read_and_replies_of_people_are_not(app: Flask, study: StudyOnApp) -> None:
    email = sent(app, study)
    for template in (reports.EXIM, reports.QMAIL):
        report = read(app, reports.about(template, email))
        assert isinstance(report, Report)
        assert (report.permanent, report.code) == (True, "5.1.1")
    assert isinstance(read(app, reports.about(reports.VACATION, email)), NotOurs)
    assert isinstance(read(app, reports.dsn(email, action="delivered", status="2.0.0")), NotOurs)


def test_a_forged_report_marks_nobody(app: Flask, study: StudyOnApp) -> None:
    email = sent(app, study)
    key, _, rest = str(email["Message-ID"]).partition("-")
    for forged in (f"{key}-{'0' * 16}@chorus.example>", f"{key}@chorus.example>", f"<s4{rest}"):
        email.replace_header("Message-ID", forged)
        assert read(app, reports.dsn(email)) == NotOurs("names no message of ours")


def test_an_address_that_bounced_gets_no_more_until_it_is_changed(app: Flask, study: StudyOnApp) -> None:
    assert keep(app, reports.dsn(sent(app, study))) is Kept.NEW
    assert bounced(app, study) == {study.panellists["s4"]}
    assert invited(app, study, "s4").against is Against.BOUNCED
    give_address(app, study, "S4@people.example", telephone="0123")
    assert invited(app, study, "s4").against is Against.BOUNCED
    give_address(app, study, "right@people.example")
    assert bounced(app, study) == frozenset()
    again = invited(app, study, "s4")
    assert (again.against, again.number) == (None, 2)


def test_a_report_about_an_older_address_says_nothing_against_the_new_one(
    app: Flask, study: StudyOnApp
) -> None:
    email = sent(app, study)
    give_address(app, study, "right@people.example")
    keep(app, reports.dsn(email))
    assert bounced(app, study) == frozenset()


def test_a_message_that_waits_is_not_sent_to_an_address_that_bounced_meanwhile(
    app: Flask, study: StudyOnApp
) -> None:
    keep(app, reports.dsn(sent(app, study)))
    with app.app_context():
        row = db.session.scalars(select(Message)).one()
        fields = {"study_id": row.study_id, "round_id": row.round_id, "panellist_id": row.panellist_id}
        reminder = MessageCause.REMINDER
        db.session.add(
            Message(**fields, cause=reminder, number=1, language="en", queued_at=NOON, due_at=NOON)
        )
        db.session.commit()
    inbox = Inbox()
    with running_mail_server(inbox) as port:
        send(app, on_this_machine(port))
    assert inbox.emails == []
    with app.app_context():
        dropped = select(Message.dropped_for).where(Message.dropped_at.is_not(None))
        assert db.session.scalars(dropped).all() == ["bounced"]


def test_an_address_that_is_refused_at_once_counts_as_bounced(app: Flask, study: StudyOnApp) -> None:
    owe(app, study, ["s4", "s5"])
    inbox = Inbox()
    with running_mail_server(inbox) as port:
        inbox.rcpt = "550 5.1.1 no such user"
        send(app, on_this_machine(port))
    assert bounced(app, study) == {study.panellists["s4"], study.panellists["s5"]}


def test_the_same_report_twice_is_one_row_and_holds_no_address(app: Flask, study: StudyOnApp) -> None:
    content = reports.dsn(sent(app, study))
    assert [keep(app, content), keep(app, content)] == [Kept.NEW, Kept.KNOWN]
    with app.app_context():
        held = [
            str(row) for table in (Bounce, AuditRow) for row in db.session.execute(select(table.__table__))
        ]
        assert sum("message came back" in row for row in held) == 1
        assert not any("people.example" in row for row in held)


def test_reports_go_to_an_address_that_names_the_message(app: Flask, study: StudyOnApp) -> None:
    senders: list[str] = []
    inbox = Watching(senders)
    email = sent(app, study)
    with running_mail_server(inbox) as port:
        postbox = ServerPostbox(on_this_machine(port), returns_to="bounces@chorus.example")
        postbox.open()
        postbox.post(email)
        postbox.close()
    token = str(email["Message-ID"]).strip("<>").partition("@")[0]
    assert senders == [f"bounces+{token}@chorus.example"]
    email.replace_header("Message-ID", "<lost@elsewhere.example>")
    assert isinstance(read(app, f"Delivered-To: {senders[0]}\n".encode() + reports.dsn(email)), Report)


def test_the_command_reads_a_folder_or_one_message_and_says_what_it_found(
    app: Flask, study: StudyOnApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = reports.dsn(sent(app, study))
    monkeypatch.setenv("DELPHI_ENV", "test")
    monkeypatch.setenv("DELPHI_DATABASE_URL", app.config["SQLALCHEMY_DATABASE_URI"])
    monkeypatch.setenv("DELPHI_DATA", str(tmp_path))
    monkeypatch.setenv("DELPHI_SECRET_KEY", str(app.secret_key))
    monkeypatch.setenv("DELPHI_CONTACT_KEY", ",".join(app.config["CONTACT_KEYS"]))
    (tmp_path / "one.eml").write_bytes(content)

    def run(*words: str, given: bytes = b"") -> Result:
        return CliRunner().invoke(commands, ["bounces", *words], input=given, obj=create_app)

    found = run(str(tmp_path), "--json")
    assert (found.exit_code, json.loads(found.stdout)["new"]) == (0, 1)
    assert (run(given=content).exit_code, run(given=b"Subject: hello\n\nhi").exit_code) == (0, 1)
    assert (run(str(tmp_path / "nothing")).exit_code, run(given=b"").exit_code) == (2, 2)

"""Mail over a real server: TLS, refusals, time-outs, links."""

import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from delphi.access.links import find_link
from delphi.domain.outbox import MOST_ATTEMPTS, MessageState
from delphi.extensions import db
from delphi.inviting.message_states import state_now
from delphi.mail.letter import Letter, Words
from delphi.mail.outbox import Composed, Owed, begin_next
from delphi.mail.postbox import Fate, NoPostbox
from delphi.mail_settings import MailSecurity
from delphi.models import Message, SignInLink
from tests.apps import close_connections
from tests.data.small_study import small_study
from tests.mail.mail_server import Inbox, running_mail_server, self_made_certificate
from tests.mail.outboxes import (
    ADDRESS,
    NOON,
    SENDER,
    give_contacts,
    mailing_app,
    on_this_machine,
    only_message,
    owe,
    send,
)
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


def good_links(app: Flask) -> int:
    with app.app_context():
        unused = (
            select(func.count())
            .select_from(SignInLink)
            .where(SignInLink.expires_at > NOON + timedelta(days=1))
        )
        return db.session.scalar(unused) or 0


def test_a_message_has_a_neutral_frame_both_texts_and_one_click_headers(app: Flask) -> None:
    inbox = Inbox()
    with running_mail_server(inbox) as port:
        assert send(app, on_this_machine(port)) == {Fate.SENT: 1}
    (email,) = inbox.emails
    assert (email["From"], email["To"]) == ("Questionnaires <post@chorus.example>", "s4@people.example")
    assert email["Subject"] == "Your questionnaire is ready"
    assert email["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert email["List-Unsubscribe"].startswith(f"<{ADDRESS}/stop-reminders/")
    assert [part.get_content_type() for part in email.iter_parts()] == ["text/plain", "text/html"]
    words = "".join(part.get_content() for part in email.iter_parts())
    assert "small" not in words.lower()
    assert [tag for tag in ("<img", "src=", "style", "<script", "<link") if tag in words] == []


def test_the_link_in_the_message_is_good_and_is_not_in_the_database(app: Flask) -> None:
    inbox = Inbox()
    with running_mail_server(inbox) as port:
        send(app, on_this_machine(port))
    text = inbox.emails[0].get_body(("plain",)).get_content()
    token = text.partition(f"{ADDRESS}/enter/")[2].split()[0]
    with app.app_context():
        link = find_link(token, now=NOON)
        held = [str(value) for row in db.session.execute(select(SignInLink.__table__)) for value in row]
    assert link is not None
    assert link.is_good
    assert token not in held


@pytest.mark.parametrize("security", [MailSecurity.STARTTLS, MailSecurity.NONE])
def test_starttls_is_used_where_it_is_asked_for_and_a_server_that_demands_it_refuses_plain_mail(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: MailSecurity
) -> None:
    tls, certificate = self_made_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    inbox = Inbox()
    with running_mail_server(inbox, starttls=tls) as port:
        fates = send(app, replace(on_this_machine(port), security=security))
    sealed = security is MailSecurity.STARTTLS
    assert (fates[Fate.SENT], inbox.was_sealed) == (int(sealed), sealed)


def test_a_server_that_speaks_tls_from_the_start_gets_its_mail(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls, certificate = self_made_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    inbox = Inbox()
    with running_mail_server(inbox, tls=tls) as port:
        assert send(app, replace(on_this_machine(port), security=MailSecurity.TLS)) == {Fate.SENT: 1}


def test_nothing_goes_to_a_server_whose_certificate_nobody_vouches_for(app: Flask, tmp_path: Path) -> None:
    tls, _ = self_made_certificate(tmp_path)
    inbox = Inbox()
    with (
        running_mail_server(inbox, starttls=tls) as port,
        pytest.raises(NoPostbox, match="SSLCertVerification"),
    ):
        send(app, replace(on_this_machine(port), security=MailSecurity.STARTTLS))
    assert only_message(app).began_at is None
    assert inbox.emails == []


def test_a_refusal_for_good_is_kept_with_its_code_and_its_link_ends(app: Flask) -> None:
    inbox = Inbox()
    inbox.rcpt = "550 5.1.1 no such person s4@people.example"
    with running_mail_server(inbox) as port:
        assert send(app, on_this_machine(port)) == {Fate.REFUSED: 1}
        assert send(app, on_this_machine(port)) == {}
    message = only_message(app)
    assert (message.refused_at, message.refusal) == (NOON, "550 5.1.1")
    assert good_links(app) == 0


@pytest.mark.parametrize("place", ["rcpt", "data"])
def test_a_refusal_for_now_is_tried_again_after_longer_and_longer_pauses(app: Flask, place: str) -> None:
    inbox, now = Inbox(), NOON
    setattr(inbox, place, "451 4.3.0 come back later")
    with running_mail_server(inbox) as port:
        for pause in (1, 2, 4):
            assert send(app, on_this_machine(port), now=now) == {Fate.LATER: 1}
            assert only_message(app).due_at == now + timedelta(minutes=pause)
            now = only_message(app).due_at
        assert good_links(app) == 0
        setattr(inbox, place, "250 OK")
        assert send(app, on_this_machine(port), now=now) == {Fate.SENT: 1}
    assert len(inbox.emails) == 1


def test_after_many_attempts_it_is_given_up(app: Flask) -> None:
    inbox, now = Inbox(), NOON
    inbox.rcpt = "451 4.3.0 come back later"
    with running_mail_server(inbox) as port:
        for _ in range(MOST_ATTEMPTS + 1):
            send(app, on_this_machine(port), now=now)
            now = max(now, only_message(app).due_at)
    message = only_message(app)
    assert (message.attempts, message.refusal) == (MOST_ATTEMPTS, "451 4.3.0")
    assert message.refused_at is not None


def test_a_server_that_says_nothing_is_given_up_soon_and_the_message_waits(app: Flask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(NoPostbox):
        send(app, on_this_machine(silent.getsockname()[1]), timeout=0.2)
    message = only_message(app)
    assert (message.attempts, message.began_at) == (0, None)


def test_a_server_that_takes_a_message_and_says_nothing_leaves_it_unsure_and_it_is_not_sent_again(
    app: Flask,
) -> None:
    inbox = Inbox()
    inbox.silent_seconds = 1
    with running_mail_server(inbox) as port:
        assert send(app, on_this_machine(port), timeout=0.2) == {Fate.UNSURE: 1}
        assert send(app, on_this_machine(port), now=NOON + timedelta(days=1)) == {}
    assert len(inbox.emails) == 1
    assert state_now(only_message(app), now=NOON) is MessageState.UNSURE
    assert good_links(app) == 1


def test_the_second_try_has_the_same_message_id(app: Flask) -> None:
    inbox = Inbox()
    with running_mail_server(inbox) as port:
        inbox.data = "451 4.3.0 come back later"
        send(app, on_this_machine(port))
        inbox.data = "250 OK"
        send(app, on_this_machine(port), now=NOON + timedelta(hours=1))
    key = only_message(app).key
    assert re.fullmatch(rf"<{key}-[0-9a-f]{{16}}@chorus\.example>", inbox.emails[0]["Message-ID"])


def test_a_message_that_cannot_be_written_is_refused_and_the_next_one_goes(app: Flask) -> None:
    addresses = iter(("s4@[example.org", "s5@people.example"))

    def compose(owed: Owed, now: datetime) -> Composed:
        words = Words(subject="What\x0bmatters", text="Hello", html="<p>Hello</p>")
        letter = Letter(key="k", to=next(addresses), words=words, language="en", stop=ADDRESS, link_hash="")
        return Composed(letter=letter, stop_hash="s", address_mark="a")

    with app.app_context():
        study = load_study(app, small_study(code="other"), open_round="2")
    owe(app, study, ["s5"])
    with app.app_context():
        begun = begin_next(compose, sender=SENDER, now=NOON)
        states = [
            (row.refusal, row.began_at) for row in db.session.scalars(select(Message).order_by(Message.id))
        ]
    assert begun is not None
    assert begun.email["Subject"] == "What matters"
    assert states == [("address not valid", None), (None, NOON)]

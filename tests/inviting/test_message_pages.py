"""The pages about messages: who gets what and why, what became of it, and stopping by one click."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from delphi.dataset.wishes import wish_of
from delphi.extensions import db
from delphi.mail_settings import MailServer
from delphi.models import (
    AuditRow,
    Channel,
    Consent,
    ContactWish,
    Hours,
    Message,
    Reminders,
    Role,
)
from delphi.web import clock
from tests.apps import close_connections
from tests.data.small_study import small_study
from tests.mail.mail_server import Inbox, running_mail_server
from tests.mail.outboxes import NOON, NOWHERE, give_contacts, mailing_app, on_this_machine, send
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import Page, PageClient, sign_in_user

MESSAGES = "/studies/small/rounds/2/messages"
# s4 and s5 have not begun Round 2; s1, s2, s3, s6, r1 and r2 have answered all of it; r3 has left.


def app_with(url: str, folder: Path, server: MailServer | None) -> Flask:
    return mailing_app(url, folder, server)


@pytest.fixture
def app(migrated_sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An app with mail, at noon."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    app = app_with(migrated_sqlite_url, tmp_path, NOWHERE)
    yield app
    close_connections(app)


@pytest.fixture
def study(app: Flask) -> StudyOnApp:
    """The small study; s4 and s5 can be written to, r2 has finished, r1 has no contact."""
    study = load_study(app, small_study(), open_round="2")
    give_contacts(app, study, ["s1", "s4", "s5", "r2"])
    return study


@pytest.fixture
def client(app: Flask, study: StudyOnApp) -> PageClient:
    """A facilitator's browser."""
    client = PageClient(app)
    sign_in_user(client, study.team[Role.FACILITATOR])
    return client


def wish(app: Flask, panellist_id: int, **said: object) -> None:
    with app.app_context():
        fields = {
            "channel": Channel.EMAIL,
            "hours": Hours.ANY,
            "neutral": True,
            "reminders": Reminders.WANTED,
            "answered_at": NOON,
        }
        db.session.add(ContactWish(panellist_id=panellist_id, **{**fields, **said}))
        db.session.commit()


def verdicts(page: Page) -> dict[str, str]:
    """What is said of each person's message, by code."""
    return {row[0]: row[3] for row in page.table_rows()[1:]}


def messages_of(app: Flask) -> list[Message]:
    with app.app_context():
        return list(db.session.scalars(select(Message).order_by(Message.id)))


def test_the_trial_says_for_each_code_who_would_get_it_and_why_not(client: PageClient) -> None:
    page = client.get(f"{MESSAGES}/invitation")
    said = verdicts(page)
    assert said["s4"] == "Yes"
    assert said["s1"] == "No. Has finished"
    assert said["r3"] == "No. Has left the study"
    assert "2 of 9 would get it" in page.text
    assert "Has finished: 6" in page.text


def test_wishes_a_no_and_a_missing_contact_are_reasons(
    app: Flask, study: StudyOnApp, client: PageClient
) -> None:
    people = study.panellists
    wish(app, people["s4"], reminders=Reminders.STOPPED)
    wish(app, people["s5"], channel=Channel.TELEPHONE)
    said = verdicts(client.get(f"{MESSAGES}/reminder"))
    assert said["s4"] == "No. Wants no reminders"
    assert said["s5"] == "No. Wants to be reached in another way"
    assert verdicts(client.get(f"{MESSAGES}/invitation"))["s4"].startswith("Yes")
    with app.app_context():
        no = {"round_id": study.rounds["2"], "wording": "?", "agreed": False, "answered_at": NOON}
        db.session.add(Consent(panellist_id=people["s4"], **no))
        db.session.commit()
    assert verdicts(client.get(f"{MESSAGES}/invitation"))["s4"] == "No. Said no to this round"


def test_sending_puts_one_message_a_person_in_with_an_audit_row(
    app: Flask, study: StudyOnApp, client: PageClient
) -> None:
    client.get(f"{MESSAGES}/invitation")
    page = client.submit(button="Send them")
    assert "2 messages are on the way." in page.text
    assert [row[:3] for row in page.table_rows()[1:]] == [
        ["s5", "Invitation", "Waiting"],
        ["s4", "Invitation", "Waiting"],
    ]
    assert verdicts(client.get(f"{MESSAGES}/invitation"))["s4"] == "No. A message to them waits"
    with app.app_context():
        query = select(AuditRow.detail).where(AuditRow.action == "messages put in the outbox")
        assert db.session.scalar(query) == {"round": "2", "cause": "invitation", "messages": 2}


def test_pressing_twice_sends_once(app: Flask, client: PageClient) -> None:
    page = client.get(f"{MESSAGES}/invitation")
    client.submit(button="Send them")
    client.page = page
    assert "0 messages are on the way." in client.submit(button="Send them").text
    assert len(messages_of(app)) == 2


def test_a_message_waits_for_the_hours_that_were_wished(
    app: Flask, study: StudyOnApp, client: PageClient
) -> None:
    wish(app, study.panellists["s4"], hours=Hours.EVENING)
    assert "5 May 2031 at 17:00" in verdicts(client.get(f"{MESSAGES}/invitation"))["s4"]
    client.submit(button="Send them")
    due = {message.panellist_id: message.due_at for message in messages_of(app)}
    assert due[study.panellists["s4"]] == datetime(2031, 5, 5, 16, tzinfo=UTC)  # 17:00 in London
    assert due[study.panellists["s5"]] == NOON


def test_who_finishes_or_says_no_reminders_while_a_message_waits_does_not_get_it(
    app: Flask, study: StudyOnApp, client: PageClient
) -> None:
    client.get(f"{MESSAGES}/reminder")
    client.submit(button="Send them")
    wish(app, study.panellists["s4"], reminders=Reminders.STOPPED)
    inbox = Inbox()
    with running_mail_server(inbox) as port:
        send(app, on_this_machine(port))
    assert inbox.receivers == ["s5@people.example"]
    rows = {row[0]: row[2] for row in client.get(MESSAGES).table_rows()[1:]}
    assert rows == {"s4": "Not sent Wants no reminders", "s5": "Sent"}


def test_reminders_keep_a_distance_and_end_after_three(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox, said = Inbox(), []
    with running_mail_server(inbox) as port:
        for days in (0, 1, 3, 6, 6):
            today = NOON + timedelta(days=days)
            monkeypatch.setattr(clock, "now", lambda today=today: today)
            said.append(verdicts(client.get(f"{MESSAGES}/reminder"))["s4"][:14])
            if said[-1].startswith("Yes"):
                client.submit(button="Send them")
                send(app, on_this_machine(port), now=today)
    assert [words[:3] for words in said] == ["Yes", "No.", "Yes", "Yes", "No."]
    assert said[1::3] == ["No. Had a mess", "No. Had 3 remi"]
    assert inbox.receivers.count("s4@people.example") == 3


def test_an_unsure_message_is_shown_and_sent_again_only_by_a_persons_choice(
    app: Flask, client: PageClient
) -> None:
    client.get(f"{MESSAGES}/invitation")
    client.submit(button="Send them")
    with app.app_context():
        long_ago = NOON - timedelta(hours=1)
        db.session.execute(update(Message).values(began_at=long_ago))
        db.session.commit()
    page = client.get(MESSAGES)
    assert {row[2] for row in page.table_rows()[1:]} == {"Unsure"}
    assert "they may get it twice" in page.text
    first = page.root.findall(".//td/form")[0].get("action") or ""
    token = page.find(".//table/tbody/tr[1]//input[@name='csrf_token']").get("value") or ""
    assert "on the way again" in client.post(first, {"csrf_token": token}).text
    assert sorted(message.began_at is None for message in messages_of(app)) == [False, True]


@pytest.mark.parametrize("cause", ["invitation", "reminder"])
def test_the_preview_names_no_study_and_its_links_lead_nowhere(client: PageClient, cause: str) -> None:
    page = client.get(f"{MESSAGES}/{cause}/preview/en")
    assert "https://chorus.example/example" in page.text
    html = client.http.get(f"{MESSAGES}/{cause}/preview/en/page").get_data(as_text=True)
    assert html.startswith("<!doctype html>")
    assert small_study().protocol.study.title not in html


def test_one_click_in_a_mail_program_stops_reminders_without_a_session(
    app: Flask, study: StudyOnApp, client: PageClient
) -> None:
    client.get(f"{MESSAGES}/invitation")
    client.submit(button="Send them")
    inbox = Inbox()
    with running_mail_server(inbox) as port:
        send(app, on_this_machine(port))
    (mine,) = (email for email in inbox.emails if email["To"] == "s4@people.example")
    path = mine["List-Unsubscribe"].strip("<>").partition("chorus.example")[2]
    anybody = PageClient(app)
    anybody.get(path)
    with app.app_context():
        assert wish_of(study.panellists["s4"]) is None
    for _ in range(2):
        assert anybody.http.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 303
    with app.app_context():
        kept = wish_of(study.panellists["s4"])
        assert kept is not None
        assert kept.reminders is Reminders.STOPPED
        assert db.session.scalar(select(func.count()).select_from(ContactWish)) == 1


def test_without_a_mail_server_the_pages_say_that_mail_is_off(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    app = app_with(migrated_sqlite_url, tmp_path, None)
    app.config["MAIL"] = None
    study = load_study(app, small_study(), open_round="2")
    client = PageClient(app)
    sign_in_user(client, study.team[Role.OWNER])
    assert "Mail is off" in client.get(MESSAGES).text
    assert client.http.get(f"{MESSAGES}/kept").status_code == 404
    close_connections(app)


def test_in_development_messages_can_be_read_on_a_page_and_their_link_works(
    app: Flask, study: StudyOnApp, client: PageClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.config["MAIL"] = mailing_app("sqlite://", tmp_path, None).config["MAIL"]
    client.get(f"{MESSAGES}/invitation")
    client.submit(button="Send them")
    monkeypatch.setattr(clock, "now", lambda: NOON - timedelta(hours=9))
    with app.app_context():
        db.session.execute(update(Message).values(due_at=NOON))
        db.session.commit()
    assert "wait for a later hour" in client.get(f"{MESSAGES}/kept").text.replace("waits", "wait")
    monkeypatch.setattr(clock, "now", lambda: NOON)
    page = client.submit(button="Deliver what is due")
    assert "Not sent To s4@people.example" in page.text
    as_html = client.http.get(page.link("As most mail programs show it: to s4@people.example, number 1"))
    assert "/enter/" in as_html.text
    (entry, *_) = (a.get("href") or "" for a in page.root.iter("a") if "/enter/" in (a.get("href") or ""))
    assert PageClient(app).get(entry.partition("chorus.example")[2]).status == 200

"""The team's own words: saving, seeing, sending, and never losing what somebody else saved."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from delphi.extensions import db
from delphi.models import Message, MessageText, Role
from delphi.web import clock
from tests.apps import close_connections
from tests.data.small_study import small_study
from tests.mail.mail_server import Inbox, running_mail_server
from tests.mail.outboxes import NOON, give_contacts, mailing_app, on_this_machine, owe, send
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient, sign_in_user

MESSAGES = "/studies/small/rounds/2/messages"
WORDS = f"{MESSAGES}/invitation/text/en"
OWN = "Dear all,\n\nplease <come> in: {link}\nIt is open until {until}."


@pytest.fixture
def app(migrated_sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An app with mail, at noon."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    app = mailing_app(migrated_sqlite_url, tmp_path)
    yield app
    close_connections(app)


@pytest.fixture
def study(app: Flask) -> StudyOnApp:
    """The small study in English and French; s4 can be written to."""
    small = small_study()
    identity = replace(small.protocol.study, languages=("en", "fr"))
    bilingual = replace(small, protocol=replace(small.protocol, study=identity))
    study = load_study(app, bilingual, open_round="2")
    give_contacts(app, study, ["s4"])
    return study


@pytest.fixture
def client(app: Flask, study: StudyOnApp) -> PageClient:
    """A facilitator's browser."""
    return signed_in(app, study, Role.FACILITATOR)


def signed_in(app: Flask, study: StudyOnApp, role: Role) -> PageClient:
    client = PageClient(app)
    sign_in_user(client, study.team[role])
    return client


def saved(client: PageClient, text: str, *, subject: str = "", status: int = 200) -> str:
    client.get(WORDS)
    return client.submit({"text": text, "subject": subject}, button="Save the text", status=status).text


def test_own_words_go_out_with_the_lines_that_nobody_can_take_out(
    app: Flask, study: StudyOnApp, client: PageClient
) -> None:
    saved(client, OWN, subject="A question for you")
    owe(app, study, ["s4"])
    inbox = Inbox()
    with running_mail_server(inbox) as port:
        send(app, on_this_machine(port))
    (email,) = inbox.emails
    text, html = (part.get_content() for part in email.iter_parts())
    assert email["Subject"] == "A question for you"
    assert "please <come> in: https://chorus.example/enter/" in text
    assert "please &lt;come&gt; in: <a href=" in html
    assert "It is open until 19 May 2031." in text
    for words in (text, html):
        assert words.count("/enter/") == 1
        assert "/stop-reminders/" in words
        assert "/no-thank-you" in words or "no_thank" in words
        assert "Please do not pass it on." in words


def test_which_text_somebody_was_sent_can_be_told_after_it_was_changed(
    app: Flask, study: StudyOnApp, client: PageClient
) -> None:
    saved(client, OWN)
    owe(app, study, ["s4"])
    with running_mail_server(Inbox()) as port:
        send(app, on_this_machine(port))
    saved(client, "Another one: {link}")
    page = client.get(MESSAGES)
    assert "with your text 1 in en (s4)" in page.text
    assert "please <come> in" in client.get(page.link("with your text 1 in en (s4)").split("#")[0]).all_text
    with app.app_context():
        assert db.session.scalar(select(Message.text_number)) == 1


@pytest.mark.parametrize(
    ("text", "subject", "says"),
    [
        ("No link", "", "The link is missing"),
        ("{name} {link}", "", "“{name}” is not known"),
        ("{link}", "Come {link}", "Nothing is filled in in the subject"),
        ("{link}" + "x" * 4000, "", "at most 4000 characters"),
    ],
)
def test_a_text_that_cannot_be_sent_is_refused_in_words(
    app: Flask, client: PageClient, text: str, subject: str, says: str
) -> None:
    assert says in saved(client, text, subject=subject, status=422)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(MessageText)) == 0


def test_a_later_save_overwrites_nothing_unseen(app: Flask, study: StudyOnApp, client: PageClient) -> None:
    other = signed_in(app, study, Role.OWNER)
    other.get(WORDS)
    saved(client, "First: {link}")
    page = other.submit({"text": "Second: {link}"}, button="Save the text", status=409)
    assert "Somebody has saved this text" in page.text
    assert "First: {link}" in page.text
    assert client.get(WORDS).find(".//textarea").text == "First: {link}"
    page = other.submit(button="Save the text")
    assert page.find(".//textarea").text == "Second: {link}"
    assert "First: {link}" in page.all_text


def test_the_page_warns_of_words_that_name_the_study(client: PageClient) -> None:
    assert "Others in the house" not in saved(client, "Come: {link}")
    page = saved(client, "Come: {link}", subject="What matters to you")
    assert "stand in your study, too: matters" in page
    assert "Others in the house may read this message" in page


def test_the_preview_is_what_each_person_gets_and_other_languages_say_what_they_fall_back_to(
    client: PageClient,
) -> None:
    saved(client, OWN)
    assert (
        "please <come> in: https://chorus.example/example"
        in client.get(f"{MESSAGES}/invitation/preview/en").text
    )
    named = client.get(f"{MESSAGES}/invitation/preview/en?named=1").text
    assert "It is about:" in named
    assert "please <come>" not in client.get(f"{MESSAGES}/invitation/preview/fr").text
    assert "no text of yours, so people get the standard words" in client.get(WORDS).text

"""Colleagues who are invited by mail: once, over a real server, with a link of its own."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from delphi.inviting.letters import compose
from delphi.mail.postbox import Fate, ServerPostbox
from delphi.mail.sending import Sending
from delphi.mail_settings import MailSettings
from delphi.models import Role
from delphi.team.mailing import send_team_mail
from delphi.web import clock
from tests.apps import close_connections
from tests.data.small_study import small_study
from tests.mail.mail_server import Inbox, running_mail_server
from tests.mail.outboxes import ADDRESS, NOON, SENDER, mailing_app, on_this_machine
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import Page, PageClient, sign_in_user

TEAM = "/studies/small/team"
NEW = "new@team.example"


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An app with mail, at noon, on each database."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    kind = "migrated_sqlite_url" if request.param == "sqlite" else "migrated_postgres_url"
    app = mailing_app(request.getfixturevalue(kind), tmp_path)
    yield app
    close_connections(app)


@pytest.fixture
def study(app: Flask) -> StudyOnApp:
    """The small study."""
    return load_study(app, small_study(), open_round="2")


@pytest.fixture
def owner(app: Flask, study: StudyOnApp) -> PageClient:
    """An owner's browser."""
    client = PageClient(app)
    sign_in_user(client, study.team[Role.OWNER])
    return client


def invite(owner: PageClient) -> Page:
    owner.get(f"{TEAM}/invite")
    return owner.submit({"email": NEW, "role": "analyst"})


def send(app: Flask, inbox: Inbox) -> Counter[Fate]:
    fates: Counter[Fate] = Counter()
    with running_mail_server(inbox) as port, app.app_context():
        postbox = ServerPostbox(on_this_machine(port))
        sending = Sending(
            compose=compose, postbox=postbox, sender=SENDER, clock=lambda: NOON, stops=lambda: False
        )
        send_team_mail(sending, each=lambda fate: fates.update([fate]))
    return fates


def test_a_colleague_gets_one_message_whose_link_opens_the_invitation(app: Flask, owner: PageClient) -> None:
    page = invite(owner)
    assert "An e-mail with a link of its own is on its way" in page.text
    inbox = Inbox()
    assert (send(app, inbox), send(app, inbox)) == ({Fate.SENT: 1}, {})
    (email,) = inbox.emails
    assert (email["To"], email["Subject"]) == (NEW, "You are invited to a team")
    text, html = (part.get_content() for part in email.iter_parts())
    assert "small" not in f"{text}{html}".lower()
    path = "/invitation/" + text.partition(f"{ADDRESS}/invitation/")[2].split()[0]
    shown = (page.find(".//textarea").text or "").partition("/invitation/")[2]
    for link in (path, f"/invitation/{shown}"):
        assert "A small study" in PageClient(app).get(link).text
    assert "The e-mail was sent." in owner.get(TEAM).text


def test_an_invitation_that_ended_is_not_sent(app: Flask, owner: PageClient) -> None:
    invite(owner)
    owner.get(TEAM)
    owner.submit(button=f"End this invitation of {NEW}")
    inbox = Inbox()
    assert send(app, inbox) == {}
    assert inbox.emails == []


def test_a_refused_message_is_told_and_the_link_on_the_page_stays_good(app: Flask, owner: PageClient) -> None:
    page, inbox = invite(owner), Inbox()
    inbox.rcpt = "550 5.1.1 no such user"
    assert send(app, inbox) == {Fate.REFUSED: 1}
    assert "The mail server refused the e-mail." in owner.get(TEAM).text
    shown = (page.find(".//textarea").text or "").partition("/invitation/")[2]
    assert PageClient(app).get(f"/invitation/{shown}").status == 200


def test_without_a_mail_server_the_link_is_passed_on_by_hand(app: Flask, owner: PageClient) -> None:
    mail: MailSettings = app.config["MAIL"]
    app.config["MAIL"] = replace(mail, server=None)
    assert "on its way" not in invite(owner).text
    assert "No e-mail was sent: pass the link on." in owner.get(TEAM).text

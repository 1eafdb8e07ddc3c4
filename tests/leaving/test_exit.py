"""“Exit this page”: at once, whatever happens, to a neutral site."""

import logging
from pathlib import Path

import pytest
from flask import Flask

from delphi.models import Role
from tests.apps import app_on, close_connections
from tests.leaving.leavers import MINUTE, be_away, leave
from tests.rating.panellists import signed_in, who_agreed
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient, sign_in_panellist, sign_in_user

USUAL = "https://www.bbc.co.uk/weather"
BUTTON = "Exit this page"


def where_exit_leads(client: PageClient) -> str:
    response = client.http.post("/exit")
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert response.headers["Referrer-Policy"] == "no-referrer"
    return response.text.split('content="0; url=')[1].split('"')[0]


def test_exit_ends_the_session_and_leads_to_the_studys_neutral_site(app: Flask, ways_out: StudyOnApp) -> None:
    client = who_agreed(app, ways_out, "s4")
    assert where_exit_leads(client) == "https://neutral.example/weather"
    with client.http.session_transaction() as session:
        assert dict(session) == {}
    client.get("/rate/section/1", status=401)


def test_exit_works_for_who_is_signed_out_already(client: PageClient) -> None:
    assert where_exit_leads(client) == USUAL


def test_exit_ends_a_session_that_has_timed_out_too(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    be_away(client, seconds=61 * MINUTE)
    where_exit_leads(client)
    with client.http.session_transaction() as session:
        assert dict(session) == {}


def test_exit_does_not_wait_for_a_database_in_trouble(tmp_path: Path) -> None:
    app = app_on(f"sqlite:///{tmp_path / 'no such folder' / 'delphi.sqlite3'}", data_folder=tmp_path)
    client = PageClient(app)
    with client.http.session_transaction() as session:
        session["_user_id"] = "p:1"
    assert where_exit_leads(client) == USUAL
    with client.http.session_transaction() as session:
        assert dict(session) == {}
    close_connections(app)


def test_every_page_of_a_panellist_has_the_button_and_no_page_of_a_team(
    app: Flask, study: StudyOnApp
) -> None:
    client = who_agreed(app, study, "s4")
    for name in ("section/1", "finish", "settings", "leave", "exit-help"):
        assert client.get(f"/rate/{name}").form(BUTTON).get("data-to") == USUAL
        assert client.http.get(f"/rate/{name}").headers["Referrer-Policy"] == "no-referrer"
    assert client.get("/rate/section/99", status=404).form(BUTTON) is not None
    member = PageClient(app)
    sign_in_user(member, study.team[Role.OWNER])
    assert BUTTON not in member.get("/studies").all_text


@pytest.mark.parametrize("url", ["/enter/unknown", "/signed-out", "/help"])
def test_who_comes_in_or_is_out_has_the_button_too(client: PageClient, url: str) -> None:
    page = client.get(url, status=404 if url.startswith("/enter") else 200)
    assert page.form(BUTTON).get("data-to") == USUAL


def test_the_button_is_explained_once_in_a_session_before_the_first_page(
    app: Flask, ways_out: StudyOnApp
) -> None:
    client = PageClient(app)
    sign_in_panellist(client, ways_out.panellists["s4"])
    page = client.get("/rate")
    assert page.url == "/rate/exit-help"
    assert "It does not clear the history of your browser." in page.text
    assert "neutral.example" in page.text
    assert client.get(page.link("Continue")).url == "/rate/welcome"


def test_who_comes_back_in_the_middle_of_a_round_is_not_kept_up(app: Flask, study: StudyOnApp) -> None:
    who_agreed(app, study, "s4")
    assert signed_in(app, study, "s4").get("/rate").url == "/rate/section/1"


def test_no_log_line_says_who_left(
    app: Flask, ways_out: StudyOnApp, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client = who_agreed(app, ways_out, "s4")
        leave(client, "removed")
        client.http.post("/exit")
    id_ = ways_out.panellists["s4"]
    assert not [line for line in caplog.messages if "s4" in line or f"p:{id_}" in line or "panellist" in line]

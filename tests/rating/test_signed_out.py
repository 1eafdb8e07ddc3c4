"""What is written is not lost when a session ends: it is kept, or it can be sent after signing in again."""

from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from delphi.access.current import SEEN_AT, SIGNED_IN_AT
from delphi.domain.answers import LONGEST_COMMENT
from delphi.web import clock
from tests.rating.panellists import (
    comment_on,
    comments_of,
    filled,
    rating_of,
    rows_of,
    signed_in,
    who_agreed,
)
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient, sign_in_panellist

SECTION = "/rate/section/1"


@pytest.fixture
def away(app: Flask, study: StudyOnApp) -> PageClient:
    """A panellist with the first section open, whom the time-out has signed out meanwhile."""
    client = who_agreed(app, study, "s4")
    client.get(SECTION)
    with client.http.session_transaction() as session:
        session[SIGNED_IN_AT] = session[SEEN_AT] = (clock.now() - timedelta(hours=5)).timestamp()
    return client


def send(client: PageClient, url: str, form: dict[str, list[str]]) -> TestResponse:
    """Send a form without looking at what comes back."""
    return client.http.post(url, data=form)


def test_a_section_handed_in_after_the_time_out_is_kept_and_nothing_is_shown(
    app: Flask, study: StudyOnApp, away: PageClient
) -> None:
    form = filled(away, {rating_of(study, "home"): "8", comment_on(study, "home"): "A word."})
    response = send(away, SECTION, form)
    assert (response.status_code, response.location) == (303, "/signed-out?kept=yes")
    assert rows_of(app, study, "s4") == [("home", "8", False)]
    assert comments_of(app, study, "s4") == [("A word.", False)]
    assert away.http.get(SECTION).status_code == 401


def test_the_script_is_told_that_it_is_saved_and_how_to_go_on(
    app: Flask, study: StudyOnApp, away: PageClient
) -> None:
    form = filled(away, {rating_of(study, "home"): "8"})
    told = send(away, "/rate/answer", form).json
    assert told is not None
    assert set(told) == {"status", "fields"}
    assert told["status"].startswith("Saved ")
    assert "You were signed out to keep your answers safe." in told["status"]
    assert rows_of(app, study, "s4") == [("home", "8", False)]


def test_the_script_is_told_without_any_words_of_the_study(study: StudyOnApp, away: PageClient) -> None:
    form = filled(away, {comment_on(study, "home"): "a" * (LONGEST_COMMENT + 1)})
    response = send(away, "/rate/answer", form)
    assert response.json is not None
    assert (response.status_code, response.json["fields"]) == (422, [comment_on(study, "home")])
    assert "A safe home" not in response.get_data(as_text=True)


def test_a_change_from_elsewhere_is_not_told_to_the_next_visitor(
    app: Flask, study: StudyOnApp, away: PageClient
) -> None:
    form = filled(away, {rating_of(study, "home"): "5"})
    other = signed_in(app, study, "s4")
    other.get(SECTION)
    other.submit({rating_of(study, "home"): "3"})
    send(away, SECTION, form)
    assert [answer for _, answer, _ in rows_of(app, study, "s4")] == ["3", "5"]
    sign_in_panellist(away, study.panellists["s4"])
    assert "on another page" not in away.get(SECTION).text


@pytest.mark.parametrize("path", [SECTION, "/rate/answer"])
def test_an_open_page_can_be_sent_after_signing_in_again(app: Flask, study: StudyOnApp, path: str) -> None:
    client = who_agreed(app, study, "s4")
    client.get(SECTION)
    form = filled(client, {rating_of(study, "home"): "8"})
    client.http.delete_cookie("chorus")
    assert send(client, path, form).status_code == 401
    sign_in_panellist(client, study.panellists["s4"])
    assert send(client, path, form).status_code in (200, 303)
    assert rows_of(app, study, "s4") == [("home", "8", False)]


def test_an_open_page_of_one_person_cannot_be_sent_by_another(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    client.get(SECTION)
    form = filled(client, {rating_of(study, "home"): "8"})
    other = who_agreed(app, study, "s6")
    before = rows_of(app, study, "s6")
    assert send(other, SECTION, form).status_code == 400
    assert rows_of(app, study, "s6") == before

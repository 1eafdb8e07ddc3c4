"""Error pages: what happened, what to do, and that nothing saved is lost."""

from collections.abc import Callable

import pytest
from flask import Flask, abort
from sqlalchemy import text

from delphi.access import guard
from delphi.extensions import db
from delphi.settings import GREATEST_REQUEST_BYTES
from delphi.web.errors import WORDS
from tests.page_checks import text_of
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient, sign_in_panellist


def add_page(app: Flask, view: Callable[[], str]) -> None:
    app.add_url_rule("/trouble", "trouble", guard.public(view))


@pytest.mark.parametrize("status", sorted(WORDS))
def test_every_error_has_a_page_that_says_what_to_do(app: Flask, status: int) -> None:
    add_page(app, lambda: abort(status))
    page = PageClient(app).get("/trouble", status=status)
    assert page.h1 == WORDS[status].heading
    assert str(WORDS[status].advice) in page.text
    assert "Everything that was saved before is still there." in page.text


@pytest.mark.parametrize(("status", "like"), [(418, 400), (410, 400), (503, 500)])
def test_an_error_without_words_of_its_own_borrows_them(app: Flask, status: int, like: int) -> None:
    add_page(app, lambda: abort(status))
    assert PageClient(app).get("/trouble", status=status).h1 == WORDS[like].heading


def test_a_fault_of_ours_shows_no_detail_and_asks_the_database_nothing(app: Flask, study: StudyOnApp) -> None:
    def fail() -> str:
        db.session.execute(text("SELECT secret FROM nowhere"))
        return ""

    add_page(app, fail)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    client = PageClient(app)
    sign_in_panellist(client, study.panellists["s1"])
    page = client.get("/trouble", status=500)
    assert page.h1 == "Something went wrong"
    assert "secret" not in page.html
    assert len(page.statements) == 1  # the one that failed


def test_a_database_error_does_not_tell_the_values(app: Flask) -> None:
    with app.app_context(), pytest.raises(Exception, match="hidden") as caught:
        db.session.execute(text("SELECT :answer FROM nowhere"), {"answer": "I am afraid"})
    assert "afraid" not in str(caught.value)


def test_a_page_from_before_signing_out_is_told_to_be_stale(client: PageClient) -> None:
    client.get("/sign-in")
    client.http.delete_cookie("chorus")
    page = client.submit({"email": "ada@example.org", "password": "what I typed"}, status=400)
    assert page.h1 == "This page has gone out of date"


def test_too_large_a_request_is_refused_with_a_page(client: PageClient) -> None:
    client.get("/sign-in")
    page = client.post("/sign-in", {"email": "x" * (GREATEST_REQUEST_BYTES + 1)}, status=413)
    assert page.h1 == "That was too much at once"


def test_a_wrong_method_names_the_right_ones(client: PageClient) -> None:
    response = client.http.delete("/sign-in")
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_who_is_not_signed_in_finds_the_next_step_for_each_way_in(client: PageClient) -> None:
    page = client.get("/rate", status=401)
    steps = [text_of(step) for step in page.find(".//main").iter("li")]
    assert len(steps) == 3
    assert steps[0].startswith("If you have a new link, open it.")
    assert client.get(page.link("enter it here")).url == "/enter"
    assert steps[2] == "If you have neither, ask the study team for a new link."
    assert client.get(page.link("sign in here")).url == "/sign-in"

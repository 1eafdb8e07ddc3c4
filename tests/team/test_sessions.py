"""A user sees where they are signed in, and ends a session from another browser."""

from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import func, select

from delphi.access.listed_sessions import browser_name
from delphi.extensions import db
from delphi.models import Role, UserSession
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient, filled_in, sign_in_panellist, sign_in_user

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"


@pytest.fixture
def here(app: Flask, study: StudyOnApp) -> PageClient:
    client = PageClient(app)
    sign_in_user(client, study.team[Role.OWNER])
    return client


@pytest.fixture
def there(app: Flask, study: StudyOnApp) -> PageClient:
    client = PageClient(app)
    client.http.environ_base["HTTP_USER_AGENT"] = FIREFOX
    sign_in_user(client, study.team[Role.OWNER])
    return client


def way_to_end(client: PageClient) -> Element:
    forms = client.get("/account").root.iter("form")
    return next(form for form in forms if "/sessions/" in (form.get("action") or ""))


def test_a_session_is_listed_and_ended_from_another(here: PageClient, there: PageClient) -> None:
    assert there.get("/account").text.count("Firefox on Linux, since") == 1
    form = way_to_end(here)
    page = here.post(form.get("action") or "", filled_in(form, {}))
    assert "That browser is signed out." in page.text
    assert ("Firefox" in page.text, page.text.count("this browser")) == (False, 1)
    assert there.http.get("/account").status_code == 303


def test_nobody_ends_the_session_of_another(
    app: Flask, study: StudyOnApp, here: PageClient, there: PageClient
) -> None:
    address = way_to_end(here).get("action") or ""
    stranger = PageClient(app)
    sign_in_user(stranger, study.team[Role.ANALYST])
    data = filled_in(stranger.get("/account").form("Sign out everywhere else"), {})
    assert stranger.http.post(address, data=data).status_code == 404
    assert there.get("/account").h1 == "Your account"


def test_signing_out_everywhere_else_empties_the_list(here: PageClient, there: PageClient) -> None:
    here.get("/account")
    here.submit(button="Sign out everywhere else")
    assert "Firefox" not in here.get("/account").text


def test_sessions_of_panellists_are_in_no_table(app: Flask, study: StudyOnApp) -> None:
    sign_in_panellist(PageClient(app), study.panellists["s1"])
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(UserSession)) == 0


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox on Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/128.0.0.0 Safari/537.36 Edg/128.0", "Edge on Windows"),
        ("", "Another browser"),
    ],
)
def test_a_browser_is_named_in_few_words(user_agent: str, name: str) -> None:
    assert browser_name(user_agent) == name

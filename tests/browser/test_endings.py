"""Sessions that end, in a real browser: what comes late brings none back; other devices are signed out."""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from flask import Flask, Response, request
from playwright.sync_api import Browser, Page, Route, expect

from delphi.access.links import make_link
from delphi.models import Role
from delphi.web import clock
from tests.browser.axe import violations_on
from tests.browser.conftest import ServeApp, Visit
from tests.leaving.leavers import MINUTE
from tests.rating.panellists import comment_on, comments_of
from tests.studies_on_app import StudyOnApp

NARROW, WIDE = 320, 1280
ASK_TO_STAY = """() => {
  const body = new URLSearchParams({ idle: 0 });
  body.set("csrf_token", document.querySelector("#exit [name=csrf_token]").value);
  fetch("/rate/stay", { method: "POST", body, keepalive: true });
}"""


@dataclass(frozen=True)
class SlowAnswer:
    """An answer that the server holds back until `may_go` is set."""

    begun: threading.Event = field(default_factory=threading.Event)
    may_go: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def slow_answer(app: Flask) -> Iterator[SlowAnswer]:
    """Holds back the answer to the script that asks to stay signed in, as a slow network would."""
    slow = SlowAnswer()

    def hold(response: Response) -> Response:
        if request.path == "/rate/stay":
            slow.begun.set()
            slow.may_go.wait(timeout=20)
        return response

    app.after_request(hold)
    yield slow
    slow.may_go.set()


@pytest.fixture
def visit_as_user(app: Flask, study: StudyOnApp, browser: Browser, live_server: ServeApp) -> Iterator[Page]:
    """A page of the study's owner, on a narrow screen."""
    with app.app_context():
        lasts, owner = timedelta(hours=1), study.team[Role.OWNER]
        token = make_link(user_id=owner, by="command line", now=clock.now(), valid_for=lasts)
    narrow = {"width": NARROW, "height": 640}
    context = browser.new_context(base_url=live_server(app), viewport=narrow)
    page = context.new_page()
    page.goto(f"/enter/{token}")
    page.locator("main button").click()
    yield page
    context.close()


def is_signed_in(page: Page) -> bool:
    return any(cookie["name"] == "chorus" for cookie in page.context.cookies())


def be_away(page: Page, app: Flask, *, minutes: int) -> None:
    """Be away by the server's reckoning, which is in the cookie."""
    (cookie,) = page.context.cookies()
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's default
    held = serializer.loads(cookie["value"])
    for moment in {"signed_in_at", "seen_at"} & set(held):
        held[moment] -= minutes * MINUTE
    page.context.add_cookies([{**cookie, "value": serializer.dumps(held)}])


def answer_as_neutral_site(route: Route) -> None:
    route.fulfill(content_type="text/html", body="<title>Weather</title><h1>Sunny</h1>")


def wait_until_cookie(page: Page, *, is_there: bool) -> None:
    """Playwright has no wait for cookies."""
    for _ in range(100):
        if is_signed_in(page) is is_there:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"the cookie {'did not come' if is_there else 'stayed'}")


def test_an_answer_that_arrives_after_the_exit_brings_a_cookie_and_no_session(
    app: Flask, study: StudyOnApp, slow_answer: SlowAnswer, visit: Visit
) -> None:
    page = visit(study.panellists["s4"])
    page.context.route(re.compile("^https:"), answer_as_neutral_site)
    page.goto("/rate/settings")
    be_away(page, app, minutes=2)  # so that the answer writes the cookie
    page.evaluate(ASK_TO_STAY)
    assert slow_answer.begun.wait(timeout=10)
    page.get_by_role("button", name="Exit this page").click()
    expect(page).to_have_title("Weather")
    wait_until_cookie(page, is_there=False)
    slow_answer.may_go.set()
    wait_until_cookie(page, is_there=True)
    for _ in range(2):
        page.goto("/rate/settings")
        expect(page.get_by_role("heading", level=1)).to_have_text("You are not signed in")


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_one_signs_out_on_another_device_from_this_one(study: StudyOnApp, visit: Visit, width: int) -> None:
    other = visit(study.panellists["s4"])
    other.goto("/rate/settings")
    page = visit(study.panellists["s4"], viewport={"width": width, "height": 640})
    page.goto("/rate/settings")
    page.get_by_role("button", name="Sign out everywhere else").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out elsewhere")
    assert violations_on(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    other.reload()
    expect(other.get_by_role("heading", level=1)).to_have_text("You are not signed in")
    page.get_by_role("button", name="Go on with your answers").click()
    expect(page).to_have_url(re.compile("/rate/welcome$"))


def test_the_answer_that_the_exit_sends_along_is_kept(app: Flask, study: StudyOnApp, visit: Visit) -> None:
    page = visit(study.panellists["s4"])
    page.context.route(re.compile("^https:"), answer_as_neutral_site)
    page.goto("/rate/consent")
    page.get_by_label("Yes, I want to take part").check()
    page.get_by_role("button", name="Continue").click()
    page.goto("/rate/section/1")
    box = page.locator(f"#{comment_on(study, 'home')}")
    box.evaluate("box => { box.closest('details').open = true; }")
    box.fill("Written at the last moment.")
    page.keyboard.press("Escape")
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(page).to_have_title("Weather")
    for _ in range(100):
        if comments_of(app, study, "s4"):
            break
        page.wait_for_timeout(50)
    assert comments_of(app, study, "s4") == [("Written at the last moment.", False)]


def test_another_tab_of_the_team_says_that_one_is_entering_answers(
    app: Flask, study: StudyOnApp, visit_as_user: Page
) -> None:
    page = visit_as_user
    page.goto("/studies/small/panel/s4")
    page.get_by_label("From paper: they filled in a form, and you copy it").check()
    page.get_by_role("button", name="Begin").click()
    tab = page.context.new_page()
    tab.goto("/studies/small/panel")
    expect(tab.get_by_role("heading", level=1)).to_have_text("You are entering answers")
    assert violations_on(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") == NARROW
    tab.get_by_role("button", name="Stop and go to the panel").click()
    expect(tab).to_have_url(re.compile("/studies/small/panel/s4$"))

"""Leaving in a real browser: at once, by keyboard, by the clock, and for good."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route, expect

from analysis.study.taking_part import Leaving
from delphi.access.links import make_link
from delphi.web import clock
from tests.browser.axe import faults_of
from tests.browser.conftest import ServeApp, start_chromium
from tests.browser.test_panellist import choose, wait_until
from tests.data.small_study import small_study
from tests.leaving.conftest import HELPLINE
from tests.rating.panellists import rating_of, rows_of
from tests.studies_on_app import StudyOnApp, load_study

NARROW = 320
NEUTRAL = "https://neutral.example/weather"
EXIT = "Exit this page"
OpenLink = Callable[..., Page]


@pytest.fixture
def study(app: Flask) -> StudyOnApp:
    """The small study with a neutral site and a helpline."""
    small = small_study()
    leaving = Leaving(exit_to=NEUTRAL, removable_until="2999-12-31")
    protocol = replace(small.protocol, leaving=leaving, support=(HELPLINE,))
    return load_study(app, replace(small, protocol=protocol), open_round="2")


@pytest.fixture
def address(app: Flask, live_server: ServeApp) -> str:
    """Where the app is served."""
    return live_server(app)


@pytest.fixture
def open_link(app: Flask, study: StudyOnApp, browser: Browser, address: str) -> Iterator[OpenLink]:
    """Signs panellist s4 in, in a new browser profile where the neutral site can be reached."""
    contexts: list[BrowserContext] = []

    def open_(*, within: Browser = browser, **options: Any) -> Page:  # noqa: ANN401  # Playwright's own options
        with app.app_context():
            lasts, id_ = timedelta(hours=1), study.panellists["s4"]
            token = make_link(panellist_id=id_, by="command line", now=clock.now(), valid_for=lasts)
        contexts.append(within.new_context(base_url=address, **options))
        contexts[-1].route("https://neutral.example/**", answer_as_neutral_site)
        page = contexts[-1].new_page()
        page.goto(f"/enter/{token}")
        page.locator("main button").click()
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def browser_that_keeps_pages(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium that may show a page again as it was left, which Playwright otherwise forbids."""
    running = start_chromium(playwright, ignore_default_args=["--disable-back-forward-cache"])
    yield running
    running.close()


def answer_as_neutral_site(route: Route) -> None:
    assert "referer" not in route.request.headers
    route.fulfill(content_type="text/html", body="<title>Weather</title><h1>Sunny</h1>")


def agree(page: Page) -> None:
    """Say yes, and come to the first section."""
    page.goto("/rate/consent")
    page.get_by_label("Yes, I want to take part").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Save and continue").click()
    page.goto("/rate/section/1")


def left(page: Page) -> None:
    """The neutral site is there, and however far one goes back, nothing of the study."""
    expect(page).to_have_url(NEUTRAL)
    assert [cookie["name"] for cookie in page.context.cookies()] == []
    for _ in range(6):
        page.go_back()
        shown = page.content()
        assert "A safe home" not in shown
        assert "Section" not in page.title()
        assert "Your answers" not in shown


@pytest.mark.parametrize("scripts", [True, False])
def test_after_exit_the_back_button_shows_nothing(open_link: OpenLink, scripts: bool) -> None:
    page = open_link(java_script_enabled=scripts)
    agree(page)
    page.goto("/rate/section/2")
    page.goto("/rate/section/1")
    page.get_by_role("button", name=EXIT).click()
    left(page)


def test_a_browser_that_keeps_whole_pages_shows_none_of_ours(
    open_link: OpenLink, browser_that_keeps_pages: Browser
) -> None:
    page = open_link(within=browser_that_keeps_pages)
    agree(page)
    page.goto("/rate/section/2")
    page.goto(NEUTRAL)  # not by the button: nobody is signed out, the page is asked for anew
    page.evaluate("history.back()")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Section 2")
    assert page.evaluate("performance.getEntriesByType('navigation')[0].type") == "reload"
    page.get_by_role("button", name=EXIT).click()
    expect(page).to_have_url(NEUTRAL)
    page.evaluate("history.back()")
    expect(page.get_by_role("heading", level=1)).to_have_text("You are not signed in")


def test_three_times_shift_leaves_too_and_says_how_many_are_missing(open_link: OpenLink) -> None:
    page = open_link()
    agree(page)
    page.keyboard.press("Shift")
    expect(page.locator(".app-exit__presses")).to_have_text("Press Shift 2 more times to exit this page.")
    page.keyboard.press("Shift")
    expect(page.locator(".app-exit__presses")).to_have_text("Press Shift 1 more time to exit this page.")
    page.keyboard.press("Shift")
    left(page)


def test_writing_capital_letters_leaves_nothing(open_link: OpenLink) -> None:
    page = open_link()
    agree(page)
    for letter in "SAFE":
        page.keyboard.press(f"Shift+{letter}")
    page.keyboard.press("Shift")
    page.keyboard.press("a")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    expect(page).to_have_url(re.compile("/rate/section/1$"))


def test_the_page_is_blank_before_the_other_site_answers(open_link: OpenLink) -> None:
    page = open_link()
    agree(page)
    page.context.route("https://neutral.example/**", lambda route: route.abort("aborted"))  # it never does
    page.get_by_role("button", name=EXIT).dispatch_event("click")
    page.wait_for_function("document.body.innerHTML === ''")
    assert page.title() == "…"


def test_no_older_answer_is_sent_after_exit(study: StudyOnApp, open_link: OpenLink) -> None:
    page = open_link()
    agree(page)
    sent: list[str] = []
    field = rating_of(study, "home")

    def lose(route: Route) -> None:
        sent.append(parse_qs(route.request.post_data or "")[field][0])
        route.abort()

    page.route("**/rate/answer", lose)
    page.context.route("https://neutral.example/**", lambda route: route.abort("aborted"))  # the page stays
    choose(page, study, "home", "3")
    choose(page, study, "home", "5")
    page.get_by_role("button", name=EXIT).dispatch_event("click")
    wait_until(page, lambda: "5" in sent)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(2500)  # an older one would be tried again by now
    assert sent[-1] == "5"


def test_exit_in_one_tab_clears_the_others(open_link: OpenLink) -> None:
    page = open_link()
    agree(page)
    other = page.context.new_page()
    other.goto("/rate/section/2")
    page.get_by_role("button", name=EXIT).click()
    expect(other).to_have_url(NEUTRAL)


def test_exit_is_not_held_up_by_what_is_unsaved(study: StudyOnApp, open_link: OpenLink) -> None:
    page = open_link()
    agree(page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    page.wait_for_load_state()  # else its scripts may not come any more
    page.context.set_offline(True)
    page.locator(f"input[name='{rating_of(study, 'home')}'][value='8']").check()
    page.context.set_offline(False)
    page.get_by_role("button", name=EXIT).click()
    left(page)
    assert asked == []


def test_exit_is_not_held_up_where_its_own_script_did_not_come(
    study: StudyOnApp, open_link: OpenLink
) -> None:
    page = open_link()
    page.context.route("**/chorus.*.js", lambda route: route.abort())
    page.context.route("**/rate/answer", lambda route: route.abort())
    agree(page)
    page.wait_for_load_state()
    asked: list[str] = []
    page.on("dialog", lambda dialog: [asked.append(dialog.type), dialog.accept()])
    page.locator(f"input[name='{rating_of(study, 'home')}'][value='8']").check()
    expect(page.locator("[data-saved]")).to_have_text("Not saved yet – trying again")
    page.get_by_role("button", name=EXIT).dispatch_event("click")
    page.wait_for_url(lambda url: "/rate/section" not in url, wait_until="commit")
    assert asked == []


def be_away(page: Page, app: Flask, *, minutes: int) -> None:
    """Be away by the server's reckoning, which is in the cookie, and by the page's clock."""
    (cookie,) = page.context.cookies()
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's default
    held = serializer.loads(cookie["value"])
    for moment in {"signed_in_at", "seen_at"} & set(held):
        held[moment] -= minutes * 60
    page.context.add_cookies([{**cookie, "value": serializer.dumps(held)}])
    page.clock.fast_forward(minutes * 60 * 1000)


@pytest.fixture
def section(open_link: OpenLink) -> Page:
    """A section, open in a browser whose clock the test can move."""
    page = open_link()
    page.clock.install()
    agree(page)
    return page


def test_two_minutes_before_the_time_out_one_is_asked_and_can_stay(app: Flask, section: Page) -> None:
    section.get_by_role("button", name="Save and continue").focus()
    be_away(section, app, minutes=58)
    dialog = section.get_by_role("alertdialog", name="Do you want to stay signed in?")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("In 2 minutes we sign you out")
    stays = dialog.get_by_role("button", name="Stay signed in")
    expect(stays).to_be_focused()
    stays.press("Enter")
    expect(dialog).to_be_hidden()
    expect(section.get_by_role("button", name="Save and continue")).to_be_focused()
    be_away(section, app, minutes=50)
    section.reload()
    expect(section.get_by_role("heading", level=1)).to_contain_text("Section 1")


def test_escape_stays(app: Flask, section: Page) -> None:
    be_away(section, app, minutes=58)
    expect(section.get_by_role("alertdialog")).to_be_visible()
    with section.expect_response("**/rate/stay") as told:
        section.keyboard.press("Escape")
    expect(section.get_by_role("alertdialog")).to_be_hidden()
    assert told.value.json()["left"] > 59 * 60


def test_who_does_something_is_not_asked(app: Flask, section: Page) -> None:
    be_away(section, app, minutes=30)
    section.evaluate("addEventListener('wheel', () => { window.turned = true; })")
    section.mouse.wheel(0, 200)
    wait_until(section, lambda: section.evaluate("window.turned === true"))
    with section.expect_response("**/rate/stay") as told:
        be_away(section, app, minutes=28)
    assert 31 * 60 < told.value.json()["left"] <= 32 * 60
    expect(section.get_by_role("alertdialog")).to_be_hidden()


def test_at_the_time_out_the_page_goes_and_what_was_answered_is_kept(
    app: Flask, study: StudyOnApp, section: Page
) -> None:
    section.locator(f"input[name='{rating_of(study, 'home')}'][value='8']").check()
    expect(section.get_by_role("status").first).to_have_text(re.compile("^Saved"))
    be_away(section, app, minutes=58)
    expect(section.get_by_role("alertdialog")).to_be_visible()
    be_away(section, app, minutes=2)
    expect(section).to_have_url(re.compile("/signed-out$"))
    expect(section.get_by_role("heading", level=1)).to_have_text("You are signed out")
    assert rows_of(app, study, "s4") == [("home", "8", False)]
    section.go_back()
    assert "A safe home" not in section.content()


def test_an_answer_that_waits_for_the_connection_is_saved_after_the_time_out(
    app: Flask, study: StudyOnApp, section: Page
) -> None:
    section.context.set_offline(True)
    section.locator(f"input[name='{rating_of(study, 'home')}'][value='8']").check()
    be_away(section, app, minutes=61)
    expect(section.locator(".app-cover")).to_contain_text("We are still saving your last answers.")
    expect(section.get_by_role("heading", name="A safe home")).to_have_count(
        0
    )  # not for screen readers either
    section.context.set_offline(False)
    section.clock.fast_forward(60 * 1000)
    expect(section).to_have_url(re.compile("/signed-out$"))
    assert rows_of(app, study, "s4") == [("home", "8", False)]


def test_one_can_leave_from_the_question(app: Flask, section: Page) -> None:
    be_away(section, app, minutes=58)
    section.get_by_role("button", name="Sign out now").click()
    left(section)


def test_the_settings_work_without_scripts_on_a_narrow_screen(open_link: OpenLink) -> None:
    page = open_link(java_script_enabled=False, viewport={"width": NARROW, "height": 640})
    page.goto("/rate/settings")
    page.get_by_label("By text message").check()
    expect(page.get_by_label("Remind me again from this day")).to_be_hidden()
    page.get_by_label("Not now. Wait until a day that I choose").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Enter a day after today, such as 2031-04-30.").click()
    page.get_by_label("Remind me again from this day").fill("2999-01-31")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Your choice is saved.")).to_be_visible()
    page.get_by_label("10 minutes").check()
    page.get_by_role("button", name="Save for this device").click()
    expect(page.get_by_text("If you do nothing for 10 minutes, we sign you out.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW


def pages_of(page: Page) -> Iterator[str]:
    """Every page about leaving, one after another; the last is the receipt."""
    for name in ("rate/exit-help", "rate/reach", "rate/settings", "rate/leave", "help"):
        page.goto(f"/{name}")
        yield name
    page.goto("/rate/settings")
    page.get_by_label("Not now").check()
    page.get_by_role("button", name="Save", exact=True).click()
    yield "a fault"
    page.locator("footer summary").click()
    yield "help in the footer"
    page.evaluate("document.getElementById('stay').showModal()")
    yield "the question"
    page.goto("/rate/leave/kept")
    yield "kept"
    page.goto("/rate/leave/removed")
    yield "removed"
    page.get_by_role("button", name="Delete my answers and leave").click()
    yield "receipt"
    page.goto("/signed-out")
    yield "signed out"


def test_axe_finds_nothing_wrong_and_nothing_scrolls_sideways(open_link: OpenLink) -> None:
    page = open_link()
    found = {name: faults_of(page) for name in pages_of(page)}
    assert found == {name: [] for name in found}
    assert len(found) == 12


def test_somebody_withdraws_and_their_answers_leave_the_results(
    app: Flask, study: StudyOnApp, open_link: OpenLink
) -> None:
    page = open_link(viewport={"width": NARROW, "height": 640})
    agree(page)
    page.locator(f"input[name='{rating_of(study, 'home')}'][value='8']").check()
    expect(page.get_by_role("status").first).to_have_text(re.compile("^Saved"))
    page.get_by_role("link", name="Leave the study").click()
    page.get_by_label("Stop here, and take my answers out").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Delete my answers and leave").click()
    expect(page.get_by_text("Your answers were taken out and deleted.")).to_be_visible()
    assert rows_of(app, study, "s4") == rows_of(app, study, "s4", round_code="1") == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Keep the receipt as a file").click()
    assert download.value.suggested_filename == "receipt.txt"
    page.get_by_role("button", name="Finish and sign out").click()
    page.goto("/rate/receipt")
    expect(page.get_by_role("heading", level=1)).to_have_text("You are not signed in")

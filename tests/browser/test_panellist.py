"""A panellist in a real browser: without scripts, on a narrow screen, by keyboard, without a connection."""

import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from delphi.domain.answers import LONGEST_COMMENT
from tests.browser.axe import faults_of, violations_on
from tests.browser.conftest import PATIENCE_SECONDS, Visit
from tests.rating.panellists import comments_of, rating_of, rows_of
from tests.studies_on_app import StudyOnApp

NARROW = 320
SLOW_SECONDS = 1
PAGES = ("welcome", "consent", "section/1", "section/2", "finish", "done")
SAVED = re.compile(r"^Saved \d\d:\d\d$")
OpenLink = Callable[..., Page]


@pytest.fixture
def open_link(study: StudyOnApp, visit: Visit) -> OpenLink:
    """Opens the link of panellist s4 in a new browser profile with the given options."""
    return partial(visit, study.panellists["s4"])


def agree(page: Page) -> None:
    """Say yes, and come to the first section."""
    page.goto("/rate/consent")
    page.get_by_label("Yes, I want to take part").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Save and continue").click()
    page.goto("/rate/section/1")


def choose(page: Page, study: StudyOnApp, outcome: str, value: str) -> None:
    """Choose an answer."""
    page.locator(f"input[name='{rating_of(study, outcome)}'][value='{value}']").check()


def saved(page: Page) -> Locator:
    """What the page says of what is saved."""
    return page.locator("[data-saved]")


def wait_until(page: Page, holds: Callable[[], bool], *, seconds: int = PATIENCE_SECONDS) -> None:
    """Give the page time; fail if it does not come true."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it did not come true"
        page.wait_for_timeout(50)


def tab_to(page: Page, selector: str, *, most: int = 60) -> None:
    """Press Tab until an element that fits the selector has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not come to {selector}")


def test_answers_are_saved_one_by_one_and_a_reload_shows_them(
    app: Flask, study: StudyOnApp, open_link: OpenLink
) -> None:
    page = open_link()
    agree(page)
    choose(page, study, "home", "8")
    expect(saved(page)).to_have_text(SAVED)
    assert rows_of(app, study, "s4") == [("home", "8", False)]
    choose(page, study, "doctor", "cannot_say")
    expect(page.locator("[data-answered]")).to_have_text("2 of 2 answered")
    page.get_by_text("Write a comment").first.click()
    page.get_by_label("Your comment on “A safe home”").fill("A word.")
    page.get_by_label("Your comment on “A safe home”").blur()
    expect(saved(page)).to_have_text(SAVED)
    wait_until(page, lambda: comments_of(app, study, "s4") == [("A word.", False)])
    page.reload()
    assert page.locator("input:checked").count() == 2
    assert page.get_by_label("Your comment on “A safe home”").input_value() == "A word."


def test_a_whole_round_can_be_finished_without_scripts(
    app: Flask, study: StudyOnApp, open_link: OpenLink
) -> None:
    page = open_link(java_script_enabled=False, viewport={"width": NARROW, "height": 640})
    for _ in ("how to leave at once", "welcome"):
        page.get_by_role("button", name="Continue").click()
    page.get_by_label("Yes, I want to take part").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Go to the questions").click()
    choose(page, study, "home", "8")
    choose(page, study, "doctor", "cannot_say")
    page.get_by_role("button", name="Save and continue").click()
    assert saved(page).inner_text().startswith("Saved ")
    choose(page, study, "work", "3")
    choose(page, study, "ties", "skipped")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="I have finished").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Thank you"
    answers = [(outcome, answer) for outcome, answer, _ in rows_of(app, study, "s4")]
    assert answers == [("home", "8"), ("doctor", "cannot_say"), ("work", "3"), ("ties", "skipped")]


def walk(page: Page) -> Iterator[str]:
    """Every page of the panellist's way, one after another."""
    agree(page)
    page.goto("/rate/finish")
    page.get_by_role("button", name="I have finished").click()
    for name in PAGES:
        page.goto(f"/rate/{name}")
        if name.startswith("section"):
            for summary in page.locator("summary").all():
                summary.click()
        yield name


def test_no_page_scrolls_sideways_on_a_narrow_screen(open_link: OpenLink) -> None:
    page = open_link(viewport={"width": NARROW, "height": 640})
    widths = {name: page.evaluate("document.documentElement.scrollWidth") for name in walk(page)}
    assert widths == dict.fromkeys(PAGES, NARROW)


def test_axe_finds_nothing_wrong(open_link: OpenLink) -> None:
    page = open_link()
    found = {name: faults_of(page) for name in walk(page)}
    assert found == {name: [] for name in PAGES}


def test_axe_finds_nothing_wrong_where_something_is(study: StudyOnApp, open_link: OpenLink) -> None:
    page = open_link(viewport={"width": NARROW, "height": 800})
    agree(page)
    page.evaluate("document.querySelector('input[value=\"5\"]').value = 'hostile'")
    page.locator("input[value='hostile']").evaluate("field => { field.checked = true; }")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("alert")).to_contain_text("A safe home: Choose one of the answers in the list.")
    assert violations_on(page) == []
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("document.activeElement.id") == rating_of(study, "home")


def test_a_section_can_be_answered_by_keyboard_alone(
    app: Flask, study: StudyOnApp, open_link: OpenLink
) -> None:
    page = open_link()
    agree(page)
    tab_to(page, f"[name='{rating_of(study, 'home')}']")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, f"[name='{rating_of(study, 'doctor')}']")
    page.keyboard.press("Space")
    tab_to(page, "button[value='continue']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Section 2 of 2: Everyday life")
    newest = {outcome: answer for outcome, answer, _ in rows_of(app, study, "s4")}
    assert newest == {"home": "2", "doctor": "1"}


def test_a_lost_connection_is_told_and_the_answer_sent_again(
    app: Flask, study: StudyOnApp, open_link: OpenLink
) -> None:
    page = open_link()
    agree(page)
    page.context.set_offline(True)
    choose(page, study, "home", "8")
    expect(saved(page)).to_have_text("Not saved yet – trying again")
    assert rows_of(app, study, "s4") == []
    page.context.set_offline(False)
    expect(saved(page)).to_have_text(SAVED)
    assert rows_of(app, study, "s4") == [("home", "8", False)]


def test_the_buttons_wait_for_the_connection(app: Flask, study: StudyOnApp, open_link: OpenLink) -> None:
    page = open_link()
    agree(page)
    page.context.set_offline(True)
    choose(page, study, "home", "8")
    expect(saved(page)).to_have_text("Not saved yet – trying again")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Section 1")
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Section 2")
    assert rows_of(app, study, "s4") == [("home", "8", False)]


def test_an_answer_on_its_way_arrives_before_what_the_button_saves(
    app: Flask, study: StudyOnApp, open_link: OpenLink
) -> None:
    page = open_link()
    agree(page)
    serve: Any = app.wsgi_app

    def slowly(environ: dict[str, Any], start: Any) -> Any:  # noqa: ANN401  # WSGI's own
        time.sleep(SLOW_SECONDS if environ["PATH_INFO"] == "/rate/answer" else 0)
        return serve(environ, start)

    app.wsgi_app = slowly  # type: ignore[method-assign]  # the way that Flask documents
    choose(page, study, "home", "1")
    choose(page, study, "home", "2")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Section 2")
    page.wait_for_timeout(2 * SLOW_SECONDS * 1000)
    assert rows_of(app, study, "s4")[-1][:2] == ("home", "2")


def test_leaving_with_something_unsaved_is_asked_about(study: StudyOnApp, open_link: OpenLink) -> None:
    page = open_link()
    agree(page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    page.context.set_offline(True)
    choose(page, study, "home", "8")
    expect(saved(page)).to_have_text("Not saved yet – trying again")
    page.close(run_before_unload=True)
    wait_until(page, lambda: asked == ["beforeunload"])


def test_a_comment_that_cannot_be_kept_is_told_until_it_can(
    app: Flask, study: StudyOnApp, open_link: OpenLink
) -> None:
    page = open_link()
    agree(page)
    page.get_by_text("Write a comment").first.click()
    box = page.get_by_label("Your comment on “A safe home”")
    box.fill("a" * (LONGEST_COMMENT + 1))
    box.blur()
    expect(saved(page)).to_contain_text("characters or fewer")
    choose(page, study, "home", "8")
    wait_until(page, lambda: rows_of(app, study, "s4") == [("home", "8", False)])
    expect(saved(page)).to_contain_text("characters or fewer")
    box.fill("Shorter.")
    box.blur()
    expect(saved(page)).to_have_text(SAVED)
    assert comments_of(app, study, "s4") == [("Shorter.", False)]


def test_who_was_signed_out_meanwhile_signs_in_elsewhere_and_it_is_saved(
    app: Flask, study: StudyOnApp, open_link: OpenLink
) -> None:
    page, cookies = open_link(), None
    agree(page)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    choose(page, study, "home", "8")
    expect(saved(page)).to_contain_text("Not saved yet: you are signed out.")
    assert rows_of(app, study, "s4") == []
    page.context.add_cookies(cookies)  # as another window does that signs in
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(saved(page)).to_have_text(SAVED)
    assert rows_of(app, study, "s4") == [("home", "8", False)]


def test_nothing_is_kept_on_the_device(study: StudyOnApp, open_link: OpenLink) -> None:
    page = open_link()
    agree(page)
    choose(page, study, "home", "8")
    expect(saved(page)).to_have_text(SAVED)
    kept = page.evaluate("[localStorage.length, sessionStorage.length]")
    cookies = page.context.cookies()
    assert kept == [0, 0]
    assert [(cookie["httpOnly"], cookie["expires"]) for cookie in cookies] == [(True, -1)]

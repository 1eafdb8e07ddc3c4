"""Joining by a study's open link in a real browser: on a narrow screen, without scripts; what axe says."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from delphi.extensions import limiter
from delphi.models import Role
from tests.browser.axe import faults_of
from tests.browser.conftest import ServeApp
from tests.joining.joiners import consents_of, newest_panellist, open_link_of, study_to_join, team_of
from tests.studies_on_app import StudyOnApp, load_study

PHONE = {"viewport": {"width": 320, "height": 640}}
NewPage = Callable[..., Page]


@pytest.fixture
def joinable(app: Flask) -> StudyOnApp:
    """A study that people can join; Round 2 is open."""
    limiter.reset()
    return load_study(app, study_to_join(), open_round="2")


@pytest.fixture
def new_page(app: Flask, joinable: StudyOnApp, browser: Browser, live_server: ServeApp) -> Iterator[NewPage]:
    """A new browser profile with the given options."""
    address = live_server(app)
    contexts: list[BrowserContext] = []

    def open_(**options: Any) -> Page:  # noqa: ANN401  # Playwright's own options
        contexts.append(browser.new_context(base_url=address, **options))
        return contexts[-1].new_page()

    yield open_
    for context in contexts:
        context.close()


def press(page: Page, button: str) -> None:
    page.locator("main").get_by_role("button", name=button).click()


def h1_of(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_one_joins_and_comes_back_on_a_narrow_screen_without_scripts(
    app: Flask, joinable: StudyOnApp, new_page: NewPage
) -> None:
    page = new_page(java_script_enabled=False, **PHONE)
    page.goto(open_link_of(app, joinable))
    page.get_by_label("Survivors").check()
    press(page, "Join")
    assert h1_of(page) == "You have joined"
    press(page, "Make a sign-in code")
    code = page.locator(".app-spoken-code").inner_text()
    page.get_by_role("button", name="Continue").click()  # first how to leave at once, then the welcome
    page.goto("/rate/welcome")
    press(page, "Continue")
    page.get_by_label("Yes, I want to take part").check()
    press(page, "Continue")
    page.get_by_label("In a town").check()
    press(page, "Continue")
    assert [consent.agreed for consent in consents_of(app, newest_panellist(app).id)] == [True]
    other = new_page(java_script_enabled=False, **PHONE)
    other.goto("/enter")
    other.get_by_label("Your sign-in code").fill(code.lower())
    press(other, "Continue")
    other.goto("/rate/about-you")
    assert other.get_by_label("In a town").is_checked()


def walk(app: Flask, joinable: StudyOnApp, page: Page) -> Iterator[str]:
    """Every page on which people come in, one after another."""
    address = open_link_of(app, joinable)
    for path in (address, "/join/unknown", "/no-thank-you", "/enter"):
        page.goto(path)
        yield re.sub(address, "/join", path)
    page.goto(address)
    page.get_by_label("Survivors").check()
    press(page, "Join")
    yield "joined"
    press(page, "Make a sign-in code")
    yield "code"
    for path in ("/rate/come-back", "/rate/welcome", "/rate/consent"):
        page.goto(path)
        yield path
    press(page, "Continue")
    yield "consent with a fault"
    page.get_by_label("Yes, I want to take part").check()
    press(page, "Continue")
    yield "about you"


def test_axe_finds_nothing_wrong_and_nothing_scrolls_sideways(
    app: Flask, joinable: StudyOnApp, new_page: NewPage
) -> None:
    page = new_page()
    found = {name: faults_of(page) for name in walk(app, joinable, page)}
    assert found == {name: [] for name in found}
    assert len(found) == 11


def test_axe_finds_nothing_wrong_where_the_team_enters_answers(
    app: Flask, joinable: StudyOnApp, new_page: NewPage
) -> None:
    page = new_page()
    cookie = team_of(app, joinable, Role.OWNER).http.get_cookie("chorus")
    assert cookie is not None
    page.goto("/about")
    page.context.add_cookies([{"name": "chorus", "value": cookie.value, "url": page.url}])
    page.goto("/studies/small/panel")
    found = [faults_of(page)]
    page.goto("/studies/small/panel/s4")
    found.append(faults_of(page))
    page.get_by_label("From paper").check()
    press(page, "Begin")
    found.append(faults_of(page))
    assert found == [[], [], []]
    page.get_by_role("button", name="Stop entering").click()
    assert h1_of(page) == "s4"

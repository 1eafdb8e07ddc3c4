"""The pages for anybody and the sign-in pages, in a real browser."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from delphi.access.links import make_link, spend_link
from delphi.web import clock
from tests.browser.axe import faults_of, violations_on
from tests.browser.conftest import ServeApp
from tests.studies_on_app import StudyOnApp


@pytest.fixture
def urls(app: Flask, study: StudyOnApp) -> list[str]:
    """One address of each kind of page."""
    with app.app_context():
        good, used = (
            make_link(
                panellist_id=study.panellists["s1"], by="user:1", now=clock.now(), valid_for=timedelta(days=1)
            )
            for _ in range(2)
        )
        spend_link(used, now=clock.now())
    paths = ("", "about", "sign-in", f"enter/{good}", f"enter/{used}", "enter/unknown", "nowhere", "rate")
    return [f"/{path}" for path in paths]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_every_page_passes_axe_and_fits_its_width(
    app: Flask, live_server: ServeApp, page: Page, urls: list[str]
) -> None:
    address = live_server(app)
    for url in urls:
        page.goto(address + url)
        assert faults_of(page) == [], url


def test_a_form_with_errors_passes_axe_and_takes_the_reader_to_them(
    app: Flask, live_server: ServeApp, page: Page
) -> None:
    page.goto(live_server(app) + "/sign-in")
    page.get_by_role("button", name="Sign in").click()
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    assert page.title() == "Error: Sign in – Chorus"
    assert violations_on(page) == []


@pytest.mark.parametrize("with_scripts", [True, False])
def test_a_panellist_comes_in_and_goes_out(
    app: Flask, live_server: ServeApp, browser: Browser, urls: list[str], with_scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=with_scripts)
    page, address = context.new_page(), live_server(app)
    page.goto(address + urls[3])
    page.get_by_role("button", name="Continue").click()
    assert page.url.startswith(address + "/rate")
    page.get_by_role("button", name="Sign out").click()
    assert page.url == address + "/"
    assert page.get_by_role("button", name="Sign out").count() == 0
    context.close()


def test_the_browser_finds_nothing_against_our_policy(app: Flask, live_server: ServeApp, page: Page) -> None:
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    address = live_server(app)
    for url in ("/", "/about", "/sign-in"):
        page.goto(address + url, wait_until="networkidle")
    assert messages == []


def test_the_keyboard_reaches_the_main_part_at_once(app: Flask, live_server: ServeApp, page: Page) -> None:
    page.goto(live_server(app) + "/about")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"

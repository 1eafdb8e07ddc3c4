"""By keyboard alone: a whole round, and on every page a focus that is seen, and comes everywhere."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import ServeApp
from tests.browser.keyboard import never_met, stops_of
from tests.browser.panellist_ground import Ground, ground_on
from tests.browser.panellist_pages import ANSWERING, PAGES, PanellistPage, walk
from tests.browser.test_panellist import SAVED, tab_to
from tests.rating.panellists import rating_of, rows_of

DESK: ViewportSize = {"width": 1280, "height": 720}
LOW: ViewportSize = {"width": 320, "height": 256}  # the desk at 400 %
NewPage = Callable[..., Page]


@pytest.fixture
def ground(app: Flask) -> Ground:
    """A study with everything that a page can ask."""
    return ground_on(app, people=("new",))


@pytest.fixture
def address(app: Flask, live_server: ServeApp) -> str:
    """Where the app is served."""
    return live_server(app)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a fresh browser."""
    context = browser.new_context(locale="en", viewport=DESK)
    page = context.new_page()
    yield page
    context.close()


def press_on(page: Page, selector: str, key: str = "Enter") -> None:
    """Tab to an element and press a key on it."""
    tab_to(page, selector, most=90)
    page.keyboard.press(key)


def heading(page: Page, words: str) -> None:
    """Wait for a page by its heading."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def come_in(page: Page) -> None:
    """From the link to the first section."""
    press_on(page, "main form button")
    heading(page, "How to leave fast")
    press_on(page, "main a.govuk-button", "Space")  # it is called a button, so Space presses it too
    heading(page, "Welcome")
    press_on(page, "#main-form button")
    heading(page, "Your choice")
    press_on(page, "#agree", "Space")
    press_on(page, "#main-form button")
    heading(page, "About you")
    press_on(page, "#main-form button")
    heading(page, "How may we reach you?")
    press_on(page, "#main-form button")
    heading(page, "What changed since last time")
    press_on(page, "main a.govuk-button")
    heading(page, "Section 1 of 2")


def test_a_whole_round_from_the_link_to_the_thanks(
    app: Flask, ground: Ground, address: str, page: Page
) -> None:
    study = ground.studies["full"]
    page.goto(address + ground.addresses["enter"])
    come_in(page)
    press_on(page, f"[name='{rating_of(study, 'home')}']", "Space")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    press_on(page, "button[value=continue]")
    heading(page, "Section 2 of 2")
    press_on(page, f"[name='{rating_of(study, 'work')}']", "Space")
    press_on(page, "button[value=continue]")
    heading(page, "What is left")
    press_on(page, "#main-form textarea", "x")
    press_on(page, "#main-form button")
    heading(page, "Thank you")
    newest = {outcome: answer for outcome, answer, _ in rows_of(app, study, "s4")}
    assert newest == {"home": "3", "work": "1"}


def test_the_exit_button_is_the_keyboard_s_too(ground: Ground, address: str, page: Page) -> None:
    page.context.route(
        "https://neutral.example/**",
        lambda route: route.fulfill(content_type="text/html", body="<title>Weather</title>"),
    )
    page.goto(address + ground.addresses["enter"])
    press_on(page, "main form button")
    heading(page, "How to leave fast")
    press_on(page, ".app-exit__button")
    expect(page).to_have_url(re.compile("neutral.example"))
    page.goto(f"{address}/rate")
    heading(page, "You are not signed in")


@pytest.mark.parametrize(("size", "pages"), [(DESK, ANSWERING), (LOW, PAGES)], ids=["desk", "at 400 %"])
def test_on_every_page_the_focus_is_seen_and_comes_everywhere(
    app: Flask, address: str, page: Page, size: ViewportSize, pages: tuple[PanellistPage, ...]
) -> None:
    ground, faults, stops = ground_on(app), [], 0
    page.set_viewport_size(size)
    for each in walk(ground, page, address=address, pages=pages):
        for stop in stops_of(page):
            stops += 1
            if not stop.shows or not stop.seen:
                faults.append((each.name, stop))
        faults.extend((each.name, left) for left in never_met(page))
    assert faults == []
    assert stops > 10 * len(pages)

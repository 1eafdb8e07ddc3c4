"""A panellist's story from end to end, as it happens to people."""

from datetime import timedelta

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from delphi.access.links import make_link
from delphi.web import clock
from tests.browser.conftest import ServeApp
from tests.browser.panellist_ground import in_our_languages
from tests.data.small_study import small_study
from tests.rating.panellists import rating_of, rows_of
from tests.studies_on_app import StudyOnApp, load_study

PHONE = {"width": 320, "height": 640}
MOST_PAGES = 12
FAILED = ".app-saved__state--failed"


def open_new_link(app: Flask, study: StudyOnApp, context: BrowserContext) -> Page:
    """Open a link of panellist s4 and go on until the first question, taking each page as it comes."""
    with app.app_context():
        token = make_link(
            panellist_id=study.panellists["s4"], by="team", now=clock.now(), valid_for=timedelta(hours=1)
        )
    page = context.new_page()
    page.goto(f"/enter/{token}")
    page.locator("main form button").first.click()
    for _ in range(MOST_PAGES):
        if "/section/" in page.url:
            return page
        yes = page.locator("#main-form input[type=radio][value=yes]")
        if yes.count():
            yes.check()
        page.locator("#main-form button, main a.govuk-button").first.click()
    raise AssertionError(f"no question after {MOST_PAGES} pages: {page.url}")


def choose(page: Page, study: StudyOnApp, outcome: str, value: str) -> None:
    page.locator(f"input[name='{rating_of(study, outcome)}'][value='{value}']").check()


def finish(page: Page, study: StudyOnApp) -> None:
    """Answer what the second section asks, and say that one has finished."""
    page.locator("button[value=continue]").click()
    choose(page, study, "work", "3")
    choose(page, study, "ties", "skipped")
    page.locator("button[value=continue]").click()
    page.locator("#main-form button:not([value=save])").last.click()


def test_a_survivor_stops_halfway_in_arabic_loses_the_connection_and_finishes_on_another_device(
    app: Flask, browser: Browser, live_server: ServeApp
) -> None:
    study = load_study(app, in_our_languages(small_study(), code="small"), open_round="2")
    address = live_server(app)
    first = browser.new_context(base_url=address, locale="ar", viewport=PHONE)
    page = open_new_link(app, study, first)
    assert page.locator("html").get_attribute("dir") == "rtl"
    choose(page, study, "home", "8")
    expect(page.locator("[data-saved]")).to_contain_text(":")
    first.set_offline(True)
    choose(page, study, "doctor", "5")
    expect(page.locator(FAILED).first).to_be_visible()
    first.set_offline(False)
    expect(page.locator(FAILED)).to_have_count(0, timeout=15_000)
    first.close()
    second = browser.new_context(base_url=address, locale="ar", viewport=PHONE)
    page = open_new_link(app, study, second)
    assert page.url.endswith("/section/2")
    page.goto("/rate/section/1")
    assert page.locator("input[type=radio]:checked").count() == 2
    finish(page, study)
    expect(page).to_have_url(f"{address}/rate/done")
    answers = [(outcome, answer) for outcome, answer, _ in rows_of(app, study, "s4")]
    assert answers == [("home", "8"), ("doctor", "5"), ("work", "3"), ("ties", "skipped")]
    second.close()

"""A study team watches a round and tries rules, in a real browser."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from delphi.models import Role
from tests.browser.axe import faults_of
from tests.browser.conftest import ServeApp
from tests.browser.test_staff import Visit, visits
from tests.studies_on_app import StudyOnApp

ROUNDS = "/studies/small/rounds"
PAGES = (f"{ROUNDS}/2/progress", f"{ROUNDS}/2/planned-closing", f"{ROUNDS}/1/what-if?p.0.0=60")


@pytest.fixture
def owner(browser: Browser, live_server: ServeApp, app: Flask, study: StudyOnApp) -> Iterator[Visit]:
    """Opens pages of the small study as its owner."""
    yield from visits(browser, live_server(app), app, study.team[Role.OWNER])


def test_pages_of_a_round_pass_axe_narrow_and_wide(owner: Visit) -> None:
    page, found = owner("/studies"), []
    for url in PAGES:
        page.goto(url)
        for summary in page.locator("main summary").all():
            summary.click()
        found += [f"{url}: {fault}" for fault in faults_of(page)]
    assert found == []


def test_the_page_renews_itself_until_it_is_told_to_stop(owner: Visit) -> None:
    page = owner("/studies")
    page.clock.install()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(PAGES[0])
    page.locator("#days summary").click()
    page.get_by_role("heading", level=1).click()
    page.evaluate("document.activeElement.blur()")
    asked.clear()
    with page.expect_response(lambda response: response.url.endswith("/progress")):
        page.clock.fast_forward(31_000)
    expect(page.locator("#days")).to_have_attribute("open", "")
    page.get_by_role("button", name="Stop renewing this page").click()
    asked.clear()
    page.clock.fast_forward(62_000)
    assert asked == []
    expect(page.get_by_role("button", name="Renew this page every 30 seconds")).to_be_visible()


def test_a_number_that_is_typed_changes_the_list_at_once(owner: Visit) -> None:
    page = owner(PAGES[2])
    page.get_by_role("textbox", name="Percent who rated it “agree”").fill("100")
    expect(page.get_by_text("100 %").first).to_be_visible()
    expect(page.get_by_text("Changed", exact=True).first).to_be_visible()

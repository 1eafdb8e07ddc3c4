"""A study team in a real browser: sorting, the lineage, narrow screens, dark screens, paper."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from delphi.access.links import make_link
from delphi.models import Role
from delphi.web import clock
from tests.browser.axe import faults_of, violations_on
from tests.browser.conftest import ServeApp
from tests.mscos_on_app import Mscos
from tests.studies_on_app import StudyOnApp

MSCOS, SMALL = "/studies/mscos_2022", "/studies/small"
READING = (
    "/studies",
    MSCOS,
    f"{MSCOS}/rounds/1/receipt",
    f"{MSCOS}/rounds/1/results",
    f"{MSCOS}/rounds/workshop/results",
    f"{MSCOS}/lineage",
    f"{MSCOS}/lineage/work_and_permission",
)
RUNNING = (
    SMALL,
    f"{SMALL}/rounds/2",
    f"{SMALL}/rounds/2/close",
    f"{SMALL}/panel",
    f"{SMALL}/rounds/2/messages",
    f"{SMALL}/rounds/2/messages/reminder",
    f"{SMALL}/rounds/2/results",
)
Visit = Callable[..., Page]


def token_for(app: Flask, user_id: int) -> str:
    with app.app_context():
        return make_link(user_id=user_id, by="command line", now=clock.now(), valid_for=timedelta(hours=1))


def visits(browser: Browser, address: str, app: Flask, user_id: int) -> Iterator[Visit]:
    contexts: list[BrowserContext] = []

    def visit(url: str, **options: Any) -> Page:  # noqa: ANN401  # Playwright's own options
        contexts.append(browser.new_context(base_url=address, **options))
        page = contexts[-1].new_page()
        page.goto(f"/enter/{token_for(app, user_id)}")
        page.locator("main button").click()
        page.goto(url)
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def analyst(browser: Browser, live_server: ServeApp, mscos: Mscos) -> Iterator[Visit]:
    """Opens pages of the real study as its analyst, each in a new browser profile."""
    yield from visits(browser, live_server(mscos.app), mscos.app, mscos.team[Role.ANALYST])


@pytest.fixture
def owner(browser: Browser, live_server: ServeApp, app: Flask, study: StudyOnApp) -> Iterator[Visit]:
    """Opens pages of the small study as its owner, each in a new browser profile."""
    yield from visits(browser, live_server(app), app, study.team[Role.OWNER])


def shares(page: Page) -> list[float]:
    """The weighted shares of the table, from the top."""
    values = page.locator("tbody tr td:nth-of-type(6) data").evaluate_all("all => all.map(one => one.value)")
    return [float(value) for value in values]


def faults_on(page: Page, urls: tuple[str, ...]) -> list[str]:
    """What axe finds, and pages that scroll sideways."""
    found = []
    for url in urls:
        page.goto(url)
        found += [f"{url}: {fault}" for fault in faults_of(page)]
    return found


def test_pages_to_read_pass_axe_and_fit_the_screen(analyst: Visit) -> None:
    assert faults_on(analyst("/studies"), READING) == []


def test_pages_to_run_a_round_pass_axe_and_fit_the_screen(owner: Visit) -> None:
    assert faults_on(owner("/studies"), RUNNING) == []


def test_a_personal_link_is_shown_on_a_page_that_passes_axe(owner: Visit) -> None:
    page = owner(f"{SMALL}/panel")
    page.get_by_role("button", name="Make a personal link for s4").click()
    expect(page.get_by_label("The link")).to_have_value(re.compile("/enter/"))
    assert violations_on(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_heading_sorts_the_table_with_and_without_scripts(analyst: Visit, scripts: bool) -> None:
    page = analyst(f"{MSCOS}/rounds/1/results", java_script_enabled=scripts)
    heading = page.get_by_role("columnheader", name="All, weighted", exact=True)
    for direction, falling in (("descending", True), ("ascending", False)):
        heading.get_by_role("link").click()
        expect(heading).to_have_attribute("aria-sort", direction)
        expect(page).to_have_url(re.compile(f"sort=weighted&order={direction}"))
        assert shares(page) == sorted(shares(page), reverse=falling)


def test_script_and_server_sort_alike(analyst: Visit) -> None:
    page = analyst(f"{MSCOS}/rounds/1/results")
    for column in ("Survivors", "Rank by survivors", "Verdict, unweighted", "Outcome"):
        page.locator("thead").get_by_role("link", name=column, exact=True).click()
        by_script = page.locator("tbody th").all_inner_texts()
        page.reload()
        assert page.locator("tbody th").all_inner_texts() == by_script, column


@pytest.mark.parametrize("scripts", [True, False])
def test_choosing_a_band_leads_to_the_outcome_and_its_reasons(analyst: Visit, scripts: bool) -> None:
    page = analyst(f"{MSCOS}/lineage", java_script_enabled=scripts)
    page.locator("a.app-lineage__strand[aria-label^='Access to education:'] text").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Access to education")
    expect(page.get_by_text("The toolkit prints it as one of the seven core outcomes.").first).to_be_visible()


def test_the_keyboard_comes_to_a_band_and_its_name_is_said(analyst: Visit) -> None:
    page = analyst(f"{MSCOS}/lineage")
    page.locator("a.app-lineage__strand[aria-label^='Life skills:']").focus()
    expect(page.locator("[data-lineage-hint]")).to_contain_text("Life skills: became")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Life skills")


def test_on_paper_there_is_the_table_and_no_control(analyst: Visit) -> None:
    page = analyst(f"{MSCOS}/rounds/1/results")
    page.emulate_media(media="print")
    expect(page.locator("table")).to_be_visible()
    expect(page.get_by_text("Synthetic data.")).to_be_visible()
    expect(page.get_by_text("Download every figure to the last digit (CSV)")).to_be_hidden()
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()

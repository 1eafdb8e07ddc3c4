"""A team puts people on the panel in a real browser; each page of it passes axe."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from delphi.models import Role
from tests.browser.axe import faults_of
from tests.browser.conftest import ServeApp
from tests.browser.test_staff import Visit, visits
from tests.enrolling.uploads import IMPORT, thirty_people, xlsx
from tests.studies_on_app import StudyOnApp

PAGES = ("/studies/small/people/add", "/studies/small/people/targets", "/studies/small/panel")


@pytest.fixture
def owner(browser: Browser, live_server: ServeApp, app: Flask, study: StudyOnApp) -> Iterator[Visit]:
    """Opens pages of the small study as its owner."""
    yield from visits(browser, live_server(app), app, study.team[Role.OWNER])


def named_faults(page: Page) -> list[str]:
    return [f"{page.url}: {fault}" for fault in faults_of(page)]


def test_a_spreadsheet_becomes_a_panel_on_pages_that_pass_axe(owner: Visit) -> None:
    page = owner(IMPORT)
    faults = []
    broken = [*thirty_people()[:2], ("pilots", "nobody", "", "", "")]
    for rows, heading in ((broken, "Import people"), (thirty_people(), "Add 30 people?")):
        file = {"name": "people.xlsx", "mimeType": "application/octet-stream", "buffer": xlsx(rows)}
        page.get_by_label("The file with the people").set_input_files(file)  # type: ignore[arg-type]  # its own type
        page.get_by_role("button", name="Check the file").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        faults += named_faults(page)
    page.get_by_role("button", name="Add these people").click()
    expect(page.get_by_text("30 people are on the panel now.")).to_be_visible()
    page.get_by_role("link", name="p-").first.click()
    page.get_by_role("button", name="Show or change the contact").click()
    expect(page.get_by_label("E-mail")).to_have_value(re.compile(r"person\d+@example\.org"))
    faults += named_faults(page)
    for url in PAGES:
        page.goto(url)
        faults += named_faults(page)
    assert faults == []

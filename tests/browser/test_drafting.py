"""Setting up a study in a real browser: narrow and wide screens, and a table that is sent."""

from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, expect

from delphi.models import Role
from tests.browser.axe import faults_of
from tests.browser.conftest import ServeApp
from tests.browser.test_staff import visits
from tests.drafting.setting_up import filled_template
from tests.studies_on_app import StudyOnApp

PARTS = ("about", "groups", "joining", "profile", "consensus", "texts", "delete", "outcomes")


def test_pages_of_a_draft_pass_axe_and_take_a_table(
    browser: Browser, live_server: ServeApp, app: Flask, study: StudyOnApp, tmp_path: Path
) -> None:
    file = tmp_path / "outcomes.xlsx"
    file.write_bytes(filled_template("Sleep", "Work"))
    opened = visits(browser, live_server(app), app, study.team[Role.OWNER])
    page = next(opened)("/drafts")
    found = faults_of(page)
    page.get_by_role("button", name="Start a draft").click()
    draft = page.url.removesuffix("/about")
    page.get_by_role("button", name="Save and continue").click()
    for url in (f"{draft}/about", draft, *(f"{draft}/{part}" for part in PARTS)):
        page.goto(url)
        found += [f"{url}: {fault}" for fault in faults_of(page)]
    page.get_by_label("Table of outcomes, XLSX or CSV").set_input_files(file)
    page.get_by_role("button", name="Send the table").click()
    expect(page.get_by_role("heading", name="2 in the draft")).to_be_visible()
    found += faults_of(page)
    assert found == []
    opened.close()  # type: ignore[attr-defined]  # a generator

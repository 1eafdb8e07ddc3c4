"""Previews in a real browser: axe finds nothing at 320 and 1280 pixels, and nobody is signed out."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from delphi.models import Role
from tests.browser.conftest import ServeApp
from tests.browser.test_staff import Visit, faults_on, visits
from tests.setup.round_actions import load_before_round_2

CHOOSE = "/studies/small/rounds/2/preview"
WALK = f"{CHOOSE}/survivors/en/rate"


@pytest.fixture
def owner(browser: Browser, live_server: ServeApp, app: Flask) -> Iterator[Visit]:
    """Opens pages of the study before Round 2, as its owner."""
    study = load_before_round_2(app)
    yield from visits(browser, live_server(app), app, study.team[Role.OWNER])


def test_previews_and_the_page_before_opening_pass_axe_and_fit_the_screen(owner: Visit) -> None:
    pages = (CHOOSE, "/studies/small/rounds/2/open", f"{WALK}/section/1", f"{WALK}/settings")
    assert faults_on(owner("/studies"), pages) == []


def test_the_keys_that_leave_a_panellists_page_do_not_sign_the_team_out(owner: Visit) -> None:
    page = owner(f"{WALK}/section/1")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Section 2 of 2")
    page.get_by_role("link", name="Studies").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Studies")

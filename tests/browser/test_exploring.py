"""The pages that explore closed rounds in a browser, wide and narrow."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from delphi.models import Role
from tests.browser.conftest import ServeApp
from tests.browser.test_staff import Visit, faults_on, visits
from tests.mscos_on_app import Mscos, mscos

__all__ = ["mscos"]  # a fixture

STUDY = "/studies/mscos_2022"
WHAT_IF = f"{STUDY}/rounds/2/what-if"
PAGES = ("attrition", "rounds/2/rules", "rounds/2/groups", "rounds/2/changes", "rounds/2/what-if")


@pytest.fixture
def analyst(browser: Browser, live_server: ServeApp, mscos: Mscos) -> Iterator[Visit]:
    """Opens pages of the real study as its analyst, each in a new browser profile."""
    yield from visits(browser, live_server(mscos.app), mscos.app, mscos.team[Role.ANALYST])


def test_pages_that_explore_pass_axe_and_fit_the_screen(analyst: Visit) -> None:
    assert faults_on(analyst("/studies"), tuple(f"{STUDY}/{page}" for page in PAGES)) == []


def test_a_slider_turns_its_number_and_the_list_changes(analyst: Visit) -> None:
    page = analyst(WHAT_IF)
    slider = page.get_by_role("slider", name="Fewest people who must have rated it, as a slider")
    slider.fill(slider.get_attribute("max") or "")
    expect(page.get_by_label("Fewest people who must have rated it", exact=True)).to_have_value("30")
    expect(page.locator("#tried")).to_contain_text("fewer than 30 people answered")

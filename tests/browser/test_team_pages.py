"""The pages about people, the second factor and the audit trail in a browser, wide and narrow."""

from collections.abc import Iterator

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from delphi.models import Role
from delphi.web import clock
from tests.browser.axe import faults_of
from tests.browser.conftest import ServeApp
from tests.browser.test_staff import Visit, faults_on, visits
from tests.studies_on_app import StudyOnApp

TEAM, TRAIL = "/studies/small/team", "/studies/small/audit"


@pytest.fixture
def owner(browser: Browser, live_server: ServeApp, app: Flask, study: StudyOnApp) -> Iterator[Visit]:
    """Opens pages of the small study as its owner, each in a new browser profile."""
    yield from visits(browser, live_server(app), app, study.team[Role.OWNER])


def test_pages_about_people_and_the_trail_pass_axe_and_fit_the_screen(owner: Visit) -> None:
    page = owner(f"{TEAM}/invite")
    page.get_by_label("E-mail address").fill("new@example.org")
    page.get_by_label("Analyst").check()
    page.get_by_role("button", name="Make the invitation").click()
    link = page.get_by_label("The link").input_value()
    assert faults_of(page) == []
    urls = (TEAM, f"{TEAM}/invite", f"{TEAM}/4/role", f"{TEAM}/4/remove", TRAIL, f"{TRAIL}?who=team", link)
    assert faults_on(page, urls) == []


def test_the_second_factor_is_turned_on_and_asked_for_on_pages_that_pass_axe(owner: Visit) -> None:
    page = owner("/account")
    assert faults_of(page) == []
    page.get_by_role("button", name="Set up the second factor").click()
    assert faults_of(page) == []
    key = page.locator("p.app-code").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill(pyotp.TOTP(key).at(clock.now()))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    assert faults_of(page) == []
    second_step = owner("/sign-in/code")
    expect(second_step.get_by_role("heading", level=1)).to_have_text("Second step")
    assert faults_of(second_step) == []

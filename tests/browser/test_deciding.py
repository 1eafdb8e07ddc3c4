"""Deciding in a real browser: axe finds nothing at 320 and 1280 pixels, and no page scrolls sideways."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from delphi.models import Role
from tests.browser.conftest import ServeApp
from tests.browser.test_staff import Visit, faults_on, visits
from tests.synthesis.deciders import OUTCOMES, URL, decide, load_closed, member, undecided_study

PAGES = (URL, f"{OUTCOMES}/home", f"{OUTCOMES}/papers/merge")


@pytest.fixture
def facilitator(browser: Browser, live_server: ServeApp, app: Flask) -> Iterator[Visit]:
    """Opens pages of a study in which one outcome is reworded and one kept against the rule."""
    study = load_closed(app, undecided_study())
    client = member(app, study, Role.OWNER)
    decide(client, "home", "reword", descriptor="A warm place to live without fear.")
    decide(client, "papers", "keep")
    yield from visits(browser, live_server(app), app, study.team[Role.FACILITATOR])


def test_pages_to_decide_pass_axe_and_fit_the_screen(facilitator: Visit) -> None:
    assert faults_on(facilitator("/studies"), PAGES) == []

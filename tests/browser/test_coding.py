"""Coding in a real browser: axe finds nothing at 320 and 1280 pixels, and no page scrolls sideways."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from delphi.models import Role
from tests.browser.conftest import ServeApp
from tests.browser.test_staff import Visit, faults_on, visits
from tests.synthesis.deciders import load_closed, member
from tests.themes.commented import PAPERS, TELLING, THEMES, URL, code, commented_study, id_of, mark


@pytest.fixture
def facilitator(browser: Browser, live_server: ServeApp, app: Flask) -> Iterator[Visit]:
    """Opens pages of a study with two themes and a marked comment."""
    study = load_closed(app, commented_study())
    client = member(app, study, Role.OWNER)
    code(client, id_of(app, PAPERS), new_theme="Law")
    code(client, id_of(app, TELLING), new_theme="Care")
    mark(client, id_of(app, TELLING), "reworded")
    yield from visits(browser, live_server(app), app, study.team[Role.FACILITATOR])


def test_pages_to_code_pass_axe_and_fit_the_screen(facilitator: Visit, app: Flask) -> None:
    pages = (URL, f"{URL}/{id_of(app, TELLING)}", THEMES, f"{THEMES}/1")
    assert faults_on(facilitator("/studies"), pages) == []

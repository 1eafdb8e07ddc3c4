"""Pages of pauses and beginnings in a real browser: axe finds nothing, and none scrolls sideways."""

from flask import Flask
from playwright.sync_api import Browser

from delphi.models import Role
from tests.browser.conftest import ServeApp
from tests.browser.test_staff import faults_on, visits
from tests.setup.round_actions import load_before_round_2
from tests.studies_on_app import StudyOnApp
from tests.watching.rounds_to_watch import ROUND
from tests.watching.test_pausing import PAUSE, RESUME, closing_in, paused


def test_pages_of_a_pause_pass_axe_and_fit_the_screen(
    app: Flask, study: StudyOnApp, browser: Browser, live_server: ServeApp
) -> None:
    closing_in(app, study, 9)
    for visit in visits(browser, live_server(app), app, study.team[Role.FACILITATOR]):
        assert faults_on(visit("/studies"), (PAUSE,)) == []
        paused(app, study, {"until": "open_ended", "closing": "keep"})
        assert faults_on(visit("/studies"), (RESUME, ROUND)) == []


def test_the_page_that_opens_a_round_passes_axe(app: Flask, browser: Browser, live_server: ServeApp) -> None:
    study = load_before_round_2(app)
    for visit in visits(browser, live_server(app), app, study.team[Role.FACILITATOR]):
        assert faults_on(visit("/studies"), (f"{ROUND}/open",)) == []

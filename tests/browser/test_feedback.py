"""What panellists see of the others, in a real browser."""

from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from delphi.setup.digest_actions import write_digest
from delphi.setup.digest_form import GivenBox, GivenDigest
from delphi.web import clock
from tests.browser.axe import faults_of
from tests.browser.conftest import Visit
from tests.feedback.test_live import FIRST, live_study
from tests.rating.panellists import rating_of
from tests.studies_on_app import StudyOnApp, load_study


@pytest.fixture
def live(app: Flask) -> StudyOnApp:
    """Round 2 in real time, with a digest of Round 1."""
    study = live_study()
    first, second = study.protocol.rounds
    rounds = (first, replace(second, show_digest=True))
    loaded = load_study(app, replace(study, protocol=replace(study.protocol, rounds=rounds)), open_round="2")
    lines = {None: "Thanks to all.", loaded.outcomes["home"]: "A home is more than a roof."}
    boxes = {about: GivenBox(texts=(line,), base=0, theirs=None, choices={}) for about, line in lines.items()}
    given = GivenDigest(boxes=boxes, too_long={}, language=None)
    round_id = loaded.rounds["1"]
    with app.app_context():
        write_digest(loaded.study_id, round_id=round_id, round_code="1", given=given, by="t", now=clock.now())
    return loaded


def agree(page: Page) -> None:
    """Say yes, and come to what changed."""
    page.goto("/rate/consent")
    page.get_by_label("Yes, I want to take part").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Save and continue").click()


def test_others_answers_come_to_the_page_when_ones_own_is_saved(live: StudyOnApp, visit: Visit) -> None:
    page = visit(live.panellists["s4"])
    agree(page)
    page.goto("/rate/section/1")
    card = page.locator("[data-live]").first
    expect(card).to_contain_text(FIRST)
    page.locator(f"input[name='{rating_of(live, 'home')}'][value='7']").check()
    expect(card).to_contain_text("All survivors chose 7 to 9")
    expect(card.locator("svg")).to_be_visible()


def test_without_scripts_they_are_there_with_the_next_page(live: StudyOnApp, visit: Visit) -> None:
    page = visit(live.panellists["s4"], java_script_enabled=False)
    agree(page)
    page.goto("/rate/section/1")
    page.locator(f"input[name='{rating_of(live, 'home')}'][value='7']").check()
    page.get_by_role("button", name="Save and continue").click()
    page.goto("/rate/section/1")
    expect(page.locator("[data-live]").first).to_contain_text("All survivors chose 7 to 9")


def test_the_pages_have_no_violation_and_fit(live: StudyOnApp, visit: Visit) -> None:
    page = visit(live.panellists["s1"])
    agree(page)
    for place in ("changes", "your-words", "section/1", "section/2"):
        page.goto(f"/rate/{place}")
        assert faults_of(page) == [], place

"""What panellists see of the others, in a real browser."""

from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from delphi.setup.digest_actions import write_digest
from delphi.web import clock
from tests.browser.conftest import AxeViolations, Visit
from tests.feedback.test_live import FIRST, live_study
from tests.rating.panellists import rating_of
from tests.studies_on_app import StudyOnApp, load_study

NARROW, WIDE = 320, 1280


@pytest.fixture
def live(app: Flask) -> StudyOnApp:
    """Round 2 in real time, with a digest of Round 1."""
    study = live_study()
    first, second = study.protocol.rounds
    rounds = (first, replace(second, show_digest=True))
    loaded = load_study(app, replace(study, protocol=replace(study.protocol, rounds=rounds)), open_round="2")
    lines = {None: ("Thanks to all.",), loaded.outcomes["home"]: ("A home is more than a roof.",)}
    with app.app_context():
        write_digest(
            loaded.study_id, round_id=loaded.rounds["1"], round_code="1", lines=lines, by="t", now=clock.now()
        )
    return loaded


def agree(page: Page) -> None:
    """Say yes, and come to what changed."""
    page.goto("/rate/consent")
    page.get_by_label("Yes, I want to take part").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Keep as it is").click()


def test_others_answers_come_to_the_page_when_ones_own_is_saved(live: StudyOnApp, visit: Visit) -> None:
    page = visit(live.panellists["s4"])
    agree(page)
    page.goto("/rate/section/1")
    card = page.locator("[data-live]").first
    expect(card).to_contain_text(FIRST)
    page.locator(f"input[name='{rating_of(live, 'home')}'][value='7']").check()
    expect(card).to_contain_text("All survivors chose 7 to 9", timeout=10_000)
    expect(card.locator("svg")).to_be_visible()


def test_without_scripts_they_are_there_with_the_next_page(live: StudyOnApp, visit: Visit) -> None:
    page = visit(live.panellists["s4"], java_script_enabled=False)
    agree(page)
    page.goto("/rate/section/1")
    page.locator(f"input[name='{rating_of(live, 'home')}'][value='7']").check()
    page.get_by_role("button", name="Save and continue").click()
    page.goto("/rate/section/1")
    expect(page.locator("[data-live]").first).to_contain_text("All survivors chose 7 to 9")


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_have_no_violation_and_fit(
    live: StudyOnApp, visit: Visit, axe_violations: AxeViolations, width: int, scheme: str
) -> None:
    page = visit(live.panellists["s1"], viewport={"width": width, "height": 800}, color_scheme=scheme)
    agree(page)
    for place in ("changes", "your-words", "section/1", "section/2"):
        page.goto(f"/rate/{place}")
        assert axe_violations(page) == [], place
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), place

"""A later round in a real browser: keeping an answer, why it changed, dissent, other scales."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import update

from analysis.study.scale import Scale
from analysis.study.study import Study
from delphi.extensions import db
from delphi.models import Panellist, TextKind
from tests.browser.axe import faults_of, violations_on
from tests.browser.conftest import Visit
from tests.browser.test_panellist import SAVED, agree, choose, saved, wait_until
from tests.data.small_study import INCLUSION
from tests.rating.panellists import rating_of, rows_of, text_on, texts_of
from tests.rating.rounds_to_rate import (
    EASE,
    FIVE,
    NOUGHT_TO_TEN,
    YES_OR_NO,
    on_scale,
    second_round,
    with_private_messages,
)
from tests.studies_on_app import StudyOnApp, load_study

NARROW = 320


def with_plain_words(study: Study) -> Study:
    """The study, with plainer words for its first outcome."""
    first = replace(study.outcomes[0], plain="A place where nobody comes in.")
    return replace(study, outcomes=(first, *study.outcomes[1:]))


@pytest.fixture
def full(app: Flask) -> StudyOnApp:
    """A round with everything that a section can ask for."""
    study = with_plain_words(with_private_messages(second_round(ask_why_changed=True)))
    return load_study(app, study, open_round="2")


@pytest.fixture
def page(full: StudyOnApp, visit: Visit) -> Page:
    """Its first section, as s4 sees it, who gave home 9 and doctor 8 in Round 1."""
    page = visit(full.panellists["s4"])
    agree(page)
    return page


def test_an_answer_is_kept_by_one_tap(app: Flask, full: StudyOnApp, page: Page) -> None:
    button = page.get_by_role("button", name="Keep my earlier answer: 9")
    button.focus()
    page.keyboard.press("Enter")
    expect(saved(page)).to_have_text(SAVED)
    assert rows_of(app, full, "s4") == [("home", "9", False)]
    assert page.locator("input:checked").get_attribute("value") == "9"
    assert page.evaluate("document.activeElement.innerText").startswith("You kept your earlier answer: 9")
    choose(page, full, "home", "2")
    expect(page.get_by_role("button", name="Keep my earlier answer: 9")).to_be_visible()


def test_why_an_answer_changed_is_asked_at_once(app: Flask, full: StudyOnApp, page: Page) -> None:
    why = page.locator(f"#{text_on(full, 'home', TextKind.REASON)}")
    shown = []
    for answer in ("9", "4", "skipped", "4"):
        choose(page, full, "home", answer)
        shown.append(why.is_visible())
    assert shown == [False, True, False, True]
    why.fill("I read what others wrote.")
    why.blur()
    expect(saved(page)).to_have_text(SAVED)
    assert texts_of(app, full, "s4") == [("home", "reason", "I read what others wrote.")]


def test_dissent_is_saved_when_it_is_ticked_and_when_it_is_not(
    app: Flask, full: StudyOnApp, page: Page
) -> None:
    choose(page, full, "home", "2")
    box = page.get_by_label("Keep it on record that I see this differently").first
    box.check()
    wait_until(page, lambda: texts_of(app, full, "s4") == [("home", "dissent", "on record")])
    box.uncheck()
    wait_until(page, lambda: texts_of(app, full, "s4")[1:] == [("home", "dissent", "")])


def test_dissent_is_offered_where_ones_answer_is_not_with_most_people(full: StudyOnApp, page: Page) -> None:
    box = page.locator("[data-dissent]").first
    shown = [box.is_visible()]
    for answer in ("8", "6", "cannot_say", "2"):  # all survivors and researchers chose 7 to 9
        choose(page, full, "home", answer)
        shown.append(box.is_visible())
    assert shown == [False, False, True, False, True]
    box.get_by_role("checkbox").check()
    choose(page, full, "home", "9")
    expect(box).to_be_visible()


def test_without_scripts_dissent_is_always_offered_and_the_button_saves_the_rest_too(
    app: Flask, full: StudyOnApp, visit: Visit
) -> None:
    page = visit(full.panellists["s4"], java_script_enabled=False)
    agree(page)
    expect(page.locator("[data-dissent]").first).to_be_visible()
    choose(page, full, "home", "2")
    choose(page, full, "doctor", "3")
    page.get_by_role("button", name="Keep my earlier answer: 8").click()
    expect(page.get_by_role("button", name="You kept your earlier answer: 8")).to_be_in_viewport()
    assert rows_of(app, full, "s4") == [("home", "2", False), ("doctor", "8", False)]


def test_who_no_longer_takes_part_is_told_what_to_do_and_is_not_held_on_the_page(
    app: Flask, full: StudyOnApp, page: Page
) -> None:
    with app.app_context():
        gone = update(Panellist).where(Panellist.code == "s4").values(withdrew_round_id=full.rounds["2"])
        db.session.execute(gone)
        db.session.commit()
    choose(page, full, "home", "2")
    expect(saved(page)).to_contain_text("you have left the study")
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(re.compile("/rate$"))


def test_a_link_of_the_last_page_leads_to_the_outcome_below_the_saved_line(
    full: StudyOnApp, page: Page
) -> None:
    choose(page, full, "home", "9")
    page.get_by_role("button", name="Save and see what is left").click()
    page.get_by_role("link", name="A doctor").click()
    heading = page.get_by_role("heading", level=2, name="A doctor")
    expect(heading).to_be_in_viewport()
    line = page.locator(".app-saved").bounding_box()
    top = heading.bounding_box()
    assert line is not None
    assert top is not None
    assert top["y"] >= line["y"] + line["height"]


def everything_open(page: Page) -> None:
    """Answer, so that what depends on it is there, and open all that is folded."""
    for summary in page.locator("main summary").all():
        summary.click()


def test_axe_finds_nothing_wrong_with_all_that_a_section_can_ask(full: StudyOnApp, page: Page) -> None:
    choose(page, full, "home", "4")
    expect(saved(page)).to_have_text(SAVED)
    found = {}
    for url in ("/rate/section/1", "/rate/finish"):
        page.goto(url)
        everything_open(page)
        found[url] = faults_of(page)
    assert found == {"/rate/section/1": [], "/rate/finish": []}


@pytest.mark.parametrize("scale", [YES_OR_NO, FIVE, NOUGHT_TO_TEN], ids=lambda scale: scale.code)
def test_scales_of_any_length_fit_a_narrow_screen(app: Flask, visit: Visit, scale: Scale) -> None:
    study = load_study(app, on_scale(scale, criteria=(INCLUSION, EASE)), open_round="2")
    page = visit(study.panellists["s4"], viewport={"width": NARROW, "height": 640})
    agree(page)
    choose(page, study, "home", str(scale.low))
    page.locator(f"input[name='{rating_of(study, 'home', EASE.code)}'][value='{scale.high}']").check()
    expect(page.locator("[data-answered]")).to_have_text("1 of 2 answered")
    expect(saved(page)).to_have_text(SAVED)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW
    assert violations_on(page) == []

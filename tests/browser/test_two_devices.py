"""One panellist on two devices, in real browsers: the later answer wins, each page learns of the other."""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, Route, expect

from delphi.access.current import SEEN_AT, SIGNED_IN_AT
from delphi.web import clock
from tests.browser.conftest import Visit
from tests.browser.test_panellist import SAVED, agree, choose, saved, wait_until
from tests.rating.panellists import comment_on, comments_of, rating_of, rows_of
from tests.studies_on_app import StudyOnApp

SECTION = "/rate/section/1"


@pytest.fixture
def phone(study: StudyOnApp, visit: Visit) -> Page:
    """The first section on a phone, with an answer that is saved."""
    page = visit(study.panellists["s4"], viewport={"width": 320, "height": 640})
    agree(page)
    choose(page, study, "home", "8")
    expect(saved(page)).to_have_text(SAVED)
    return page


@pytest.fixture
def desk(study: StudyOnApp, visit: Visit, phone: Page) -> Page:
    """The same section of the same panellist on another device."""
    page = visit(study.panellists["s4"])
    page.goto(SECTION)
    return page


def write_comment(page: Page, study: StudyOnApp, words: str) -> Locator:
    """Write a comment on the first outcome, and stay in its box."""
    page.get_by_text("Write a comment").first.click()
    box = page.locator(f"#{comment_on(study, 'home')}")
    box.fill(words)
    return box


def chosen(page: Page, study: StudyOnApp, outcome: str) -> list[str]:
    """The answer that a page shows."""
    fields = page.locator(f"input[name='{rating_of(study, outcome)}']:checked").all()
    return [field.get_attribute("value") or "" for field in fields]


def answers(app: Flask, study: StudyOnApp) -> list[tuple[str, str]]:
    """What is on disk, oldest first."""
    return [(outcome, answer) for outcome, answer, _ in rows_of(app, study, "s4")]


def test_a_page_takes_in_what_the_other_changed_and_its_buttons_overwrite_nothing(
    app: Flask, study: StudyOnApp, phone: Page, desk: Page
) -> None:
    choose(desk, study, "home", "3")
    expect(saved(desk)).to_have_text(SAVED)
    choose(phone, study, "doctor", "6")
    wait_until(phone, lambda: chosen(phone, study, "home") == ["3"])
    expect(phone.locator("[data-told]")).to_be_empty()
    phone.get_by_role("button", name="Save and continue").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Section 2")
    assert answers(app, study) == [("home", "8"), ("home", "3"), ("doctor", "6")]


def test_the_later_answer_wins_and_the_person_is_told_at_once(
    app: Flask, study: StudyOnApp, phone: Page, desk: Page
) -> None:
    choose(desk, study, "home", "3")
    expect(saved(desk)).to_have_text(SAVED)
    choose(phone, study, "home", "5")
    told = phone.locator("[data-told]")
    expect(told).to_contain_text("You changed “A safe home” on another page (")
    expect(told).to_contain_text("We kept your newest answer: 5.")
    assert answers(app, study) == [("home", "8"), ("home", "3"), ("home", "5")]


def test_a_text_that_is_being_written_here_is_not_replaced_from_elsewhere(
    app: Flask, study: StudyOnApp, phone: Page, desk: Page
) -> None:
    write_comment(desk, study, "From the desk.").blur()
    wait_until(desk, lambda: comments_of(app, study, "s4") == [("From the desk.", False)])
    box = write_comment(phone, study, "From the ph")
    choose(phone, study, "doctor", "6")
    expect(phone.locator("[data-told]")).to_contain_text("You changed what you wrote about “A safe home”")
    assert box.input_value() == "From the ph"
    assert [text for text, _ in comments_of(app, study, "s4")] == ["From the desk.", "From the ph"]


def test_without_scripts_the_next_page_tells_it(
    app: Flask, study: StudyOnApp, phone: Page, desk: Page, visit: Visit
) -> None:
    plain = visit(study.panellists["s4"], java_script_enabled=False)
    plain.goto(SECTION)
    choose(desk, study, "home", "3")
    expect(saved(desk)).to_have_text(SAVED)
    choose(plain, study, "home", "5")
    plain.get_by_role("button", name="Save and continue").click()
    assert "We kept your newest answer: 5." in plain.locator(".app-told").inner_text()
    assert answers(app, study) == [("home", "8"), ("home", "3"), ("home", "5")]


def test_an_answer_whose_reply_was_lost_is_not_taken_for_another_page(
    app: Flask, study: StudyOnApp, phone: Page
) -> None:
    def lose_the_reply(route: Route) -> None:
        route.fetch()  # what was sent arrives
        route.abort()

    phone.route("**/rate/answer", lose_the_reply, times=1)
    choose(phone, study, "home", "5")
    choose(phone, study, "home", "6")
    expect(saved(phone)).to_have_text(SAVED)
    wait_until(phone, lambda: answers(app, study)[-1] == ("home", "6"))
    expect(phone.locator("[data-told]")).to_be_empty()
    assert answers(app, study) == [("home", "8"), ("home", "5"), ("home", "6")]


def test_what_is_answered_after_the_time_out_is_saved_and_says_so(
    app: Flask, study: StudyOnApp, phone: Page
) -> None:
    let_time_pass(app, phone, hours=5)
    choose(phone, study, "doctor", "6")
    expect(saved(phone)).to_contain_text("You were signed out to keep your answers safe.")
    assert saved(phone).inner_text().startswith("Saved ")
    assert answers(app, study) == [("home", "8"), ("doctor", "6")]
    phone.get_by_role("button", name="Save and continue").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("You are signed out")


def let_time_pass(app: Flask, page: Page, *, hours: int) -> None:
    """Set the times in the session cookie back."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's own
    (cookie,) = [each for each in page.context.cookies() if each["name"] == "chorus"]
    session = serializer.loads(cookie["value"])
    session[SIGNED_IN_AT] = session[SEEN_AT] = (clock.now() - timedelta(hours=hours)).timestamp()
    page.context.add_cookies([{**cookie, "value": serializer.dumps(session)}])

"""A panellist's story from end to end, as it happens to people."""

import re
from dataclasses import replace
from datetime import timedelta

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from analysis.study.records import Panellist
from analysis.study.study import Study
from delphi.access.links import make_link
from delphi.models import Role
from delphi.web import clock
from tests.browser.conftest import ServeApp
from tests.browser.panellist_ground import in_our_languages
from tests.data.small_study import small_study
from tests.rating.panellists import close, rating_of, rows_of, who_agreed
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient, sign_in_user

PHONE = {"width": 320, "height": 640}
MOST_PAGES = 12
FAILED = ".app-saved__state--failed"
OWN_ANSWER = ("You chose", "Keep my earlier answer")  # what a section says of an answer of the round before


def open_new_link(app: Flask, study: StudyOnApp, context: BrowserContext, *, person: str = "s4") -> Page:
    """Open a panellist's link and go on until the first question, taking each page as it comes."""
    with app.app_context():
        token = make_link(
            panellist_id=study.panellists[person], by="team", now=clock.now(), valid_for=timedelta(hours=1)
        )
    page = context.new_page()
    page.goto(f"/enter/{token}")
    page.locator("main form button").first.click()
    for _ in range(MOST_PAGES):
        if "/section/" in page.url:
            return page
        yes = page.locator("#main-form input[type=radio][value=yes]")
        if yes.count():
            yes.check()
        page.locator("#main-form button, main a.govuk-button").first.click()
    raise AssertionError(f"no question after {MOST_PAGES} pages: {page.url}")


def choose(page: Page, study: StudyOnApp, outcome: str, value: str) -> None:
    page.locator(f"input[name='{rating_of(study, outcome)}'][value='{value}']").check()


def finish(page: Page, study: StudyOnApp, *, work: str = "3") -> None:
    """Answer what the second section asks, and say that one has finished."""
    page.locator("button[value=continue]").click()
    choose(page, study, "work", work)
    choose(page, study, "ties", "skipped")
    page.locator("button[value=continue]").click()
    expect(page).to_have_url(re.compile("/rate/finish$"))
    page.locator("#main-form button:not([value=save])").last.click()


def test_a_survivor_stops_halfway_in_arabic_loses_the_connection_and_finishes_on_another_device(
    app: Flask, browser: Browser, live_server: ServeApp
) -> None:
    study = load_study(app, in_our_languages(small_study(), code="small"), open_round="2")
    address = live_server(app)
    first = browser.new_context(base_url=address, locale="ar", viewport=PHONE)
    page = open_new_link(app, study, first)
    assert page.locator("html").get_attribute("dir") == "rtl"
    choose(page, study, "home", "8")
    expect(page.locator("[data-saved]")).to_contain_text(":")
    first.set_offline(True)
    choose(page, study, "doctor", "5")
    expect(page.locator(FAILED).first).to_be_visible()
    first.set_offline(False)
    expect(page.locator(FAILED)).to_have_count(0)
    first.close()
    second = browser.new_context(base_url=address, locale="ar", viewport=PHONE)
    page = open_new_link(app, study, second)
    assert page.url.endswith("/section/2")
    page.goto("/rate/section/1")
    assert page.locator("input[type=radio]:checked").count() == 2
    finish(page, study)
    expect(page).to_have_url(f"{address}/rate/done")
    answers = [(outcome, answer) for outcome, answer, _ in rows_of(app, study, "s4")]
    assert answers == [("home", "8"), ("doctor", "5"), ("work", "3"), ("ties", "skipped")]
    second.close()


def with_somebody_who_missed_round_1(study: Study) -> Study:
    """The study with one survivor more, s7, who was asked in Round 1 and did not come."""
    return replace(study, panel=(*study.panel, Panellist("s7", "survivors", "1")))


def question_about(page: Page, study: StudyOnApp, outcome: str) -> Locator:
    """What a section says and asks about one outcome."""
    field = page.locator(f"input[name='{rating_of(study, outcome)}']")
    return page.locator("[data-outcome]", has=field)


def result_of(app: Flask, study: StudyOnApp, label: str) -> list[str]:
    """What the owner reads about an outcome when Round 2 has closed: the shares, then the two verdicts."""
    close(app, study, "2", at=clock.now())
    owner = PageClient(app)
    sign_in_user(owner, study.team[Role.OWNER])
    rows = owner.get(f"/studies/{study.code}/rounds/2/results").table_rows()
    return next(row for row in rows if row[0] == label)


def test_somebody_who_missed_round_1_sees_the_others_rates_in_round_2_and_counts(
    app: Flask, browser: Browser, live_server: ServeApp
) -> None:
    study = load_study(app, with_somebody_who_missed_round_1(small_study()), open_round="2")
    phone = browser.new_context(base_url=live_server(app), viewport=PHONE)
    page = open_new_link(app, study, phone, person="s7")
    home = question_about(page, study, "home")
    expect(home).to_contain_text("You did not answer this. All survivors and researchers chose 7 to 9")
    expect(home.locator("svg")).to_be_visible()
    came = who_agreed(app, study, "s4").get("/rate/section/1").text
    here = page.locator("main").inner_text()
    assert [(words in came, words in here) for words in OWN_ANSWER] == [(True, False)] * len(OWN_ANSWER)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    choose(page, study, "home", "8")
    choose(page, study, "doctor", "7")
    finish(page, study, work="8")
    expect(page).to_have_url(re.compile("/rate/done$"))
    # four of the other six agree on work, 66.7 %, which is out; with this answer five of seven, which is in
    assert result_of(app, study, "Work")[3:] == ["71.4 % of 7", "hidden", "In", "In"]
    phone.close()

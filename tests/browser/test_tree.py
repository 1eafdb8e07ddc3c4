"""What a screen reader is given: the tree of names, roles and states that the browser makes of a page."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ServeApp
from tests.browser.panellist_ground import Ground, ground_on
from tests.browser.panellist_pages import ORDER, SECTION, ask_to_stay, send_what_is_not_in_the_list
from tests.browser.test_panellist import SAVED

Open = Callable[..., Page]
Node = dict[str, Any]
FRAME = """
- banner:
  - link "Chorus"
  - navigation "Account"
- navigation "Language"
- button "Exit this page"
- navigation "Back"
- main
- contentinfo
"""
SECTION_IN_ENGLISH = """
- main:
  - 'heading "Section 1 of 2: Safety and health" [level=1]'
  - button "Skip this section"
  - status: Nothing to save yet
  - text: 0 of 2 answered
  - progressbar "Answered in this section": 0 of 2
  - heading "A safe home" [level=2]
  - paragraph: A place where nobody comes in.
  - group: Full description (A safe home)
  - heading "Answers in Round 1 (A safe home)" [level=3]
  - paragraph:
    - strong: You chose 9.
    - text: /7 to 9/
  - group: /How many people chose each number .*A safe home/
  - group "A safe home":
    - 'button "Keep my earlier answer: 9 (A safe home)"'
    - radio "1 – Strongly disagree"
    - radio "2"
    - radio "9 – Strongly agree , You in Round 1"
    - radio "I cannot say"
    - radio "Skip this one"
  - group: Write a comment or a private message (A safe home)
  - heading "A doctor" [level=2]
  - status
  - button "Save and continue"
"""
SECTION_IN_ARABIC = """
- main:
  - 'heading "القسم 1 من 2: Safety and health" [level=1]'
  - button "تخطي هذا القسم"
  - status: لا شيء للحفظ بعد
  - progressbar "الإجابات في هذا القسم": 0 من 2
  - heading "بيت آمن" [level=2]
  - group: الوصف الكامل (بيت آمن)
  - group "بيت آمن":
    - 'button /: 9 .بيت آمن./'
    - radio "1 – Strongly disagree"
    - radio "9 – Strongly agree ، أنتم في Round 1"
    - radio "تخطي هذا"
  - status
  - button "حفظ ومتابعة"
"""
FAULTS_FIRST = """
- main:
  - alert:
    - heading "There is a problem" [level=2]
    - list:
      - listitem:
        - 'link "A safe home: Choose one of the answers in the list."'
      - listitem:
        - link /4,000 characters or fewer/
  - heading [level=1]
  - group "A safe home":
    - paragraph: "Error: A safe home: Choose one of the answers in the list."
"""
ORDER_IN_ENGLISH = """
- main:
  - heading "Put these in order" [level=1]
  - status: /Saved \\d\\d:\\d\\d/
  - heading "Your order" [level=2]
  - list "Your order":
    - listitem:
      - heading "1 A safe home" [level=3]
      - button "Move down A safe home"
      - button "Take out A safe home"
  - list "Not in your order":
    - listitem:
      - heading "A doctor" [level=3]
      - button "Put next A doctor"
"""


@pytest.fixture
def ground(app: Flask) -> Ground:
    """Somebody who rates, and somebody who puts texts in order."""
    return ground_on(app, people=("rater", "ranker"))


@pytest.fixture
def open_(ground: Ground, browser: Browser, live_server: ServeApp) -> Iterator[Open]:
    """Opens a page as somebody sees it, in a language."""
    address, contexts = live_server(ground.app), []

    def open_page(path: str, *, who: str = "rater", language: str = "en") -> Page:
        contexts.append(browser.new_context(base_url=address, locale=language))
        cookie = {"name": "chorus", "value": ground.cookies[who], "url": address}
        contexts[-1].add_cookies([cookie])  # type: ignore[list-item]  # Playwright's own TypedDict
        page = contexts[-1].new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def nodes_of(page: Page) -> list[Node]:
    """Chromium's whole accessibility tree, without what it leaves out for screen readers."""
    session = page.context.new_cdp_session(page)
    nodes: list[Node] = session.send("Accessibility.getFullAXTree")["nodes"]
    return [node for node in nodes if not node["ignored"]]


def value_of(node: Node, what: str) -> Any:  # noqa: ANN401  # text, truth or number, as it comes
    """A node's role, name, description or one of its states."""
    states = {state["name"]: state["value"] for state in node.get("properties", ())}
    value = (node.get(what) or states.get(what) or {}).get("value")
    return " ".join(value.split()) if isinstance(value, str) else value


def those(page: Page, role: str, *whats: str) -> list[tuple[Any, ...]]:
    """What a screen reader is told of each node of a role."""
    nodes = [node for node in nodes_of(page) if value_of(node, "role") == role]
    return [tuple(value_of(node, what) for what in whats) for node in nodes]


def test_the_parts_of_a_page_are_told_apart(open_: Open) -> None:
    expect(open_(SECTION).locator("body")).to_match_aria_snapshot(FRAME)


@pytest.mark.parametrize(("language", "tree"), [("en", SECTION_IN_ENGLISH), ("ar", SECTION_IN_ARABIC)])
def test_a_section_says_what_each_thing_is(open_: Open, language: str, tree: str) -> None:
    page = open_(SECTION, language=language)
    expect(page.locator("body")).to_match_aria_snapshot(tree)


def test_a_question_is_a_group_named_by_the_outcome_and_described_by_its_text(open_: Open) -> None:
    groups = those(open_(SECTION), "group", "name", "description")
    assert ("A safe home", "A place where nobody comes in.") in groups
    assert ("A doctor", "Seeing a doctor when one is needed.") in groups


def test_what_is_chosen_and_what_is_saved_is_said(open_: Open) -> None:
    page = open_(SECTION)
    before = those(page, "radio", "name", "checked")
    page.locator("#main-form input[type=radio][value='2']").first.check()
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    after = those(page, "radio", "name", "checked")
    assert [pair for pair in after if pair not in before] == [("2", "true")]
    assert [live for live, *_ in those(page, "status", "live")] == ["polite", "polite"]
    expect(page.get_by_role("status").filter(has_text=SAVED)).to_have_count(1)
    ((name, most, value),) = those(page, "progressbar", "name", "valuemax", "value")
    assert (name, most, float(value)) == ("Answered in this section", 2, 1)


def test_the_pictures_are_not_read_out_after_the_sentence_that_says_the_same(open_: Open) -> None:
    page = open_(SECTION)
    assert page.locator(".app-distribution").count() > 0
    assert those(page, "image", "name") == []
    page.locator("summary", has_text="How many people chose").first.click()
    assert those(page, "table", "name")[0] == ("Survivors and researchers",)


def test_dissent_is_offered_as_a_box_once_one_chose_otherwise(open_: Open) -> None:
    page = open_(SECTION)
    assert those(page, "checkbox", "name", "checked") == []
    page.locator("#main-form input[type=radio][value='2']").first.check()
    box = "Keep it on record that I see this differently (A safe home)"
    assert those(page, "checkbox", "name", "checked") == [(box, "false")]


def test_what_is_folded_says_whether_it_is_open(open_: Open) -> None:
    page, full = open_(SECTION), "Full description (A safe home)"
    assert (full, False) in those(page, "DisclosureTriangle", "name", "expanded")
    page.locator("main summary").first.press("Enter")
    assert (full, True) in those(page, "DisclosureTriangle", "name", "expanded")


def test_a_comment_box_says_who_reads_it(open_: Open) -> None:
    page = open_(SECTION)
    page.locator("summary", has_text="Write a comment").first.click()
    boxes = those(page, "textbox", "name", "description")
    assert ("Your comment on “A safe home”", "Who reads this: The team reads what you write.") in boxes


def test_faults_are_an_alert_with_the_focus_and_stand_at_their_question(open_: Open) -> None:
    page = open_(SECTION)
    send_what_is_not_in_the_list(page)
    expect(page.locator("body")).to_match_aria_snapshot(FAULTS_FIRST)
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    assert those(page, "alert", "live") == [("assertive",)]
    described = dict(those(page, "group", "name", "description"))
    assert described["A safe home"].endswith("Error: A safe home: Choose one of the answers in the list.")


def test_an_order_says_the_place_of_each_text_and_what_its_buttons_move(open_: Open) -> None:
    page = open_(ORDER, who="ranker")
    expect(page.locator("body")).to_match_aria_snapshot(ORDER_IN_ENGLISH)
    page.get_by_role("button", name="Move down A safe home").click()
    expect(page.get_by_role("status").first).to_have_text(re.compile("A safe home.? is now number 2 of 4."))


def test_the_question_before_the_time_out_is_a_dialog_with_a_name_and_a_text(open_: Open) -> None:
    page = open_(SECTION)
    ask_to_stay(page)
    ((name, description, modal),) = those(page, "alertdialog", "name", "description", "modal")
    assert (name, modal) == ("Do you want to stay signed in?", True)
    assert description.startswith("You have done nothing for a while.")


def test_each_text_says_its_language(ground: Ground, open_: Open) -> None:
    page = open_(SECTION, language="ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    foreign = page.locator("h2", has_text="A doctor").locator("[lang=en][dir=ltr]")
    expect(foreign).to_have_text("A doctor")
    expect(page.locator("h2", has_text="بيت آمن").locator("[lang]")).to_have_count(0)

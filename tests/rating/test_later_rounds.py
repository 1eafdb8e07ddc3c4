"""Later rounds: keeping an answer, saying why it changed, dissent on record."""

from dataclasses import replace

import pytest
from flask import Flask

from analysis.study.protocol import FeedbackPolicy
from analysis.study.rounds import Criterion, FeedbackShown
from delphi.models import TextKind
from tests.data.small_study import INCLUSION, SCALE
from tests.page_checks import text_of
from tests.rating.panellists import filled, rating_of, rows_of, text_on, texts_of, who_agreed
from tests.rating.rounds_to_rate import second_round
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import Page

SECTION = "/rate/section/1"


@pytest.fixture
def asking_why(app: Flask) -> StudyOnApp:
    """Round 2 asks why an answer moved, and shows the groups' answers."""
    return load_study(app, second_round(ask_why_changed=True), open_round="2")


def buttons(page: Page) -> list[str]:
    """The words of the buttons in the cards."""
    cards = page.root.findall(".//div[@data-outcome]")
    return [text_of(button) for card in cards for button in card.iter("button")]


def is_hidden(page: Page, field: str) -> bool:
    """Whether the part of the page around a text box is hidden."""
    parts = [part for part in page.root.iter("div") if part.get("data-reason") is not None]
    (part,) = [part for part in parts if part.find(f".//textarea[@id='{field}']") is not None]
    return part.get("hidden") is not None


def test_an_answer_is_kept_by_one_button_that_comes_back_to_its_place(
    app: Flask, asking_why: StudyOnApp
) -> None:
    client = who_agreed(app, asking_why, "s4")
    # s4 gave home 9 and doctor 8 in Round 1
    assert buttons(client.get(SECTION)) == [
        "Keep my earlier answer: 9 (A safe home)",
        "Keep my earlier answer: 8 (A doctor)",
    ]
    page = client.submit({rating_of(asking_why, "home"): "2"}, button="Keep my earlier answer: 8 (A doctor)")
    assert page.url == f"{SECTION}#outcome-{asking_why.outcomes['doctor']}"
    assert rows_of(app, asking_why, "s4") == [("home", "2", False), ("doctor", "8", False)]
    assert buttons(page)[1] == "You kept your earlier answer: 8 (A doctor)"


def test_the_button_wins_over_what_is_chosen(app: Flask, asking_why: StudyOnApp) -> None:
    client = who_agreed(app, asking_why, "s4")
    client.submit({rating_of(asking_why, "doctor"): "2"}, button="Keep my earlier answer: 8 (A doctor)")
    assert rows_of(app, asking_why, "s4") == [("doctor", "8", False)]


def test_all_else_on_the_page_is_saved_with_the_button(app: Flask, asking_why: StudyOnApp) -> None:
    client = who_agreed(app, asking_why, "s4")
    written = {
        rating_of(asking_why, "home"): "2",
        text_on(asking_why, "home", TextKind.COMMENT): "A word.",
        text_on(asking_why, "home", TextKind.REASON): "I read.",
        text_on(asking_why, "doctor", TextKind.COMMENT): "Another.",
        text_on(asking_why, "doctor", TextKind.DISSENT): "yes",
    }
    client.submit(written, button="Keep my earlier answer: 8 (A doctor)")
    assert rows_of(app, asking_why, "s4") == [("home", "2", False), ("doctor", "8", False)]
    assert set(texts_of(app, asking_why, "s4")) == {
        ("home", "comment", "A word."),
        ("home", "reason", "I read."),
        ("doctor", "comment", "Another."),
        ("doctor", "dissent", "on record"),
    }


def test_the_scores_with_most_people_are_those_in_every_groups_span(app: Flask) -> None:
    small = second_round()
    study = replace(small, protocol=replace(small.protocol, feedback=FeedbackPolicy(2)))
    page = who_agreed(app, load_study(app, study, open_round="2"), "s4").get("/rate/section/2")
    work, ties = [each.get("data-with-most") for each in page.root.iter("fieldset")]
    # Round 1, work: survivors 7 8 9 8, researchers 6 7 8: most of both chose 7 to 9
    assert work == "7 8 9"
    # friends: researchers 7 8 7; family: only two researchers (8 7), survivors 7 to 9 in both
    assert ties == "7 8 9"


@pytest.mark.parametrize("shown", [FeedbackShown.NONE, FeedbackShown.OWN])
def test_where_no_group_is_shown_no_score_is_with_most_people(app: Flask, shown: FeedbackShown) -> None:
    study = load_study(app, second_round(feedback=shown), open_round="2")
    assert "data-with-most" not in who_agreed(app, study, "s4").get(SECTION).html


def test_each_criterion_has_its_own_button(app: Flask) -> None:
    both = (INCLUSION, Criterion("ease", "How easy is it to measure?"))
    study = load_study(app, second_round(criteria=both), open_round="2")
    assert len(buttons(who_agreed(app, study, "s4").get(SECTION))) == 2


def test_an_answer_on_another_scale_cannot_be_kept(app: Flask) -> None:
    other = replace(SCALE, code="other")
    study = load_study(app, second_round(other, scale="other"), open_round="2")
    assert buttons(who_agreed(app, study, "s4").get(SECTION)) == []


def test_an_outcome_that_was_merged_has_no_button(app: Flask, asking_why: StudyOnApp) -> None:
    page = who_agreed(app, asking_why, "s1").get("/rate/section/2")
    assert buttons(page) == ["Keep my earlier answer: 7 (Work)"]


@pytest.mark.parametrize(
    "broken", ["", "=", "=8", "rating", "rating-1", "comment-1=x", "rating-0-inclusion=8"]
)
def test_a_broken_button_keeps_nothing(app: Flask, asking_why: StudyOnApp, broken: str) -> None:
    client = who_agreed(app, asking_why, "s4")
    page = client.get(SECTION)
    token = page.find(".//main//input[@name='csrf_token']").get("value") or ""
    client.post(SECTION, {"csrf_token": token, "round": "2", "keep": broken})
    assert rows_of(app, asking_why, "s4") == []


def test_why_an_answer_moved_is_asked_once_it_has(app: Flask, asking_why: StudyOnApp) -> None:
    client = who_agreed(app, asking_why, "s4")
    why = text_on(asking_why, "home", TextKind.REASON)
    hidden = []
    for answer in ("9", "cannot_say", "skipped", "3"):
        client.get(SECTION)
        client.submit({rating_of(asking_why, "home"): answer})
        hidden.append(is_hidden(client.get(SECTION), why))
    assert hidden == [True, False, True, False]
    client.submit({why: "I read what others wrote."})
    assert texts_of(app, asking_why, "s4") == [("home", "reason", "I read what others wrote.")]
    assert not is_hidden(client.get(SECTION), why)


def test_why_is_not_asked_where_the_protocol_does_not_ask_it(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    client.submit({rating_of(study, "home"): "1"})
    assert "Why did you change it?" not in client.get(SECTION).text


def test_why_is_not_asked_of_who_did_not_answer_before(app: Flask, asking_why: StudyOnApp) -> None:
    assert "Why did you change it?" not in who_agreed(app, asking_why, "s6").get(SECTION).text


def test_dissent_is_put_on_record_and_taken_back(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    dissent = text_on(study, "home", TextKind.DISSENT)
    client.submit({dissent: "yes"})
    page = client.get(SECTION)
    assert page.find(f".//input[@id='{dissent}']").get("checked") is not None
    client.submit({rating_of(study, "doctor"): "8"})
    assert texts_of(app, study, "s4") == [("home", "dissent", "on record")]
    client.get(SECTION)
    client.post(SECTION, filled(client, {}) | {dissent: [""]})  # as a browser sends a box that is not ticked
    assert texts_of(app, study, "s4")[1:] == [("home", "dissent", "")]


@pytest.mark.parametrize("shown", [FeedbackShown.NONE, FeedbackShown.OWN])
def test_there_is_nothing_to_dissent_from_where_no_group_is_shown(app: Flask, shown: FeedbackShown) -> None:
    study = load_study(app, second_round(feedback=shown), open_round="2")
    assert "Keep it on record" not in who_agreed(app, study, "s4").get(SECTION).text

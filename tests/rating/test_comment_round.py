"""A round that asks for comments only."""

from dataclasses import replace

import pytest
from flask import Flask

from analysis.asof import as_of
from tests.data.small_study import study_of_every_kind
from tests.rating.panellists import comment_on, comments_of, texts_of, who_agreed
from tests.studies_on_app import StudyOnApp, load_study


@pytest.fixture
def round_zero(app: Flask) -> StudyOnApp:
    """A study whose comment round is open, and everybody is there from its beginning."""
    study = study_of_every_kind()
    from_the_beginning = tuple(replace(panellist, joined="0") for panellist in study.panel)
    return load_study(app, as_of(replace(study, panel=from_the_beginning), "0"), open_round="0")


def test_there_is_a_box_for_each_outcome_and_no_scale(app: Flask, round_zero: StudyOnApp) -> None:
    page = who_agreed(app, round_zero, "s4").get("/rate/section/1")
    assert "What would you change?" in page.text
    assert page.root.findall(".//input[@type='radio']") == []
    assert len(page.root.findall(".//textarea")) == 2
    assert page.text.count("The team reads what you write.") == 3


def test_a_comment_round_can_be_finished_without_a_word(app: Flask, round_zero: StudyOnApp) -> None:
    client = who_agreed(app, round_zero, "s4")
    client.submit()
    page = client.submit()
    assert page.h1 == "Nearly done"
    assert "No comments" in page.text
    assert client.submit().h1 == "Thank you"
    assert comments_of(app, round_zero, "s4", round_code="0") == []


def test_comments_are_kept_and_counted(app: Flask, round_zero: StudyOnApp) -> None:
    client = who_agreed(app, round_zero, "s4")
    client.submit({comment_on(round_zero, "home"): "Say “safe”."}, button="Save and see what is left")
    assert client.page is not None
    assert "1 comment" in client.page.text
    client.submit({"comment": "Something is missing."})
    texts = [text for text, _ in comments_of(app, round_zero, "s4", round_code="0")]
    assert texts == ["Say “safe”.", "Something is missing."]


def test_a_comment_may_be_other_words_for_a_text(app: Flask, round_zero: StudyOnApp) -> None:
    page = who_agreed(app, round_zero, "s4").get("/rate/section/1")
    assert "Your comment, or other words for “A safe home”" in page.text


def test_what_is_missing_and_what_is_proposed_are_kept_apart(app: Flask, round_zero: StudyOnApp) -> None:
    client = who_agreed(app, round_zero, "s4")
    page = client.get("/rate/finish")
    assert "What is missing?" in page.text
    assert "Write each proposal on a line of its own." in page.text
    client.submit({"comment": "Rest.", "proposal": "Sleep\nA quiet room"})
    assert texts_of(app, round_zero, "s4", round_code="0") == [
        (None, "comment", "Rest."),
        (None, "proposal", "Sleep\nA quiet room"),
    ]
    assert (
        client.get("/rate/finish").find(".//textarea[@id='proposal']").text.strip() == "Sleep\nA quiet room"
    )


def test_nothing_new_is_proposed_in_a_rating_round(app: Flask, study: StudyOnApp) -> None:
    assert "proposal" not in who_agreed(app, study, "s4").get("/rate/finish").text


def test_ratings_sent_to_a_comment_round_are_left_alone(app: Flask, round_zero: StudyOnApp) -> None:
    client = who_agreed(app, round_zero, "s4")
    token = client.page.find(".//main//input[@name='csrf_token']").get("value") if client.page else ""
    field = f"rating-{round_zero.outcomes['home']}-inclusion"
    page = client.post("/rate/section/1", {"csrf_token": token or "", "round": "0", field: "9"})
    assert page.url == "/rate/section/2"

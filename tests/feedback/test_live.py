"""Answers to the round itself, shown after one's own: on the page and to its script."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from analysis.study.protocol import FeedbackPolicy
from analysis.study.study import Study
from delphi.extensions import db
from delphi.models import ShownFeedback
from tests.data.small_study import ROUND_1, ROUND_2, small_study
from tests.page_checks import text_of
from tests.rating.panellists import rating_of, who_agreed
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient

FIRST = "You can see how others answer when you have chosen your own answer."
TOO_FEW = "Too few people have answered yet."


def live_study(*, minimum: int = 2) -> Study:
    """The small study with Round 2 in real time: survivors answered it 9 9 9 8 on home, researchers 9 9."""
    small = small_study()
    rounds = (ROUND_1, replace(ROUND_2, live_feedback=True))
    protocol = replace(small.protocol, rounds=rounds, feedback=FeedbackPolicy(minimum))
    return replace(small, protocol=protocol)


@pytest.fixture
def live(app: Flask) -> StudyOnApp:
    return load_study(app, live_study(), open_round="2")


def so_far(client: PageClient, place: int = 0) -> str:
    """What a card of section 1 says of answers so far."""
    page = client.get("/rate/section/1")
    return text_of([each for each in page.root.iter("div") if each.get("data-live")][place])


def answer(client: PageClient, study: StudyOnApp, score: str, outcome: str = "home") -> None:
    client.get("/rate/section/1")
    client.submit({rating_of(study, outcome): score})


def test_who_has_not_answered_sees_nothing_yet(app: Flask, live: StudyOnApp) -> None:
    assert FIRST in so_far(who_agreed(app, live, "s4"))


@pytest.mark.parametrize(("score", "words"), [("skipped", FIRST), ("cannot_say", "most people"), ("7", "")])
def test_skipping_is_no_answer(app: Flask, live: StudyOnApp, score: str, words: str) -> None:
    client = who_agreed(app, live, "s4")
    answer(client, live, score)
    assert (FIRST in so_far(client)) is (score == "skipped")


def test_ones_own_answer_is_counted_with_the_others_of_its_group(app: Flask, live: StudyOnApp) -> None:
    client = who_agreed(app, live, "s4")
    answer(client, live, "7")
    words = so_far(client)
    # 4 survivors and s4 make 5; the 2 researchers are too few, and more may come: they wait
    assert "You chose 7. All survivors chose 7 to 9 (only 5 answered)." in words


def test_each_new_answer_alone_changes_nothing_that_is_shown(app: Flask, live: StudyOnApp) -> None:
    watcher = who_agreed(app, live, "s1")
    first = so_far(watcher)
    others = [who_agreed(app, live, code) for code in ("s4", "s5")]
    for client in others:
        answer(client, live, "1")
        assert so_far(watcher) == first
    answer(others[0], live, "2")
    answer(who_agreed(app, live, "s6"), live, "3")  # the third whose score is new: it was 8
    assert so_far(watcher) != first


def test_where_too_few_have_answered_the_card_says_so(app: Flask) -> None:
    study = load_study(app, live_study(minimum=7), open_round="2")
    client = who_agreed(app, study, "s1")
    assert TOO_FEW in so_far(client)
    assert "only" not in so_far(client)


def test_the_script_gets_the_card_that_the_page_would_show(app: Flask, live: StudyOnApp) -> None:
    client = who_agreed(app, live, "s4")
    answer(client, live, "7")
    response = client.http.get(f"/rate/live/{live.outcomes['home']}")
    assert response.is_json
    assert "All survivors chose 7 to 9" in response.json["html"]
    assert client.http.get(f"/rate/live/{live.outcomes['papers']}").status_code == 404


def test_what_was_shown_live_is_kept_too(app: Flask, live: StudyOnApp) -> None:
    client = who_agreed(app, live, "s4")
    client.get("/rate/section/1")

    def shown() -> int:
        theirs = (ShownFeedback.panellist_id == live.panellists["s4"],)
        query = select(ShownFeedback).where(*theirs, ShownFeedback.outcome_id == live.outcomes["home"])
        with app.app_context():
            return len(db.session.scalars(query).all())

    before = shown()
    answer(client, live, "7")
    client.get("/rate/section/1")
    assert shown() == before + 1


def test_a_round_that_is_not_in_real_time_shows_no_answers_so_far(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s1")
    assert "Answers so far" not in client.get("/rate/section/1").text
    assert client.http.get(f"/rate/live/{study.outcomes['home']}").status_code == 404

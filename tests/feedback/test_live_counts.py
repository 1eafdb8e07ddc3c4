"""Counting answers that still come in, on each database."""

import pytest
from flask import Flask

from delphi.dataset.live_counts import LiveAnswers, live_answers, people_since
from tests.data.small_study import INCLUSION, SCALE, small_study
from tests.studies_on_app import StudyOnApp, load_study

GROUPS = ("survivors", "researchers")


@pytest.fixture
def each_study(each_app: Flask) -> StudyOnApp:
    return load_study(each_app, small_study(), open_round="2")


def answers(app: Flask, study: StudyOnApp, outcome: str, round_code: str = "1") -> LiveAnswers:
    outcome_id = study.outcomes[outcome]
    with app.app_context():
        found = live_answers(study.rounds[round_code], [outcome_id], groups=GROUPS)
    return found[outcome_id, INCLUSION.code]


def test_everybody_s_newest_score_on_time_is_counted(each_app: Flask, each_study: StudyOnApp) -> None:
    # Round 1, papers: survivors 2 3 5 4 1, researchers 8 6, and 7 too late
    assert answers(each_app, each_study, "papers").counts(SCALE) == {
        "survivors": (1, 1, 1, 1, 1, 0, 0, 0, 0),
        "researchers": (0, 0, 0, 0, 0, 1, 0, 1, 0),
    }


def test_who_cannot_say_is_not_counted_and_not_fresh(each_app: Flask, each_study: StudyOnApp) -> None:
    work = answers(each_app, each_study, "work")  # survivors 7 8 9 c 8, researchers 6 7 8
    assert sum(work.counts(SCALE)["survivors"]) == 4
    assert work.fresh({}) == {"survivors": 4, "researchers": 3}


def test_a_score_that_was_counted_before_is_not_fresh(each_app: Flask, each_study: StudyOnApp) -> None:
    home = answers(each_app, each_study, "home")
    assert home.fresh({"survivors": home.last_id}) == {"survivors": 0, "researchers": 3}
    assert home.fresh({"survivors": int(home.id.min())}) == {"survivors": 4, "researchers": 3}


def test_it_is_known_how_many_people_answered_since(each_app: Flask, each_study: StudyOnApp) -> None:
    home, outcome_id = answers(each_app, each_study, "home"), each_study.outcomes["home"]
    with each_app.app_context():
        since = people_since(each_study.rounds["1"], [outcome_id], after=int(home.id.min()))
        none = people_since(each_study.rounds["1"], [outcome_id], after=home.last_id)
    assert since == {(outcome_id, INCLUSION.code): 7}
    assert none == {}

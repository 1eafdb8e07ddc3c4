"""Closing a round."""

import threading

import pytest
from flask import Flask

from analysis.study.study import Study
from delphi.domain.round_steps import Refusal
from delphi.setup.actions import RoundRefused
from tests.data.small_study import small_study
from tests.setup.round_actions import acts_of, close_by_code, facts_of, member
from tests.studies_on_app import StudyOnApp, load_study

CLOSE = "/studies/small/rounds/2/close"


def test_closing_asks_first_and_says_what_becomes_of_late_answers(app: Flask, study: StudyOnApp) -> None:
    page = member(app, study).get(CLOSE)
    assert "kept and marked late" in page.text
    assert "6 of 8 people have started, 6 have finished." in page.text  # s1-s3, s6, r1, r2; r3 withdrew
    assert facts_of(app, study, "2").closed_at is None


def test_a_closed_round_has_results(app: Flask, study: StudyOnApp) -> None:
    owner = member(app, study)
    owner.get(CLOSE)
    page = owner.submit(button="Close this round")
    assert "Round 2 is closed." in page.text
    assert acts_of(app, study)[-1] == "round closed"
    assert "Friends and family" in owner.get("/studies/small/rounds/2/results").text


def test_closing_a_closed_round_says_so_and_changes_nothing(app: Flask, study: StudyOnApp) -> None:
    owner = member(app, study)
    owner.get(CLOSE)
    late_form = owner.page
    owner.submit(button="Close this round")
    closed_at = facts_of(app, study, "2").closed_at
    owner.page = late_form
    page = owner.submit(button="Close this round")
    assert "Round 2 was not closed. It is closed already." in page.text
    assert facts_of(app, study, "2").closed_at == closed_at
    assert acts_of(app, study).count("round closed") == 1


def test_of_two_who_close_at_once_one_is_told_that_it_was_done(app_on_each_database: Flask) -> None:
    app = app_on_each_database
    study = load_study(app, small_study(), open_round="2")
    start, outcomes = threading.Barrier(2), list[Refusal | None]()

    def close() -> None:
        with app.app_context():
            start.wait()
            try:
                close_by_code(study, "2")
                outcomes.append(None)
            except RoundRefused as refused:
                outcomes.append(refused.refusal)

    threads = [threading.Thread(target=close) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=str) == [None, Refusal.ALREADY_CLOSED]
    assert acts_of(app, study).count("round closed") == 1


@pytest.mark.parametrize("code", ["1", "9"])
def test_a_round_that_is_closed_or_unknown_has_no_page_to_close_it(
    app: Flask, study: StudyOnApp, code: str
) -> None:
    page = member(app, study).get(f"/studies/small/rounds/{code}/close", status=404 if code == "9" else 200)
    assert page.h1 == ("Page not found" if code == "9" else "Round 1")


def test_a_workshop_has_no_button_and_says_why(app: Flask, every_kind: Study) -> None:
    study = load_study(app, every_kind, open_round="2")
    page = member(app, study).get(f"/studies/{study.code}/rounds/workshop")
    assert "held in a room, not here" in page.text
    assert "Open this round" not in page.text

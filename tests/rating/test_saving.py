"""What is kept, when, and what the panellist is told."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from delphi.dataset import round_evidence
from delphi.domain.answers import LONGEST_COMMENT
from delphi.extensions import db
from delphi.models import Consent, Rating, Round
from delphi.web import clock
from tests.rating.panellists import (
    audit_rows,
    close,
    comment_on,
    comments_of,
    rating_of,
    rows_of,
    signed_in,
    who_agreed,
)
from tests.statements import Statements
from tests.studies_on_app import StudyOnApp
from tests.web_client import filled_in


def test_an_answer_is_on_disk_before_the_page_says_saved(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    page = client.submit({rating_of(study, "home"): "8", rating_of(study, "doctor"): "cannot_say"})
    assert rows_of(app, study, "s4") == [("home", "8", False), ("doctor", "cannot_say", False)]
    with app.app_context():
        (moment,) = set(db.session.scalars(select(Rating.answered_at).order_by(Rating.id.desc()).limit(2)))
    with app.test_request_context():
        assert page.text.count(f"Saved {clock.as_time(moment)}") == 2


def test_a_question_left_untouched_has_no_row(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    client.submit({rating_of(study, "doctor"): "skipped"})
    assert rows_of(app, study, "s4") == [("doctor", "skipped", False)]


def test_a_changed_answer_adds_a_row_and_an_unchanged_one_does_not(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    for score in ("8", "8", "3"):
        client.get("/rate/section/1")
        client.submit({rating_of(study, "home"): score, comment_on(study, "home"): "A word."})
    assert rows_of(app, study, "s4") == [("home", "8", False), ("home", "3", False)]
    assert comments_of(app, study, "s4") == [("A word.", False)]


def test_a_comment_can_be_taken_back(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    for words in ("A word.", ""):
        client.get("/rate/section/1")
        client.submit({comment_on(study, "home"): words})
    assert comments_of(app, study, "s4") == [("A word.", False), ("", False)]
    box = client.get("/rate/section/1").find(f".//textarea[@id='{comment_on(study, 'home')}']")
    assert "".join(box.itertext()).strip() == ""


def test_one_post_is_one_audit_row_without_answers_or_words(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    before = audit_rows(app, study.panellists["s4"])
    client.submit({rating_of(study, "home"): "7", comment_on(study, "home"): "secret words"})
    (row,) = audit_rows(app, study.panellists["s4"])[len(before) :]
    assert row == ("answers saved", {"round": "2", "answers": 1, "comments": 1, "late": False})


def test_a_post_that_changes_nothing_leaves_no_trace(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    before = audit_rows(app, study.panellists["s4"])
    client.submit()
    assert audit_rows(app, study.panellists["s4"]) == before


def test_a_late_answer_is_kept_marked_left_out_and_told(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    client.submit({rating_of(study, "home"): "8"})
    with app.app_context():
        before = round_evidence(study.study_id, study.rounds["2"])
    page = client.get("/rate/section/1")
    close(app, study, "2", at=clock.now())
    page = client.submit({rating_of(study, "home"): "1", rating_of(study, "doctor"): "9"})
    assert rows_of(app, study, "s4")[1:] == [("home", "1", True), ("doctor", "9", True)]
    assert "2 of your answers came after that. We keep them and mark them as late." in page.text
    with app.app_context():
        after = round_evidence(study.study_id, study.rounds["2"])
    counts = (evidence.ratings["inclusion"].counts.tolist() for evidence in (before, after))
    assert next(counts) == next(counts)


def test_a_late_finish_is_no_finish_and_its_comment_is_kept(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    client.get("/rate/finish")
    close(app, study, "2", at=clock.now())
    page = client.submit({"comment": "Too late?"})
    assert page.h1 == "Nothing to do right now"
    assert comments_of(app, study, "s4") == [("Too late?", True)]


def test_a_form_of_a_closed_round_goes_to_that_round_when_another_is_open(
    app: Flask, study: StudyOnApp
) -> None:
    with app.app_context():
        db.session.get_one(Round, study.rounds["2"]).opened_at = None
        db.session.flush()  # one round is open at most
        db.session.get_one(Round, study.rounds["1"]).closed_at = None
        db.session.commit()
    client = who_agreed(app, study, "s4")
    client.get("/rate/section/1")
    with app.app_context():
        db.session.get_one(Round, study.rounds["1"]).closed_at = clock.now()
        db.session.flush()
        db.session.get_one(Round, study.rounds["2"]).opened_at = clock.now() + timedelta(seconds=1)
        db.session.commit()
    page = client.submit({rating_of(study, "home"): "4"})
    assert rows_of(app, study, "s4", round_code="1")[-1] == ("home", "4", True)
    assert "Round 1 had closed before this came. Your answers are kept, marked as late" in page.all_text


def test_a_late_page_with_a_fault_says_both_and_keeps_the_text(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    close(app, study, "2", at=clock.now())
    long = "ab " * LONGEST_COMMENT
    page = client.submit({comment_on(study, "home"): long, rating_of(study, "home"): "9"}, status=422)
    assert rows_of(app, study, "s4") == [("home", "9", True)]
    assert "Round 2 had closed before this came." in page.all_text
    assert page.find(f".//textarea[@id='{comment_on(study, 'home')}']").text.strip() == long.strip()


def test_somebody_who_joined_later_answers_no_earlier_round(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s6")
    with app.app_context():
        whose = {"panellist_id": study.panellists["s6"], "round_id": study.rounds["1"]}
        db.session.add(Consent(**whose, wording="Yes?", agreed=True, answered_at=clock.now()))
        db.session.commit()
    client.post("/rate/section/1", {**hidden_fields(client), "round": "1", rating_of(study, "home"): "4"})
    assert rows_of(app, study, "s6", round_code="1") == []


@pytest.mark.parametrize("broken", ["10", "-1", "", "nine", "no_opinion", "8; DROP TABLE rating"])
def test_a_broken_answer_is_told_and_the_others_are_saved(app: Flask, study: StudyOnApp, broken: str) -> None:
    client = who_agreed(app, study, "s4")
    form = {**hidden_fields(client), rating_of(study, "home"): broken, rating_of(study, "doctor"): "6"}
    form[comment_on(study, "home")] = "Kept all the same."
    page = client.post("/rate/section/1", form, status=422)
    assert rows_of(app, study, "s4") == [("doctor", "6", False)]
    assert comments_of(app, study, "s4") == [("Kept all the same.", False)]
    assert page.text.count("A safe home: Choose one of the answers in the list.") == 2
    assert page.find(f".//a[@href='#{rating_of(study, 'home')}']") is not None
    assert page.find(f".//textarea[@id='{comment_on(study, 'home')}']").text.strip() == "Kept all the same."


def test_a_comment_that_is_too_long_stays_in_its_box(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    long = "ab " * LONGEST_COMMENT
    page = client.submit({comment_on(study, "home"): long, rating_of(study, "home"): "9"}, status=422)
    assert rows_of(app, study, "s4") == [("home", "9", False)]
    assert comments_of(app, study, "s4") == []
    assert page.find(f".//textarea[@id='{comment_on(study, 'home')}']").text.strip() == long.strip()
    assert "characters or fewer" in page.text


def test_a_finishing_comment_that_is_too_long_stays_in_its_box(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    client.get("/rate/finish")
    page = client.submit({"comment": "a" * (LONGEST_COMMENT + 1)}, status=422)
    assert len(page.find(".//textarea").text.strip()) == LONGEST_COMMENT + 1


@pytest.mark.parametrize("round_code", ["", "nowhere", "1; --"])
def test_a_form_for_no_round_keeps_nothing(app: Flask, study: StudyOnApp, round_code: str) -> None:
    client = who_agreed(app, study, "s4")
    form = {**hidden_fields(client), "round": round_code, rating_of(study, "home"): "9"}
    assert client.post("/rate/section/1", form).url == "/rate/section/1"
    assert rows_of(app, study, "s4") == []


def test_nobody_answers_without_consent(app: Flask, study: StudyOnApp) -> None:
    client = signed_in(app, study, "s4")
    client.get("/rate/consent")
    form = {**hidden_fields(client), "round": "2", rating_of(study, "home"): "9"}
    assert client.post("/rate/section/1", form).url == "/rate/welcome"
    assert rows_of(app, study, "s4") == []


def test_answers_to_outcomes_of_another_section_are_left_alone(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    form = {**hidden_fields(client), rating_of(study, "work"): "9", rating_of(study, "papers"): "9"}
    client.post("/rate/section/1", form)
    assert rows_of(app, study, "s4") == []


def test_after_the_session_has_ended_a_new_link_leads_back_to_the_section(
    app: Flask, study: StudyOnApp
) -> None:
    client = who_agreed(app, study, "s4")
    client.submit({rating_of(study, "home"): "8", rating_of(study, "doctor"): "8"})
    client.submit({rating_of(study, "work"): "8"})
    client.http.delete_cookie("chorus")
    assert client.http.get("/rate/section/2").status_code == 401
    assert signed_in(app, study, "s4").get("/rate").url == "/rate/section/2"


def test_a_section_takes_few_statements(app: Flask, study: StudyOnApp, statements: Statements) -> None:
    client = who_agreed(app, study, "s4")
    fields = {rating_of(study, "home"): "8", comment_on(study, "home"): "A word."}
    form = filled_in(client.page.form(), fields) if client.page else {}
    statements.clear()
    client.http.get("/rate/section/1")
    assert len(statements) <= 12, statements
    statements.clear()
    client.http.post("/rate/section/1", data=form)
    assert len(statements) <= 12, statements
    assert len(statements.writing) == 3, statements.writing


def hidden_fields(client: object) -> dict[str, str]:
    """The fields that every form of the panellist's pages carries."""
    page = client.page  # type: ignore[attr-defined]
    names = ("csrf_token", "round")
    main = page.find(".//main")
    return {n: f.get("value") for n in names for f in main.iter("input") if f.get("name") == n}

"""Opening a round."""

import threading

from flask import Flask
from sqlalchemy import select, update

from delphi.domain.receipt import sha256_of
from delphi.domain.round_steps import Refusal
from delphi.extensions import db
from delphi.models import ListedOutcome, Outcome, Receipt
from delphi.setup.actions import RoundRefused
from tests.setup.round_actions import (
    acts_of,
    facts_of,
    load_before_round_2,
    member,
    open_by_code,
)
from tests.studies_on_app import StudyOnApp

OPEN = "/studies/small/rounds/2/open"


def listed(app: Flask, study: StudyOnApp, code: str) -> list[str]:
    with app.app_context():
        query = (
            select(Outcome.code)
            .join(ListedOutcome, ListedOutcome.outcome_id == Outcome.id)
            .where(ListedOutcome.round_id == study.rounds[code])
            .order_by(ListedOutcome.position)
        )
        return list(db.session.scalars(query))


def test_opening_freezes_the_list_that_the_closed_rounds_left(app: Flask) -> None:
    study = load_before_round_2(app)
    owner = member(app, study)
    owner.get(OPEN)
    page = owner.submit(button="Open this round")
    assert page.h1 == "Round 2"
    assert "Round 2 is open." in page.text
    # the rule put `papers` out, comments merged `friends` and `family` into `ties`
    assert listed(app, study, "2") == ["home", "doctor", "work", "ties"]


def test_opening_keeps_a_receipt_and_writes_one_row_in_the_trail(app: Flask) -> None:
    study = load_before_round_2(app)
    before = acts_of(app, study)
    with app.app_context():
        sum_ = open_by_code(study, "2")
        receipt = db.session.get_one(Receipt, study.rounds["2"])
        assert receipt.sha256 == sum_ == sha256_of(receipt.text)
        assert "The list: 4 outcomes" in receipt.text
    assert acts_of(app, study) == [*before, "round opened"]


def test_the_page_that_asks_says_what_is_fixed_and_changes_nothing(app: Flask) -> None:
    study = load_before_round_2(app)
    page = member(app, study).get(OPEN)
    assert "the 4 outcomes" in page.text
    assert "at least 70 %" in page.text
    assert "Survivors count twice" in page.text
    assert facts_of(app, study, "2").opened_at is None


def test_opening_an_open_round_says_so_and_changes_nothing(app: Flask, study: StudyOnApp) -> None:
    opened_at = facts_of(app, study, "2").opened_at
    before = acts_of(app, study)
    owner = member(app, study)
    fields = owner.get("/studies").root.iter("input")
    (token,) = {field.get("value") or "" for field in fields if field.get("name") == "csrf_token"}
    page = owner.post(OPEN, {"csrf_token": token})
    assert "Round 2 was not opened. It is open already." in page.text
    assert facts_of(app, study, "2").opened_at == opened_at
    assert acts_of(app, study) == before


def test_the_receipt_page_says_that_nothing_was_changed(app: Flask, study: StudyOnApp) -> None:
    page = member(app, study).get("/studies/small/rounds/2/receipt")
    assert "Nothing has been changed." in page.text


def test_a_later_change_of_a_wording_shows_on_the_receipt_page(app: Flask, study: StudyOnApp) -> None:
    with app.app_context():
        reworded = update(Outcome).where(Outcome.id == study.outcomes["work"]).values(descriptor="Any work.")
        db.session.execute(reworded)
        db.session.commit()
    page = member(app, study).get("/studies/small/rounds/2/receipt")
    assert "Something has been changed" in page.text
    assert "- Work that one chooses and is paid for." in page.text
    assert "+ Any work." in page.text


def test_a_forged_text_shows_though_the_study_is_as_it_was(app: Flask, study: StudyOnApp) -> None:
    with app.app_context():
        db.session.execute(update(Receipt).values(sha256="0" * 64))
        db.session.commit()
    page = member(app, study).get("/studies/small/rounds/2/receipt")
    assert "Something has been changed" in page.text


def test_the_receipt_as_a_file_has_the_sum_that_the_page_prints(app: Flask, study: StudyOnApp) -> None:
    owner = member(app, study)
    page = owner.get("/studies/small/rounds/2/receipt")
    file = owner.http.get("/studies/small/rounds/2/receipt.txt")
    assert file.mimetype == "text/plain"
    assert sha256_of(file.text) in page.text


def test_of_two_who_open_at_once_one_is_told_that_it_was_done(app_on_each_database: Flask) -> None:
    app = app_on_each_database
    study = load_before_round_2(app)
    start, refusals = threading.Barrier(2), list[Refusal | None]()

    def open_() -> None:
        with app.app_context():
            start.wait()
            try:
                open_by_code(study, "2")
                refusals.append(None)
            except RoundRefused as refused:
                refusals.append(refused.refusal)

    threads = [threading.Thread(target=open_) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(refusals, key=str) == [None, Refusal.ALREADY_OPEN]
    assert listed(app, study, "2") == ["home", "doctor", "work", "ties"]

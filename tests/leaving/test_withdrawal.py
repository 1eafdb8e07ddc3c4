"""Leaving the study by oneself, on SQLite and on PostgreSQL."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update

from delphi.access.contacts import ContactDetails, contact_of, keep_contact
from delphi.access.links import find_link, make_link
from delphi.dataset import export_study
from delphi.extensions import Base, db
from delphi.leaving.actions import ANSWERS
from delphi.models import (
    AuditRow,
    Comment,
    Consent,
    EntryMode,
    Panellist,
    Rating,
    Role,
    TextKind,
    Withdrawal,
)
from delphi.web import clock
from tests.leaving.conftest import study_with_ways_out
from tests.leaving.leavers import LEAVES, leave
from tests.page_checks import text_of
from tests.rating.panellists import close, comment_on, rating_of, rows_of, signed_in, who_agreed
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient, filled_in, sign_in_user


def rater(app: Flask, study: StudyOnApp, code: str = "s4") -> PageClient:
    """A panellist who has rated and commented in the open round."""
    client = who_agreed(app, study, code)
    client.get("/rate/section/1")
    fields = {rating_of(study, "home"): "8", comment_on(study, "home"): "My very own words."}
    client.submit(fields, button="Save and continue")
    return client


def rows_left(app: Flask, study: StudyOnApp, code: str) -> int:
    """How many rows of the tables that are emptied still belong to a panellist."""
    id_ = study.panellists[code]
    with app.app_context():
        counts = (
            db.session.scalar(select(func.count()).where(table.panellist_id == id_)) or 0 for table in ANSWERS
        )
        return sum(counts)


def exported_ratings(app: Flask, study: StudyOnApp, code: str) -> int:
    with app.app_context():
        exported = export_study(study.study_id)
    return sum(rating.panellist == code for rating in exported.ratings)


def test_answers_that_are_taken_out_are_deleted_and_leave_the_export(
    each_app: Flask, each_study: StudyOnApp
) -> None:
    client = rater(each_app, each_study)
    others = rows_left(each_app, each_study, "s1")
    assert exported_ratings(each_app, each_study, "s4") == 7  # six of Round 1, one of Round 2
    leave(client, "removed")
    assert client.page
    assert client.page.h1 == "You have left the study"
    assert "Your answers were taken out and deleted." in client.page.text
    assert rows_left(each_app, each_study, "s4") == exported_ratings(each_app, each_study, "s4") == 0
    assert rows_left(each_app, each_study, "s1") == others
    with each_app.app_context():
        assert "My very own words." not in str(db.session.scalars(select(Comment.text)).all())
        consents = select(func.count()).where(Consent.panellist_id == each_study.panellists["s4"])
        assert db.session.scalar(consents) == 1


def test_answers_that_are_kept_stay_and_still_count(each_app: Flask, each_study: StudyOnApp) -> None:
    client = rater(each_app, each_study)
    leave(client, "kept")
    assert client.page
    assert "Your answers stay in the study, under a code." in client.page.text
    assert exported_ratings(each_app, each_study, "s4") == 7
    with each_app.app_context():
        person = db.session.get_one(Panellist, each_study.panellists["s4"])
        assert person.withdrew_round_id == each_study.rounds["2"]


def test_the_results_of_a_closed_round_leave_them_out_at_once(
    each_app: Flask, each_study: StudyOnApp
) -> None:
    owner = PageClient(each_app)
    sign_in_user(owner, each_study.team[Role.OWNER])
    page = "/studies/small/rounds/1/results"
    assert [row[3] for row in owner.get(page).table_rows() if row[0] == "A safe home"] == ["100.0 % of 8"]
    leave(signed_in(each_app, each_study, "s4"), "removed")
    assert [row[3] for row in owner.get(page).table_rows() if row[0] == "A safe home"] == ["100.0 % of 7"]


def test_what_somebody_else_put_in_for_them_goes_too(each_app: Flask, each_study: StudyOnApp) -> None:
    client = rater(each_app, each_study)
    with each_app.app_context():
        for table in (Rating, Comment):
            mine = table.panellist_id == each_study.panellists["s4"]
            db.session.execute(update(table).where(mine).values(entered=EntryMode.PAPER))
        private = {"kind": TextKind.PRIVATE, "outcome_id": None, "late": False, "written_at": clock.now()}
        key = {"round_id": each_study.rounds["2"], "panellist_id": each_study.panellists["s4"]}
        db.session.add(Comment(**key, **private, text="For the team alone.", entered=EntryMode.HELPER))
        db.session.commit()
    leave(client, "removed")
    assert rows_left(each_app, each_study, "s4") == 0


def test_an_answer_that_meets_the_leaving_is_not_added_after_it(
    each_app: Flask, each_study: StudyOnApp
) -> None:
    client = who_agreed(each_app, each_study, "s4")
    form = filled_in(
        client.get("/rate/section/1").form("Save and continue"), {rating_of(each_study, "home"): "8"}
    )
    with each_app.app_context():
        engine = db.engine
    with engine.connect() as leaving:
        left = text("UPDATE panellist SET withdrew_round_id = joined_round_id WHERE id = :id")
        leaving.execute(left, {"id": each_study.panellists["s4"]})
        answering = threading.Thread(
            target=client.http.post, args=("/rate/section/1",), kwargs={"data": form}
        )
        answering.start()
        answering.join(timeout=0.5)
        assert answering.is_alive()
        leaving.commit()
    answering.join(timeout=60)
    assert rows_of(each_app, each_study, "s4") == []


def test_a_table_about_panellists_says_what_becomes_of_it_when_they_leave() -> None:
    about = {table for table in Base.metadata.tables.values() if "panellist_id" in table.columns}
    stays_or_ends = {"consent", "withdrawal", "contact", "contact_wish", "sign_in_link", "message"}
    assert {table.name for table in about} - stays_or_ends == {table.__tablename__ for table in ANSWERS}


@pytest.mark.parametrize("way", ["kept", "removed"])
def test_contact_and_unused_links_end_with_the_study(app: Flask, ways_out: StudyOnApp, way: str) -> None:
    id_, now = ways_out.panellists["s4"], clock.now()
    with app.app_context():
        keys = app.config["CONTACT_KEYS"]
        keep_contact(id_, contact=ContactDetails(name="Ada"), keys=keys, by="command line", now=now)
        token = make_link(panellist_id=id_, by="command line", now=now, valid_for=timedelta(hours=1))
    leave(signed_in(app, ways_out, "s4"), way)
    with app.app_context():
        assert contact_of(id_, keys=keys) is None
        link = find_link(token, now=clock.now())
        assert link is not None
        assert link.is_expired


def test_the_trail_holds_counts_and_no_answers(app: Flask, ways_out: StudyOnApp) -> None:
    leave(rater(app, ways_out), "removed")
    with app.app_context():
        query = select(AuditRow).where(AuditRow.action == "left, answers removed")
        row = db.session.scalars(query).one()
    assert row.actor == f"panellist:{ways_out.panellists['s4']}"
    assert (row.detail["rating"], row.detail["comment"], row.detail["ranking"]) == (7, 1, 0)
    assert all(isinstance(value, int) for value in row.detail.values())


def test_the_receipt_can_be_kept_and_names_nobody(app: Flask, ways_out: StudyOnApp) -> None:
    client = signed_in(app, ways_out, "s4")
    leave(client, "removed")
    with app.app_context():
        number = db.session.get_one(Withdrawal, ways_out.panellists["s4"]).receipt
    page = client.get("/rate/receipt")
    assert number in page.text
    file = client.http.get(page.link("Keep the receipt as a file"))
    assert file.headers["Content-Disposition"] == "attachment; filename=receipt.txt"
    assert file.text.startswith(f"Receipt\nNumber: {number}\nDate: ")
    assert "s4" not in file.text
    assert "A small study" not in file.text + page.all_text
    assert client.submit(button="Finish and sign out").url == "/"


def test_who_has_left_is_asked_nothing_more(app: Flask, ways_out: StudyOnApp) -> None:
    client = rater(app, ways_out)
    form = filled_in(client.get("/rate/section/1").form("Save and continue"), {})
    leave(client, "kept")
    for name in ("", "/settings", "/reach", "/leave", "/leave/removed", "/section/1"):
        assert client.get(f"/rate{name}").h1 == "You have left the study"
    form[rating_of(ways_out, "home")] = ["1"]
    client.http.post("/rate/section/1", data=form)
    assert rows_of(app, ways_out, "s4") == [("home", "8", False)]


def test_nothing_is_done_before_the_last_button(app: Flask, ways_out: StudyOnApp) -> None:
    client = rater(app, ways_out)
    before = rows_left(app, ways_out, "s4")
    client.get("/rate/leave")
    page = client.submit({"way": "removed"}, button="Continue")
    assert page.h1 == "Do you want to leave?"
    assert "You cannot undo this." in page.text
    assert client.get(page.link("No, go back to your answers")).url == "/rate/section/1"
    assert rows_left(app, ways_out, "s4") == before > 0


@pytest.mark.parametrize(("way", "warns"), [("kept", False), ("removed", True)])
def test_the_last_button_says_what_it_does_and_only_deleting_warns(
    app: Flask, ways_out: StudyOnApp, way: str, warns: bool
) -> None:
    page = signed_in(app, ways_out, "s4").get(f"/rate/leave/{way}")
    (button,) = [each for each in page.find(".//main").iter("button") if text_of(each) == LEAVES[way]]
    assert ("govuk-button--warning" in (button.get("class") or "")) is warns


@pytest.mark.parametrize(
    ("removable_until", "words"), [("2020-03-31", "until 31 March 2020"), ("", "has closed")]
)
def test_answers_stay_once_it_is_too_late(app: Flask, removable_until: str, words: str) -> None:
    study = load_study(app, study_with_ways_out(removable_until=removable_until), open_round="2")
    client = signed_in(app, study, "s4")
    page = client.get("/rate/leave")
    assert words in page.text
    assert not page.root.findall(".//input[@value='removed']")
    assert client.get("/rate/leave/removed").url == "/rate/leave"
    client.get("/rate/leave/kept")
    token = (
        {"csrf_token": client.page.find(".//form[@id='exit']/input").get("value") or ""}
        if client.page
        else {}
    )
    client.post("/rate/leave/removed", token)
    assert exported_ratings(app, study, "s4") == 6


def test_without_a_day_answers_can_be_taken_out_while_their_round_is_open(app: Flask) -> None:
    study = load_study(app, study_with_ways_out(removable_until=""), open_round="2")
    client = rater(app, study, "s6")  # joined in Round 2
    assert "until the round closes" in client.get("/rate/leave").text
    close(app, study, "2", at=clock.now())
    assert "A round that you answered has closed" in client.get("/rate/leave").text


def test_answers_that_count_nowhere_can_be_taken_out_after_closing(app: Flask) -> None:
    study = load_study(app, study_with_ways_out(removable_until=""), open_round="2")
    with app.app_context():
        mine = Panellist.id == study.panellists["s4"]
        db.session.execute(update(Panellist).where(mine).values(group_confirmed_at=None))
        db.session.commit()
    assert "until the round closes" in signed_in(app, study, "s4").get("/rate/leave").text


def test_one_leaves_once(app: Flask, ways_out: StudyOnApp) -> None:
    first, second = (signed_in(app, ways_out, "s4") for _ in range(2))
    second.get("/rate/leave/removed")
    leave(first, "kept")
    assert second.submit(button=LEAVES["removed"]).h1 == "You have left the study"
    with app.app_context():
        assert db.session.get_one(Withdrawal, ways_out.panellists["s4"]).answers == "kept"
    assert exported_ratings(app, ways_out, "s4") == 6

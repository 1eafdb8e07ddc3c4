"""A study goes into the database and comes out the same, or not in at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from analysis.bundle.reader import read
from analysis.study.study import Study
from delphi import dataset
from delphi.dataset import StudyRefused
from delphi.domain.receipt import sha256_of
from delphi.extensions import db
from delphi.models import AuditRow, Comment, ListedOutcome, Outcome, Panellist, Rating, Receipt, Round
from delphi.models import Study as StudyRow
from tests.data.small_study import LIST_1, LIST_2, small_study, study_of_every_kind

NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)
MSCOS = Path(__file__).resolve().parent.parent.parent / "studies" / "mscos_2022"


def loaded(study: Study, *, open_round: str | None = None) -> int:
    return dataset.import_study(study, by="command line", now=NOW, open_round=open_round)


def id_of(table: type[Round | Panellist | Outcome], code: str) -> int:
    return db.session.scalars(select(table.id).where(table.code == code)).one()


def rounds_in(study_id: int) -> dict[str, tuple[bool, bool]]:
    query = select(Round.code, Round.opened_at, Round.closed_at).where(Round.study_id == study_id)
    return {
        code: (opened is not None, closed is not None) for code, opened, closed in db.session.execute(query)
    }


def listed_in(round_code: str) -> list[str]:
    query = select(Outcome.code).join(ListedOutcome, ListedOutcome.outcome_id == Outcome.id)
    where = ListedOutcome.round_id == id_of(Round, round_code)
    return list(db.session.scalars(query.where(where).order_by(ListedOutcome.position)))


def number_of_rows() -> int:
    tables = db.metadata.sorted_tables
    return sum(db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


@pytest.mark.parametrize("study", [small_study(), study_of_every_kind()], ids=["small", "every kind"])
def test_a_study_comes_out_as_it_went_in(app_on_each_database: Flask, study: Study) -> None:
    with app_on_each_database.app_context():
        assert dataset.export_study(loaded(study)) == study


def test_the_mscos_study_comes_out_as_it_went_in(app_on_each_database: Flask) -> None:
    study = read(MSCOS)
    with app_on_each_database.app_context():
        study_id = loaded(study)
        assert dataset.export_study(study_id) == study
        # published: the toolkit's counts before Round Zero and after each step
        assert dataset.path_of(study_id).path == (74, 72, 34, 14, 7)


def test_rounds_that_were_held_are_closed(app: Flask) -> None:
    with app.app_context():
        assert rounds_in(loaded(small_study())) == {"1": (True, True), "2": (True, True)}


def test_the_open_round_is_open_and_those_before_it_closed(app: Flask) -> None:
    with app.app_context():
        assert rounds_in(loaded(small_study(), open_round="2")) == {"1": (True, True), "2": (True, False)}


def test_an_open_round_is_not_in_the_path(app: Flask) -> None:
    with app.app_context():
        # after Round 1: papers is out by the rule, friends and family make one, so that 6 become 4
        assert dataset.path_of(loaded(small_study(), open_round="2")).path == (6, 4)


def test_each_round_keeps_the_list_that_it_asked_about(app: Flask) -> None:
    with app.app_context():
        loaded(small_study(), open_round="2")
        assert (listed_in("1"), listed_in("2")) == (list(LIST_1), list(LIST_2))


def test_a_round_without_answers_can_be_open(app: Flask) -> None:
    study = small_study()
    unanswered = replace(study, ratings=tuple(rating for rating in study.ratings if rating.round == "1"))
    with app.app_context():
        loaded(unanswered, open_round="2")
        assert listed_in("2") == list(LIST_2)


def test_each_round_that_opened_has_a_receipt_of_its_text(app: Flask) -> None:
    with app.app_context():
        loaded(small_study(), open_round="2")
        receipts = db.session.scalars(select(Receipt)).all()
        assert [sha256_of(receipt.text) for receipt in receipts] == [receipt.sha256 for receipt in receipts]
        assert len(receipts) == 2


def test_loading_leaves_one_audit_row(app: Flask) -> None:
    with app.app_context():
        study_id = loaded(small_study())
        row = db.session.scalars(select(AuditRow)).one()
        assert (row.actor, row.action, row.study_id) == ("command line", "study imported", study_id)


@pytest.mark.parametrize("open_round", ["3", "1"], ids=["unknown", "later answers"])
def test_a_round_that_cannot_be_open_is_refused(app: Flask, open_round: str) -> None:
    with app.app_context(), pytest.raises(StudyRefused, match="open round"):
        loaded(small_study(), open_round=open_round)


def test_a_code_that_is_taken_is_refused(app: Flask) -> None:
    with app.app_context():
        loaded(small_study())
        with pytest.raises(StudyRefused, match=r'study\.code: found "small"'):
            loaded(small_study())


def test_a_fault_midway_leaves_nothing(app_on_each_database: Flask) -> None:
    study = small_study()
    too_long = replace(study.outcomes[-1], label="x" * 301)  # one more than the column's 300 characters
    with app_on_each_database.app_context():
        before = number_of_rows()
        with pytest.raises(StudyRefused, match=r"outcome\.label"):
            loaded(replace(study, outcomes=(*study.outcomes[:-1], too_long)))
        assert number_of_rows() == before
        assert db.session.scalar(select(StudyRow.id)) is None


def add_rating(score: int, *, late: bool, outcome: str = "home") -> None:
    db.session.add(
        Rating(
            round_id=id_of(Round, "2"),
            panellist_id=id_of(Panellist, "s1"),
            outcome_id=id_of(Outcome, outcome),
            criterion="inclusion",
            score=score,
            late=late,
            answered_at=NOW + timedelta(hours=1),
        )
    )
    db.session.commit()


def exported_score(study_id: int, outcome: str) -> tuple[int | None, bool]:
    ratings = dataset.export_study(study_id).ratings
    found = [r for r in ratings if (r.round, r.panellist, r.outcome) == ("2", "s1", outcome)]
    assert len(found) == 1
    return found[0].score, found[0].late


def test_the_newest_answer_on_time_is_exported(app_on_each_database: Flask) -> None:
    with app_on_each_database.app_context():
        study_id = loaded(small_study(), open_round="2")
        add_rating(4, late=False)
        add_rating(1, late=True)
        assert exported_score(study_id, "home") == (4, False)


def test_a_late_answer_is_exported_as_late_where_none_came_on_time(app_on_each_database: Flask) -> None:
    with app_on_each_database.app_context():
        study_id = loaded(small_study(), open_round="2")
        add_rating(2, late=True, outcome="papers")
        add_rating(3, late=True, outcome="papers")
        assert exported_score(study_id, "papers") == (3, True)


def test_a_changed_answer_keeps_its_place_in_the_export(app_on_each_database: Flask) -> None:
    with app_on_each_database.app_context():
        study_id = loaded(small_study(), open_round="2")
        add_rating(4, late=False)
        order = [(r.round, r.panellist, r.outcome) for r in dataset.export_study(study_id).ratings]
        assert order == [(r.round, r.panellist, r.outcome) for r in small_study().ratings]


def add_comment(text: str, *, late: bool = False) -> None:
    outcome_id, panellist_id = id_of(Outcome, "friends"), id_of(Panellist, "s1")
    where = {"round_id": id_of(Round, "1"), "panellist_id": panellist_id, "outcome_id": outcome_id}
    db.session.add(Comment(**where, text=text, late=late, written_at=NOW))
    db.session.commit()


@pytest.mark.parametrize(
    ("text", "late", "expected"),
    [
        ("A newer one.", False, ["A newer one."]),
        ("", False, []),
        ("Too late.", True, ["This and family say the same."]),
    ],
    ids=["newer", "taken back", "late"],
)
def test_the_comment_that_counts_is_exported(
    app_on_each_database: Flask, text: str, late: bool, expected: list[str]
) -> None:
    with app_on_each_database.app_context():
        study_id = loaded(small_study())
        add_comment(text, late=late)
        comments = dataset.export_study(study_id).comments
        assert [comment.comment for comment in comments if comment.outcome == "friends"] == expected


def test_every_table_of_a_study_goes_with_it(app_on_each_database: Flask) -> None:
    with app_on_each_database.app_context():
        before = number_of_rows()
        study_id = loaded(study_of_every_kind())
        db.session.delete(db.session.get_one(StudyRow, study_id))
        db.session.commit()
        left = [
            table.name for table in db.metadata.sorted_tables if db.session.execute(select(table)).first()
        ]
        assert (left, number_of_rows() - before) == (["audit"], 1)

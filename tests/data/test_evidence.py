"""Answers counted by the database are the answers counted in memory."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from analysis.bundle.reader import read
from analysis.counts import ResponseCounts
from analysis.evidence import evidence_of
from analysis.ratings import RatingMatrix
from analysis.study.records import Missing
from analysis.study.study import Study
from delphi import dataset
from delphi.extensions import db
from delphi.models import Comment, Outcome, Panellist, Rating, Round
from delphi.panel.actions import confirm_group
from tests.data.small_study import SCALE, small_study, study_of_every_kind
from tests.statements import statements_of

NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)
MSCOS = Path(__file__).resolve().parent.parent.parent / "studies" / "mscos_2022"
GROUPS = ("survivors", "researchers")


def loaded(study: Study, *, open_round: str | None = None) -> int:
    return dataset.import_study(study, by="command line", now=NOW, open_round=open_round)


def ids(table: type[Round | Panellist | Outcome]) -> dict[str, int]:
    return {row.code: row.id for row in db.session.execute(select(table.code, table.id))}


def answer(
    panellist: str, outcome: str, *, late: bool, score: int | None = None, missing: Missing | None = None
) -> None:
    row = Rating(
        round_id=ids(Round)["2"],
        panellist_id=ids(Panellist)[panellist],
        outcome_id=ids(Outcome)[outcome],
        criterion="inclusion",
        score=score,
        missing=missing,
        late=late,
        answered_at=NOW + timedelta(hours=1),
    )
    db.session.add(row)
    db.session.commit()


def evidence_from_export(study_id: int) -> dict[str, object]:
    study = dataset.export_study(study_id)
    return {round_.code: evidence_of(study, round_.code) for round_ in study.protocol.rounds}


@pytest.mark.parametrize("study", [study_of_every_kind(), read(MSCOS)], ids=["every kind", "mscos_2022"])
def test_counts_of_the_database_are_counts_of_the_study(app_on_each_database: Flask, study: Study) -> None:
    with app_on_each_database.app_context():
        counted = dataset.all_evidence(loaded(study))
    assert counted == {code: evidence_of(study, code) for code in counted}
    assert len(counted) == len(study.protocol.rounds)


def test_counts_of_the_database_are_counts_of_the_matrix(app_on_each_database: Flask) -> None:
    study = small_study()
    matrix = RatingMatrix.of(study, "1")
    in_memory = ResponseCounts.from_matrix(matrix, SCALE, groups=GROUPS)
    with app_on_each_database.app_context():
        study_id = loaded(study)
        counted = dataset.round_evidence(study_id, ids(Round)["1"]).ratings["inclusion"]
    assert counted == in_memory.of_outcomes(counted.outcomes)
    # by hand: the marks of "papers" in Round 1 are 2 3 5 4 1 and 8 6; r3's came late
    papers = counted.outcomes.index("papers")
    assert counted.counts[:, papers].tolist() == [[1, 1, 1, 1, 1, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1, 0, 1, 0]]


def test_changed_and_late_answers_count_as_in_the_export(app_on_each_database: Flask) -> None:
    with app_on_each_database.app_context():
        study_id = loaded(small_study(), open_round="2")
        answer("s1", "home", score=1, late=False)
        answer("s1", "home", score=2, late=True)
        answer("s2", "work", missing=Missing.NO_OPINION, late=False)
        answer("s4", "home", score=3, late=True)
        assert dataset.all_evidence(study_id) == evidence_from_export(study_id)


@pytest.mark.parametrize(("text", "respondents"), [("Thank you.", 5), ("", 4)], ids=["comment", "taken back"])
def test_a_comment_alone_makes_a_respondent(app_on_each_database: Flask, text: str, respondents: int) -> None:
    with app_on_each_database.app_context():
        study_id = loaded(small_study(), open_round="2")
        where = {"round_id": ids(Round)["2"], "panellist_id": ids(Panellist)["s4"], "late": False}
        for words in ("First words.", text):
            db.session.add(Comment(**where, outcome_id=None, text=words, written_at=NOW))
            db.session.commit()
        evidence = dataset.all_evidence(study_id)
        assert evidence["2"].respondents["survivors"] == respondents  # four survivors rated
        assert evidence == evidence_from_export(study_id)


def test_a_closed_round_counts_as_closed_and_an_open_one_does_not(app: Flask) -> None:
    with app.app_context():
        study_id = loaded(small_study(), open_round="2")
        assert list(dataset.closed_evidence(study_id)) == ["1"]


def test_a_round_of_another_study_is_not_found(app: Flask) -> None:
    with app.app_context():
        loaded(small_study())
        other = loaded(small_study(code="other"))
        with pytest.raises(LookupError):
            dataset.round_evidence(
                other, db.session.scalars(select(Round.id).order_by(Round.id)).first() or 0
            )


def test_a_few_outcomes_are_counted_in_one_statement(app_on_each_database: Flask) -> None:
    with app_on_each_database.app_context():
        study_id = loaded(small_study())
        outcomes = [ids(Outcome)[code] for code in ("work", "home")]
        round_id = ids(Round)["1"]
        with statements_of(db.engine) as statements:
            few = dataset.counts_by_group(round_id, outcomes, "inclusion", groups=GROUPS, scale=SCALE)
        assert len(statements) == 1
        whole = dataset.round_evidence(study_id, round_id).ratings["inclusion"].of_outcomes(("work", "home"))
    assert few.outcomes == tuple(map(str, outcomes))
    assert (few.counts.tolist(), few.missing.tolist()) == (whole.counts.tolist(), whole.missing.tolist())


def test_counting_asks_the_database_a_fixed_number_of_times(app: Flask) -> None:
    with app.app_context():
        numbers = []
        for study in (small_study(), read(MSCOS)):
            study_id = loaded(study)
            db.session.expire_all()
            with statements_of(db.engine) as statements:
                dataset.all_evidence(study_id)
            numbers.append(len(statements))
        assert numbers[0] == numbers[1]


@pytest.mark.parametrize(("after_closing", "counted"), [(timedelta(), 5), (timedelta(seconds=1), 4)])
def test_who_is_confirmed_after_a_round_has_closed_changes_nothing_in_it(
    app_on_each_database: Flask, after_closing: timedelta, counted: int
) -> None:
    with app_on_each_database.app_context():
        study_id = loaded(small_study())
        db.session.get_one(Panellist, ids(Panellist)["s1"]).group_confirmed_at = NOW + after_closing
        db.session.commit()
        evidence = dataset.closed_evidence(study_id)["1"]
        exported = dataset.export_study(study_id)
        assert evidence.respondents["survivors"] == counted
        assert evidence_of(exported, "1").respondents["survivors"] == counted
        assert {one.late for one in exported.ratings if one.panellist == "s1"} == {counted == 4}


def test_a_round_that_closes_while_a_confirmation_is_on_its_way_does_not_change(
    app_on_each_database: Flask,
) -> None:
    with app_on_each_database.app_context():
        study_id = loaded(small_study())  # which closes its rounds at NOW
        s1 = ids(Panellist)["s1"]
        db.session.get_one(Panellist, s1).group_confirmed_at = None
        db.session.commit()
        before = dataset.closed_evidence(study_id)["1"].respondents["survivors"]
        db.session.remove()
        confirm_group(
            s1,
            study_id=study_id,
            group="survivors",
            answered_closed=(),
            by="test",
            now=NOW - timedelta(seconds=1),
        )
        assert dataset.closed_evidence(study_id)["1"].respondents["survivors"] == before == 4

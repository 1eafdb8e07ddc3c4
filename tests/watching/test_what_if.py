"""Other rules on a closed round: apart from the frozen result, with the numbers that the statistics give."""

from dataclasses import replace
from fractions import Fraction

import pytest
from flask import Flask
from sqlalchemy import delete

from analysis.evidence import evidence_of
from analysis.study.weighting import UNWEIGHTED
from analysis.verdicts import verdict_table
from delphi.extensions import db
from delphi.models import Rating, Role, Withdrawal
from delphi.watching.trial import trial_of
from delphi.web import clock
from tests.data.small_study import (
    DOUBLE,
    GROUPS,
    LIST_1,
    SCALE,
    SEVENTY_PERCENT,
    small_study,
)
from tests.studies_on_app import StudyOnApp, load_study
from tests.watching.rounds_to_watch import member

WHAT_IF = "/studies/small/rounds/1/what-if"


def verdicts(rows: list[list[str]], column: int) -> dict[str, str]:
    return {row[0]: row[column].removesuffix("Changed").strip() for row in rows[1:]}


def test_at_first_the_frozen_rule_is_shown_and_nothing_changes(app: Flask, study: StudyOnApp) -> None:
    page = member(app, study).get(WHAT_IF)
    assert "This is not the result." in page.text
    assert "0 of 6 verdicts would be another." in page.text
    rows = page.table_rows()
    assert verdicts(rows, 1) == verdicts(rows, 2)


@pytest.mark.parametrize("threshold", [50, 100])
def test_a_tried_threshold_gives_what_the_statistics_give(each_app: Flask, threshold: int) -> None:
    own, on_app = small_study(), load_study(each_app, small_study(), open_round="2")
    page = member(each_app, on_app).get(f"{WHAT_IF}?p.0.0={threshold}&w.survivors=3&n=7")
    (rule,) = SEVENTY_PERCENT.rules
    tests = tuple(replace(test, percent=Fraction(threshold)) for test in rule.tests)
    tried = replace(SEVENTY_PERCENT, rules=(replace(rule, tests=tests),), minimum_n=7)
    triple = replace(DOUBLE, values={"survivors": Fraction(3)})
    protocol = replace(own.protocol, definitions=(tried,), weights=(triple,))
    table = verdict_table(protocol, "1", evidence_of(own, "1"), LIST_1)
    words = {"in": "In", "out": "Out", "none": "No consensus", "not_computable": "Not computable"}
    expected = [words[row.verdict] for row in table.rows if row.verdict]
    assert list(verdicts(page.table_rows(), 2).values()) == expected


def test_what_changes_is_marked_and_told_in_words(app: Flask, study: StudyOnApp) -> None:
    page = member(app, study).get(f"{WHAT_IF}?p.0.0=100")
    rows = page.table_rows()
    changed = [row[0] for row in rows[1:] if row[2].endswith("Changed")]
    assert changed
    assert all((row[1] != verdicts(rows, 2)[row[0]]) is (row[0] in changed) for row in rows[1:])
    assert f"{len(changed)} of 6 verdicts would be another." in page.text
    assert "100 %" in page.text


def test_the_frozen_result_stays_as_it_is(app: Flask, study: StudyOnApp) -> None:
    owner = member(app, study)
    before = owner.get("/studies/small/rounds/1/results").text
    owner.get(f"{WHAT_IF}?p.0.0=100&w.survivors=0&n=9")
    assert owner.get("/studies/small/rounds/1/results").text == before


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ("p.0.0=101", "Enter a number from 0 to 100."),
        ("n=0", "Enter 1 or more."),
        ("n=1.5", "Enter a whole number."),
        ("w.survivors=-1", "Enter a number, such as 1.5."),
        ("w.survivors=1e9", "Enter a number, such as 1.5."),
        ("w.researchers=<script>", "Enter a number, such as 1.5."),
    ],
)
def test_a_number_that_cannot_be_read_is_told_beside_its_field(
    app: Flask, study: StudyOnApp, asked: str, fault: str
) -> None:
    page = member(app, study).get(f"{WHAT_IF}?{asked}")
    assert page.text.count(fault) == 2
    assert "0 of 6 verdicts would be another." in page.text


def test_who_leaves_with_their_answers_is_not_in_the_counts_that_were_kept(
    app: Flask, study: StudyOnApp
) -> None:
    owner, address = member(app, study), f"{WHAT_IF}?n=8"
    before = verdicts(owner.get(address).table_rows(), 2)
    with app.app_context():
        person = study.panellists["s1"]
        gone = Withdrawal(panellist_id=person, answers="removed", withdrew_at=clock.now(), receipt=None)
        db.session.add(gone)
        db.session.execute(delete(Rating).where(Rating.panellist_id == person))
        db.session.commit()
    after = verdicts(owner.get(address).table_rows(), 2)
    assert (before["A safe home"], after["A safe home"]) == ("In", "Not computable")


def test_everybody_of_no_weight_is_no_error(app: Flask, study: StudyOnApp) -> None:
    page = member(app, study).get(f"{WHAT_IF}?w.survivors=0&w.researchers=0")
    assert set(verdicts(page.table_rows(), 2).values()) == {"Not computable"}


def test_rules_stand_side_by_side_with_the_frozen_one_first(app: Flask, study: StudyOnApp) -> None:
    rows = member(app, study).get(WHAT_IF).table_rows(1)
    assert rows[1][0] == "1. The frozen rule"
    assert rows[1][2] == "0"
    assert "2. Own rule, everyone counts once" in [row[0] for row in rows]


def test_a_round_without_rated_results_has_no_such_page(app: Flask, study: StudyOnApp) -> None:
    for address in ("/studies/small/rounds/2", "/studies/small/rounds/9"):
        answer = member(app, study).http.get(f"{address}/what-if")
        assert (answer.status_code, answer.location) == (303, f"{address}/results")


def test_it_is_not_for_who_may_not_take_the_answers(app: Flask, study: StudyOnApp) -> None:
    assert member(app, study, Role.ADVISER).http.get(WHAT_IF).status_code == 403


def test_empty_fields_leave_weights_that_are_no_factors_as_they_are() -> None:
    asked = {"w.survivors": "", "w.researchers": ""}
    equal = replace(UNWEIGHTED, code="equal", scheme="equal_groups")
    trial = trial_of(asked, definition=SEVENTY_PERCENT, weighting=equal, groups=GROUPS, scale=SCALE)
    assert trial.weighting == equal

"""Pages that explore closed rounds: the numbers of the report, apart from the frozen result."""

import csv
import io
from collections.abc import Mapping

import pytest
from flask import Flask
from sqlalchemy import delete

from analysis.report.sections import sections_of
from analysis.tables import Table
from delphi.exploring.attrition import effect_words
from delphi.exploring.held import KEPT, explored
from delphi.extensions import db
from delphi.models import Comment, Rating, Role, Withdrawal
from delphi.web import clock
from tests.data.small_study import small_study
from tests.mscos_on_app import Mscos, mscos
from tests.statements import statements_of
from tests.studies_on_app import StudyOnApp, load_study
from tests.watching.rounds_to_watch import member

__all__ = ["mscos"]  # a fixture

REAL, SMALL = "/studies/mscos_2022", "/studies/small"
PAGES = ("attrition", "rounds/2/rules", "rounds/2/groups", "rounds/2/changes")
FILES = ("rules", "missing_people", "changes", "group_differences", "leavers")


@pytest.fixture(scope="module")
def report(mscos: Mscos) -> Mapping[str, Table]:
    """The tables of `python -m analysis report`, of the whole study and of Round 2."""
    sections = sections_of(mscos.study, replicates=100, seed=1)
    return {
        one.code: one
        for section in sections
        if section.code in {"study", "round_2"}
        for one in section.tables
    }


@pytest.mark.parametrize("name", FILES)
def test_files_are_those_of_the_report(mscos: Mscos, report: Mapping[str, Table], name: str) -> None:
    response = mscos.client.http.get(f"{REAL}/rounds/2/tables/{name}.csv")
    assert response.text == report[name].to_csv()


def test_the_flow_of_people_is_that_of_the_report(mscos: Mscos, report: Mapping[str, Table]) -> None:
    assert mscos.client.http.get(f"{REAL}/attrition.csv").text == report["attrition"].to_csv()
    rows = [row for row in mscos.client.get(f"{REAL}/attrition").table_rows() if len(row) == 7]
    shown = [[row[0], *row[2:]] for row in rows[1:]]
    expected = sorted(
        (str(r[0]), str(r[6]), str(r[3]), str(r[4]), str(r[5]), str(r[2])) for r in report["attrition"].rows
    )
    assert sorted(tuple(row) for row in shown) == expected


def test_cells_of_groups_are_those_of_the_report(mscos: Mscos, report: Mapping[str, Table]) -> None:
    found = mscos.client.get(f"{REAL}/rounds/2/groups").table_rows()
    rows = {row[0]: " ".join(row) for row in found}
    for row, cells in zip(
        report["group_differences"].rows, report["group_differences"].shown_rows(), strict=True
    ):
        text = next(words for head, words in rows.items() if head.startswith(str(row[1])))
        assert cells[4] in text
        if isinstance(row[5], float):
            assert f"{100 * row[5]:+.1f}".replace("-", "−") in text


def test_cells_of_change_are_those_of_the_report(mscos: Mscos, report: Mapping[str, Table]) -> None:
    rows = {row[0]: row for row in mscos.client.get(f"{REAL}/rounds/2/changes").table_rows()[1:]}
    names = [column.name for column in report["changes"].columns]
    assert len(rows) == len(report["changes"].rows)
    for cells in report["changes"].shown_rows():
        of = dict(zip(names, cells, strict=True))
        row = rows[of["label"]]
        shown = ("n", "share_changed", "share_up", "share_down", "rank_biserial", "wilcoxon_p")
        assert row[-6:] == [of[name] for name in shown]


def test_outcomes_on_which_rules_differ_stand_first_and_are_marked(mscos: Mscos) -> None:
    rows = mscos.client.get(f"{REAL}/rounds/2/rules").table_rows()[2:]
    differing = ["Differs" in " ".join(row[2:]) for row in rows]
    assert any(differing)
    assert differing == sorted(differing, reverse=True)
    only = mscos.client.get(f"{REAL}/rounds/2/rules?differing=yes").table_rows()[2:]
    assert only == [row for row, differs in zip(rows, differing, strict=True) if differs]


@pytest.mark.parametrize("page", PAGES)
def test_pages_say_that_answers_are_synthetic_and_ask_little(mscos: Mscos, page: str) -> None:
    with mscos.app.app_context():
        engine = db.engine
    mscos.app.extensions.pop(KEPT, None)  # what was kept would save statements
    with statements_of(engine) as seen:
        first = mscos.client.get(f"{REAL}/{page}")
    assert len(seen) < 30
    assert "a computer drew them" in first.html


def test_rows_can_be_filtered_and_groups_compared_with_another(mscos: Mscos) -> None:
    whole = mscos.client.get(f"{REAL}/rounds/2/groups")
    safety = mscos.client.get(f"{REAL}/rounds/2/groups?domain=Safety&against=researchers")
    assert 1 < len(safety.table_rows()) < len(whole.table_rows())
    assert "difference from researchers" in safety.text


def test_small_groups_are_hidden_as_in_the_report(app: Flask, study: StudyOnApp) -> None:
    page = member(app, study, Role.ANALYST).get(f"{SMALL}/rounds/1/groups")
    report = {
        one.code: one for part in sections_of(small_study(), replicates=100, seed=1) for one in part.tables
    }
    assert "hidden" in page.text
    assert "is hidden, and what would give it back" in page.text
    assert any("hidden" in row for row in report["statistics_by_group"].rows)


def test_nothing_of_an_open_round_is_shown(app: Flask, study: StudyOnApp) -> None:
    owner = member(app, study)
    for page in ("rules", "groups", "changes"):
        assert owner.http.get(f"{SMALL}/rounds/2/{page}").status_code == 303
    assert owner.http.get(f"{SMALL}/rounds/2/tables/rules.csv").status_code == 404
    assert "Round 2" not in " ".join(" ".join(row) for row in owner.get(f"{SMALL}/attrition").table_rows())


def people_in_round_1(app: Flask, study: StudyOnApp) -> tuple[int, int]:
    """Who rated in Round 1, and who answered it in any way."""
    with app.app_context():
        whole = explored(study.study_id)
        rated = whole.round_("1")
        return len(rated.data.matrix.panellists) if rated else 0, len(whole.came["1"])


def test_who_takes_their_answers_along_is_counted_no_more(app: Flask, study: StudyOnApp) -> None:
    before = people_in_round_1(app, study)
    gone = study.panellists["s1"]
    with app.app_context():
        for answers in (Rating, Comment):
            db.session.execute(delete(answers).where(answers.panellist_id == gone))
        row = Withdrawal(panellist_id=gone, answers="removed", withdrew_at=clock.now())
        db.session.add(row)
        db.session.commit()
    assert people_in_round_1(app, study) == (before[0] - 1, before[1] - 1)


def test_a_first_round_says_why_there_is_no_change(app: Flask, study: StudyOnApp) -> None:
    page = member(app, study).get(f"{SMALL}/rounds/1/changes")
    assert "this is the first rating round that asks this" in page.text


def test_an_answer_that_was_changed_counts_once_on_every_database(each_app: Flask) -> None:
    on_app = load_study(each_app, small_study(), open_round=None)
    client = member(each_app, on_app)
    report = {
        (part.code, one.code): one
        for part in sections_of(small_study(), replicates=100, seed=1)
        for one in part.tables
    }
    for name in FILES:
        expected = report.get(("round_2", name))
        got = client.http.get(f"{SMALL}/rounds/2/tables/{name}.csv")
        assert got.status_code == (404 if expected is None else 200), name
        assert expected is None or list(csv.reader(io.StringIO(got.text)))[1:] == [
            list(row) for row in expected.plain_rows()[1:]
        ]


@pytest.mark.parametrize(
    ("chance", "words"),
    [(0.5, "hardly any"), (0.57, "a small"), (0.36, "a middling"), (0.71, "a large"), (0.29, "a large")],
)
def test_a_difference_has_a_size_in_words(chance: float, words: str) -> None:
    assert effect_words(chance) == f"{words} difference"


def test_another_rule_can_be_begun_from_and_its_numbers_turned(mscos: Mscos) -> None:
    what_if = f"{REAL}/rounds/2/what-if"
    page = mscos.client.get(what_if)
    options = page.form("Take this rule").findall(".//option")
    place = next(at for at, one in enumerate(options) if one.text == "70 % agree")
    report = mscos.client.get(f"{REAL}/rounds/2/rules").table_rows()
    column = next(at for at, head in enumerate(report[0]) if head == "70 % agree")
    expected = {row[0].split("1 differ")[0]: row[column].removesuffix("Differs") for row in report[2:]}
    tried = mscos.client.get(f"{what_if}?rule={place}")
    found = [row[2].removesuffix("Changed").strip() for row in tried.table_rows()[1:]]
    assert sorted(found) == sorted(word.strip() for word in expected.values())
    assert "In this rule: 70" in tried.text
    assert mscos.client.get(f"{what_if}?rule={place}&p.0.0=0").text != tried.text

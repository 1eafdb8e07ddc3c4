"""The list of studies, a study's page, and the response by group."""

from flask import Flask

from analysis.study.study import Study
from delphi.models import Role
from tests.setup.round_actions import load_before_round_2, member
from tests.studies_on_app import StudyOnApp, load_study


def test_only_ones_own_studies_are_listed(app: Flask, study: StudyOnApp, other_study: StudyOnApp) -> None:
    page = member(app, study).get("/studies")
    assert page.link("A small study") == "/studies/small"
    assert "/studies/other" not in page.html


def test_the_page_says_where_each_round_stands_and_what_to_do(app: Flask, study: StudyOnApp) -> None:
    _, first, second = member(app, study).get("/studies/small").table_rows()
    assert first[:2] == ["Round 1 Rating", "Closed"]
    assert "Results" in first[4]
    assert second[:2] == ["Round 2 Rating", "Open"]
    assert "close it when everyone has had time" in second[4]


def test_the_path_counts_closed_rounds_only(app: Flask, study: StudyOnApp) -> None:
    page = member(app, study).get("/studies/small")
    # six at first; one dropped, two merged into one: four. Round 2 is open and decides nothing yet.
    assert "6 Starting list 4 after Round 1 8 people" in page.text


def test_a_round_that_can_be_opened_offers_it(app: Flask) -> None:
    study = load_before_round_2(app)
    page = member(app, study).get("/studies/small")
    assert "It can be opened." in page.text
    assert page.link("Open it: Round 2") == "/studies/small/rounds/2/open"


def test_an_adviser_sees_no_panel_no_bundle_and_nothing_to_run(app: Flask, study: StudyOnApp) -> None:
    page = member(app, study, Role.ADVISER).get("/studies/small")
    for words in ("/panel", "/bundle.zip", "/close", '/rounds/2"'):
        assert words not in page.html
    assert page.link("Results of Round 1") == "/studies/small/rounds/1/results"


def test_response_counts_who_may_answer_has_started_and_has_finished(app: Flask, study: StudyOnApp) -> None:
    rows = member(app, study).get("/studies/small/rounds/2").table_rows()
    # six survivors, of whom s1, s2, s3 and s6 answered all; of three researchers one withdrew, two answered
    assert [row[:4] for row in rows[1:]] == [
        ["Survivors", "6", "4", "4"],
        ["Researchers", "2", "2", "2"],
        ["Everyone", "8", "6", "6"],
    ]


def test_a_late_answer_counts_as_no_answer(app: Flask, study: StudyOnApp) -> None:
    rows = member(app, study).get("/studies/small/rounds/1").table_rows()
    # s6 had not joined; r3 left one answer out and one came late, so has started and not finished
    assert [row[:4] for row in rows[1:3]] == [["Survivors", "5", "5", "5"], ["Researchers", "3", "3", "2"]]


def test_a_synthetic_study_says_so_on_its_page(app: Flask, every_kind: Study) -> None:
    study = load_study(app, every_kind, open_round="2")
    page = member(app, study).get(f"/studies/{study.code}")
    assert "Synthetic in this study: ratings." in page.text
    assert "These ratings are synthetic." in page.all_text

"""Dissents kept on record are counted on the page of results and in the report."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import update

from analysis.report.sections import sections_of
from analysis.study.protocol import FeedbackPolicy
from analysis.study.records import Comment, CommentKind
from analysis.study.study import Study
from analysis.tables import HIDDEN
from delphi.extensions import db
from delphi.models import Comment as CommentRow
from delphi.models import Panellist, Role
from tests.data.small_study import small_study
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient, sign_in_user

RESULTS = "/studies/small/rounds/1/results"
HEADING = "Dissents kept on record"
WHO = (("s1", "home"), ("s2", "home"), ("r1", "home"), ("r1", "doctor"))


def with_dissents(*, minimum: int = 3) -> Study:
    """Three people keep a dissent on record; their words are shown nowhere."""
    small = small_study()
    said = tuple(Comment("1", who, about, "Not at all!", CommentKind.DISSENT) for who, about in WHO)
    protocol = replace(small.protocol, feedback=FeedbackPolicy(minimum))
    return replace(small, protocol=protocol, comments=(*small.comments, *said))


def results(app: Flask, study: StudyOnApp) -> tuple[str, list[list[str]]]:
    client = PageClient(app)
    sign_in_user(client, study.team[Role.ADVISER])
    page = client.get(RESULTS)
    return page.text, page.table_rows(1)[1:] if HEADING in page.text else []


def test_the_page_of_results_counts_them_by_group_without_their_words(app: Flask) -> None:
    study = load_study(app, with_dissents(), open_round="2")
    text, rows = results(app, study)
    assert rows == [["A safe home", "2", "1", "3"], ["A doctor", "0", "1", "1"]]
    assert "Not at all!" not in text


def test_small_groups_are_hidden_on_the_page(app: Flask) -> None:
    study = load_study(app, with_dissents(minimum=5), open_round="2")
    # three researchers are fewer than five; with them the survivors are hidden, or one could subtract
    _, rows = results(app, study)
    assert rows[0] == ["A safe home", "hidden", "hidden", "3"]


def test_one_that_is_late_taken_back_or_of_an_unconfirmed_group_is_not_counted(app: Flask) -> None:
    study = load_study(app, with_dissents(), open_round="2")
    with app.app_context():
        mine = CommentRow.panellist_id == study.panellists["s1"]
        db.session.execute(update(CommentRow).where(mine).values(late=True))
        db.session.execute(
            update(CommentRow).where(CommentRow.panellist_id == study.panellists["s2"]).values(text="")
        )
        db.session.get_one(Panellist, study.panellists["r1"]).group_confirmed_at = None
        db.session.commit()
    assert results(app, study)[1] == []


@pytest.mark.parametrize(("minimum", "cells"), [(3, (2, 1, 3)), (5, (HIDDEN, HIDDEN, 3))])
def test_the_report_has_the_same_numbers(minimum: int, cells: tuple[object, ...]) -> None:
    sections = sections_of(with_dissents(minimum=minimum), replicates=100, seed=1)
    [table] = [one for part in sections for one in part.tables if one.code == "dissents"]
    assert table.rows[0] == ("home", "A safe home", *cells)


def test_the_report_says_that_there_are_none() -> None:
    sections = sections_of(small_study(), replicates=100, seed=1)
    done = [words for part in sections if part.code.startswith("round_") for words in part.done]
    assert "Nobody kept a dissent on record." in done

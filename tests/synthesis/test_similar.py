"""Suggestions of outcomes and comments that look alike."""

from dataclasses import replace

import pytest
from flask import Flask

from analysis.study.records import Comment, CommentKind
from delphi.models import Role
from tests.studies_on_app import StudyOnApp
from tests.synthesis.deciders import OUTCOMES, URL, load_closed, member, undecided_study

WRITTEN = "A safe home without fear is what I want"


@pytest.fixture
def alike(app: Flask) -> StudyOnApp:
    """The small study with two outcomes in nearly the same words, and a comment in them on a third."""
    study = undecided_study()
    one, *rest, other = study.outcomes
    said = {"descriptor": "A safe home without fear."}
    outcomes = (replace(one, label="Safe home", **said), *rest, replace(other, label="Safe homes", **said))
    person = study.panel[0].code
    comment = Comment("1", person, rest[0].code, WRITTEN, CommentKind.COMMENT)
    return load_closed(app, replace(study, outcomes=outcomes, comments=(comment,)))


def test_pairs_are_suggested_with_a_way_to_merge_them(app: Flask, alike: StudyOnApp) -> None:
    page = member(app, alike, Role.FACILITATOR).get(f"{URL}/similar")
    assert "Suggestions only." in page.text
    assert "Pair 1: almost the same words" in page.text
    assert "Merge Safe home with Safe homes" in page.text
    assert "Pair 2" not in page.text


def test_an_adviser_sees_pairs_but_is_not_asked_to_merge(app: Flask, alike: StudyOnApp) -> None:
    page = member(app, alike, Role.ADVISER).get(f"{URL}/similar")
    assert "Pair 1" in page.text
    assert "Merge" not in page.text


def test_what_looks_like_an_outcome_names_outcomes_and_comments(app: Flask, alike: StudyOnApp) -> None:
    page = member(app, alike, Role.FACILITATOR).get(f"{OUTCOMES}/{_first()}/similar")
    assert "Safe homes" in page.text
    assert WRITTEN in page.text


@pytest.mark.parametrize("role", [Role.ADVISER, Role.ANALYST])
def test_comments_are_suggested_only_to_who_may_read_them(app: Flask, alike: StudyOnApp, role: Role) -> None:
    page = member(app, alike, role).get(f"{OUTCOMES}/{_first()}/similar")
    assert "Safe homes" in page.text
    assert WRITTEN not in page.text


def test_the_most_alike_comes_first_where_outcomes_are_merged(app: Flask, alike: StudyOnApp) -> None:
    page = member(app, alike, Role.FACILITATOR).get(f"{OUTCOMES}/{_first()}/merge")
    choices = page.text[page.text.index("the most alike come first") :]
    between = undecided_study().outcomes[1:-1]
    assert between
    for other in between:
        assert choices.index("Safe homes") < choices.index(other.label)


def _first() -> str:
    return undecided_study().outcomes[0].code

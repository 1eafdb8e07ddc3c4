"""Themes are made, renamed, merged, and brought back; a page that is too old changes nothing."""

import pytest
from flask import Flask
from sqlalchemy import select

from delphi.extensions import db
from delphi.models import Comment, CommentTheme, Role, Theme
from delphi.web import clock
from tests.studies_on_app import StudyOnApp
from tests.themes.commented import LOUD, PAPERS, SLEEP, THEMES, URL, id_of, theme_url
from tests.web_client import PageClient


@pytest.fixture
def themed(app: Flask, commented: StudyOnApp, facilitator: PageClient) -> PageClient:
    """A browser of a study with the themes Law (two comments) and Rights (two, one of them the same)."""
    user, now = commented.team[Role.OWNER], clock.now()
    with app.app_context():
        for id_, name, texts in ((1, "Law", (PAPERS, LOUD)), (2, "Rights", (PAPERS, SLEEP))):
            db.session.add(Theme(id=id_, study_id=commented.study_id, name=name, version=1, made_at=now))
            ids = db.session.scalars(select(Comment.id).where(Comment.text.in_(texts))).all()
            rows = [CommentTheme(comment_id=one, theme_id=id_, user_id=user, coded_at=now) for one in ids]
            db.session.add_all(rows)
        db.session.commit()
    return facilitator


def counts(client: PageClient) -> dict[str, list[str]]:
    return {row[0]: row[1:-1] for row in client.get(THEMES).table_rows()[1:]}


def test_themes_are_counted_by_group_where_enough_wrote(themed: PageClient) -> None:
    number = "{} of Survivors and Researchers on {}"
    assert counts(themed) == {
        "Law": ["2", number.format(2, "Law")],
        "Rights": ["2", number.format(2, "Rights")],
    }


def test_merging_joins_the_comments_and_can_be_taken_back(themed: PageClient) -> None:
    themed.get(theme_url(themed, "Rights"))
    page = themed.submit({}, button="Merge these themes")
    assert "Comments that did not have it before: 1." in page.text
    assert {name: row[0] for name, row in counts(themed).items()} == {"Law": "3"}
    assert "3 of 4 have a theme." in themed.get(URL).text
    themed.get(THEMES)
    themed.submit({}, button="Bring back “Rights”")
    assert {name: row[0] for name, row in counts(themed).items()} == {"Law": "3", "Rights": "2"}


def test_a_page_that_has_not_seen_a_change_changes_nothing(themed: PageClient, owner: PageClient) -> None:
    url = theme_url(themed, "Law")
    owner.get(url)
    themed.get(url)
    themed.submit({"name": "The law"}, button="Save the name")
    page = owner.submit({"name": "Courts"}, button="Save the name")
    assert "somebody else changed this theme meanwhile" in page.text
    assert page.h1 == "Theme: The law"
    owner.get(url)
    themed.get(url)
    themed.submit({"name": "Laws"}, button="Save the name")
    owner.submit({}, button="Merge these themes")
    assert set(counts(owner)) == {"Laws", "Rights"}


def test_a_theme_that_was_merged_meanwhile_is_taken_for_the_other(
    app: Flask, themed: PageClient, owner: PageClient
) -> None:
    owner.get(f"{URL}/{id_of(app, LOUD)}")
    themed.get(theme_url(themed, "Rights"))
    themed.submit({}, button="Merge these themes")
    owner.submit({"themes": ["1", "2"]}, button="Save themes")
    assert {name: row[0] for name, row in counts(owner).items()} == {"Law": "3"}


def test_two_themes_have_not_one_name(themed: PageClient) -> None:
    themed.get(theme_url(themed, "Law"))
    page = themed.submit({"name": "rights"}, button="Save the name", status=422)
    assert "Another theme has this name." in page.text
    themed.get(THEMES)
    assert (
        "There is a theme with this name."
        in themed.submit({"name": "law"}, status=422, button="Add this theme").text
    )

"""Two saves that follow the same one, and a code that is taken, on SQLite and on PostgreSQL."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from delphi.access.staff import add_user
from delphi.drafting.actions import SavedMeanwhile, load_bundle, save_part, start_draft
from delphi.drafting.answers import About
from delphi.drafting.building import DraftRefused
from delphi.drafting.queries import held_draft
from delphi.extensions import db
from delphi.models import Part, Study
from delphi.web import clock
from tests.data.small_study import small_study


@pytest.fixture
def owner_id(each_app: Flask) -> int:
    with each_app.app_context():
        return add_user("r@r.example", name="Rae", password=None, by="command line", now=clock.now())


def test_of_two_saves_that_follow_the_same_one_the_first_stays(each_app: Flask, owner_id: int) -> None:
    with each_app.app_context():
        draft = start_draft(owner_id=owner_id, by="user:1", now=clock.now())
        for title, refused in (("First", False), ("Second", True)):
            try:
                save_part(
                    draft, part=Part.ABOUT, answers=About(title=title), seen=0, by="user:1", now=clock.now()
                )
            except SavedMeanwhile:
                assert refused
            else:
                assert not refused
        assert held_draft(draft, owner_id=owner_id).title == "First"


def test_a_bundle_with_a_code_that_is_taken_leaves_nothing(each_app: Flask, owner_id: int) -> None:
    with each_app.app_context():
        load_bundle(small_study(), owner_id=owner_id, by="user:1", now=clock.now())
        with pytest.raises(DraftRefused):
            load_bundle(small_study(), owner_id=owner_id, by="user:1", now=clock.now())
        assert db.session.scalar(select(func.count()).select_from(Study)) == 1

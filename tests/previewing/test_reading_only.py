"""In a preview the database itself refuses to write, on SQLite and on PostgreSQL."""

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from delphi.extensions import db
from delphi.models import Role, Study
from delphi.previewing.reading_only import WroteInPreview, reading_only
from tests.data.small_study import small_study
from tests.setup.round_actions import member
from tests.studies_on_app import load_study

SECTION = "/studies/small/rounds/2/preview/survivors/en/rate/section/1"
RENAME = update(Study).values(title="Another title")


def test_a_write_is_refused_and_the_next_request_can_write(each_app: Flask) -> None:
    load_study(each_app, small_study(), open_round="2")
    with each_app.app_context():
        with pytest.raises(DBAPIError), reading_only():
            db.session.execute(RENAME)
        with pytest.raises(WroteInPreview), reading_only():
            db.session.commit()
        assert db.session.scalar(select(Study.title)) == "A small study"
        db.session.execute(RENAME)
        db.session.commit()
        assert db.session.scalar(select(Study.title)) == "Another title"


def test_the_next_request_can_write_after_a_refused_flush(each_app: Flask) -> None:
    load_study(each_app, small_study(), open_round="2")
    with each_app.app_context(), pytest.raises(DBAPIError):
        flush_while_reading_only()
    assert_can_write(each_app)


def test_the_next_request_can_write_after_a_view_rolled_back(each_app: Flask) -> None:
    load_study(each_app, small_study(), open_round="2")
    with each_app.app_context(), reading_only():
        db.session.rollback()
        other = db.engine.connect()  # takes the connection that the session gave back
        db.session.scalar(select(Study.title))
    other.close()
    assert_can_write(each_app)


def flush_while_reading_only() -> None:
    with reading_only():
        db.session.scalars(select(Study)).one().title = "Another title"
        db.session.flush()


def assert_can_write(app: Flask) -> None:
    for title in ("First", "Second", "Third"):
        with app.app_context():
            db.session.execute(update(Study).values(title=title))
            db.session.commit()


def test_a_section_with_feedback_is_shown_from_a_database_that_may_only_be_read(each_app: Flask) -> None:
    study = load_study(each_app, small_study(), open_round="2")
    page = member(each_app, study, Role.ADVISER).get(SECTION)
    assert "You did not answer this." in page.text
    assert page.statements.writing == []

"""What the database itself knows about rounds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from delphi.cli import schema
from delphi.extensions import db
from delphi.models import Round
from delphi.web import clock
from tests.apps import app_on, close_connections
from tests.data.small_study import small_study
from tests.studies_on_app import load_study


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An app on each kind of database."""
    app = app_on(database_url, data_folder=tmp_path)
    with app.app_context():
        schema.upgrade()
    yield app
    close_connections(app)


def test_a_study_has_one_open_round_at_most(app: Flask) -> None:
    study = load_study(app, small_study(), open_round="2")
    load_study(app, small_study(code="other"), open_round="2")
    with app.app_context():
        reopened = update(Round).where(Round.id == study.rounds["1"]).values(closed_at=None)
        with pytest.raises(IntegrityError):
            db.session.execute(reopened)
        db.session.rollback()
        db.session.execute(update(Round).where(Round.id == study.rounds["2"]).values(closed_at=clock.now()))
        db.session.execute(reopened)
        db.session.commit()

"""Fixtures of the web app: an app on a fresh database, and a browser for it."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from flask import Flask

from delphi.extensions import db
from tests.apps import app_on, close_connections
from tests.data.small_study import small_study
from tests.statements import Statements, statements_of
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient


@pytest.fixture
def app(migrated_sqlite_file: Path, tmp_path: Path) -> Iterator[Flask]:
    """An app on an SQLite file of its own. No context is pushed: say `with app.app_context():`."""
    path = tmp_path / "delphi.sqlite3"
    copyfile(migrated_sqlite_file, path)
    app = app_on(f"sqlite:///{path}", data_folder=tmp_path)
    yield app
    close_connections(app)


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser that nobody is signed in with."""
    return PageClient(app)


@pytest.fixture
def statements(app: Flask) -> Iterator[Statements]:
    """The SQL statements that the app sends during the test; `statements.clear()` begins anew."""
    with app.app_context():
        engine = db.engine
    with statements_of(engine) as seen:
        yield seen


@pytest.fixture
def study(app: Flask) -> StudyOnApp:
    """The small study: Round 1 closed, Round 2 open and partly answered; a user in every role."""
    return load_study(app, small_study(), open_round="2")


@pytest.fixture
def other_study(app: Flask, study: StudyOnApp) -> StudyOnApp:
    """A second study on the same app, with other people."""
    return load_study(app, small_study(code="other"), open_round="2")

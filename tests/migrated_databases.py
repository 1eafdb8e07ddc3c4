"""Databases with the tables that the real migrations make: made once, then copied."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from flask import Flask
from flask_migrate import upgrade

from tests.apps import app_on, close_connections
from tests.databases import PostgresServer


def make_tables(database_url: str) -> None:
    """Run every migration on an empty database."""
    app = app_on(database_url)
    with app.app_context():
        upgrade()
    close_connections(app)


@pytest.fixture(scope="session")
def migrated_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file that the migrations made; tests take copies of it."""
    path = tmp_path_factory.mktemp("migrated") / "delphi.sqlite3"
    make_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgres_database(postgres_server: PostgresServer) -> Iterator[str]:
    """The name of a PostgreSQL database that the migrations made; tests take copies of it."""
    name = postgres_server.create_database()
    make_tables(postgres_server.url_of(name))
    yield name
    postgres_server.drop_database(name)


@pytest.fixture
def migrated_sqlite_url(migrated_sqlite_file: Path, tmp_path: Path) -> str:
    """The address of an SQLite file with every table and no row."""
    path = tmp_path / "migrated.sqlite3"
    copyfile(migrated_sqlite_file, path)
    return f"sqlite:///{path}"


@pytest.fixture
def migrated_postgres_url(postgres_server: PostgresServer, migrated_postgres_database: str) -> Iterator[str]:
    """The address of a PostgreSQL database with every table and no row."""
    name = postgres_server.create_database(template=migrated_postgres_database)
    yield postgres_server.url_of(name)
    postgres_server.drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def app_on_each_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An app on a migrated database of its own; a test that asks for it runs on each kind."""
    kind = "migrated_sqlite_url" if request.param == "sqlite" else "migrated_postgres_url"
    app = app_on(request.getfixturevalue(kind), data_folder=tmp_path)
    yield app
    close_connections(app)


@pytest.fixture
def each_app(app_on_each_database: Flask) -> Flask:
    """The same under a shorter name."""
    return app_on_each_database

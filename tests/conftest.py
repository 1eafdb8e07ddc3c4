"""Fixtures for every test: a database of each kind, fresh for each test."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.databases import PostgresServer, running_postgres_server

pytest_plugins = ["tests.app_fixtures", "tests.migrated_databases", "tests.mscos_on_app"]

# Files that take a minute, then those that take seconds. Begun last, one would be waited for at the end.
LONGEST_FIRST = (
    "tests/browser/test_axe",
    "tests/browser/test_zoom",
    "tests/browser/test_keyboard",
    "tests/test_main_job",
    "tests/browser/",
    "tests/peers/",
    "tests/commands/",
    "tests/test_core_environment",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest."""
    items.sort(key=lambda item: [not item.nodeid.startswith(start) for start in LONGEST_FIRST])


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One real PostgreSQL server for the whole session.

    Not in pytest's own folder: each session that starts shuts that to other users, and as root the server
    runs as another user.
    """
    folder = TemporaryDirectory(prefix="chorus-postgres-", ignore_cleanup_errors=True)
    with folder as path, running_postgres_server(Path(path)) as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    name = postgres_server.create_database()
    yield postgres_server.url_of(name)
    postgres_server.drop_database(name)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of an SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'delphi.sqlite3'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database; a test that asks for it runs on each kind."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url

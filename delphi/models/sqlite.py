"""What SQLite is told on every connection, so that it keeps its promises."""

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

PRAGMAS = (
    "journal_mode=WAL",  # readers don't wait for a writer
    "synchronous=FULL",  # what was acknowledged survives a power cut
    "foreign_keys=ON",  # SQLite checks them only when asked
    "busy_timeout=5000",  # milliseconds that a writer waits for another
)


def make_durable(engine: Engine) -> None:
    """Set the pragmas on each connection of an SQLite engine; other databases are left alone."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)


def _set_pragmas(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()

"""A part of a request in which the database itself refuses to write."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.orm import Session

from delphi.extensions import db

READING = "reading_only"  # in the session's info, while it is so


class WroteInPreview(RuntimeError):
    """Code that a preview runs wanted to commit: nothing was written."""


@contextmanager
def reading_only() -> Iterator[None]:
    """Nothing is written inside this block: the database refuses to, whatever the code wants.

    A page of a panellist is code of another slice, and a later change of it may write. So it is not trusted.
    Whatever was under way in the session before is rolled back with it.
    """
    session = db.session()
    connection = session.connection()
    is_sqlite = connection.dialect.name == "sqlite"
    # The driver's own connection: in the end the session may have another, or refuse to say which it has.
    raw = connection.connection.driver_connection
    connection.exec_driver_sql("PRAGMA query_only = ON" if is_sqlite else "SET TRANSACTION READ ONLY")
    session.info[READING] = True
    try:
        yield
    finally:
        del session.info[READING]
        # PostgreSQL's holds for the transaction, SQLite's for the connection, which others get next.
        if is_sqlite and raw is not None:
            raw.execute("PRAGMA query_only = OFF")
        session.rollback()


@event.listens_for(db.session, "before_commit")
def _refuse_commit(session: Session) -> None:
    # A commit would end the transaction that is for reading, and begin one that is not.
    if READING in session.info:
        raise WroteInPreview

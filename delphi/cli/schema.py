"""Where the database stands among the migrations."""

from dataclasses import dataclass
from pathlib import Path

import flask_migrate
from alembic.migration import MigrationContext
from sqlalchemy.exc import SQLAlchemyError

from delphi.extensions import db

HEAD_FILE = Path(__file__).resolve().parent.parent / "migrations" / "HEAD"


@dataclass(frozen=True, kw_only=True)
class SchemaState:
    """The newest migration that there is and the one that the database is at (None: no tables yet)."""

    head: str
    current: str | None
    failure: str = ""

    @property
    def is_at_head(self) -> bool:
        """Whether the database has today's tables."""
        return self.current == self.head

    @property
    def sentence(self) -> str:
        """Where the database stands, in words."""
        if self.failure:
            return f"The database cannot be reached: {self.failure}."
        if self.current is None:
            return "The database has no tables yet."
        if self.is_at_head:
            return f"The database is at migration {self.current}, the newest."
        return f"The database is at migration {self.current}; this version needs {self.head}."


def head() -> str:
    """Return the newest migration, as it is pinned."""
    return HEAD_FILE.read_text(encoding="utf-8").strip()


def state() -> SchemaState:
    """Look at the database of the app in context."""
    try:
        with db.engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as error:
        # The first line only: the rest is advice to programmers.
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        return SchemaState(head=head(), current=None, failure=reason)
    return SchemaState(head=head(), current=current)


def upgrade() -> None:
    """Bring the database of the app in context to the newest migration."""
    flask_migrate.upgrade(revision=head())

"""Counts the SQL statements that an engine sends."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

# A GET may keep what it is about to show (docs/decisions/022-feedback-is-kept.md), and write nothing else,
# but for the one that finds a round past its planned closing (036): tests ask for that by `PageClient.http`.
KEPT_WHEN_SHOWN = ("FEEDBACK_TEXT", "FEEDBACK_PARTS", "KEPT_FEEDBACK", "SHOWN_FEEDBACK")
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "CREATE", "ALTER", "DROP")


class Statements(list[str]):
    """The statements that were sent, in order."""

    @property
    def writing(self) -> list[str]:
        """Those that change something."""
        return [statement for statement in self if statement.lstrip().upper().startswith(WRITING)]

    @property
    def not_for_a_get(self) -> list[str]:
        """Those that change something, save that feedback is kept when it is shown."""
        kept = tuple(f"INSERT INTO {table} " for table in KEPT_WHEN_SHOWN)
        return [statement for statement in self.writing if not statement.lstrip().upper().startswith(kept)]


@contextmanager
def statements_of(engine: Engine) -> Iterator[Statements]:
    """Watch an engine; the list grows while the block runs."""
    seen = Statements()

    def watch(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", watch)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", watch)

"""Counts the SQL statements that an engine sends."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "CREATE", "ALTER", "DROP")


class Statements(list[str]):
    """The statements that were sent, in order."""

    @property
    def writing(self) -> list[str]:
        """Those that change something."""
        return [statement for statement in self if statement.lstrip().upper().startswith(WRITING)]


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

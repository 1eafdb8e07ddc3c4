"""The audit trail: one row for every act that changes something."""

from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, insert

from delphi.models import AuditRow

Detail = str | int | bool | None | list[str]
_NEW_ROW = insert(AuditRow)


class InTransaction(Protocol):
    """A database session, as far as the trail needs one."""

    def connection(self) -> Connection:
        """The connection of the session's transaction."""


def record(
    session: InTransaction,
    *,
    at: datetime,
    actor: str,
    action: str,
    study_id: int | None = None,
    **detail: Detail,
) -> None:
    """Add one row to the trail, to be committed together with what it tells of.

    `action` is a past tense such as "round closed"; `detail` holds codes and counts, never names or contacts.
    """
    row = {"at": at, "actor": actor, "action": action, "study_id": study_id, "detail": detail}
    session.connection().execute(_NEW_ROW, row)

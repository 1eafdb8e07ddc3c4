"""The audit trail: one row for every act that changes something."""

from datetime import datetime
from typing import Protocol

from delphi.models import AuditRow

Detail = str | int | bool | None | list[str]


class AddsRows(Protocol):
    """A database session, as far as the trail needs one."""

    def add(self, instance: object) -> None:
        """Add a row, to be written with the next commit."""


def record(
    session: AddsRows,
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
    session.add(AuditRow(at=at, actor=actor, action=action, study_id=study_id, detail=detail))

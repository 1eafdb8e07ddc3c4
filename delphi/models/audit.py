"""The audit trail: who did what, when."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from delphi.extensions import Base
from delphi.models.columns import Id, UtcDateTime


class AuditRow(Base):
    """One act. `detail`: codes and counts.

    `actor` is `user:<id>`, `panellist:<id>`, `user:<id> for panellist:<id>`, `planned closing` or
    `command line`.
    """

    __tablename__ = "audit"

    id: Mapped[Id]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(60))
    study_id: Mapped[int | None] = mapped_column(ForeignKey("study.id", ondelete="SET NULL"))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)


class AuditSeal(Base):
    """A link of the chain over the trail: the rows up to an id, sealed together with the seal before.

    `gaps`: ids below `up_to` that no row had then, as those of transactions that were still open.
    `late`: ids from gaps of earlier seals whose rows have come since and are sealed here.
    """

    __tablename__ = "audit_seal"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    up_to: Mapped[int]
    rows: Mapped[int]
    gaps: Mapped[list[int]] = mapped_column(JSON)
    late: Mapped[list[int]] = mapped_column(JSON)
    sealed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sha256: Mapped[str] = mapped_column(String(64))

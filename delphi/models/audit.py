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

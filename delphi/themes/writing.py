"""Who writes, and one after another."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from delphi import audit
from delphi.audit import Detail
from delphi.extensions import db
from delphi.models import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who acts, and when: a user of the team, and their name in the audit trail."""

    user_id: int
    actor: str
    now: datetime


def begin_writing(study_id: int) -> None:
    """Begin a write: until the commit nobody else codes, marks or changes themes of the study."""
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    connection.execute(select(Study.id).where(Study.id == study_id).with_for_update(key_share=True))


def record(study_id: int, action: str, *, by: Who, **detail: Detail) -> None:
    """Add the row of the audit trail: how many, and never what a comment or a theme says."""
    audit.record(db.session, at=by.now, actor=by.actor, action=action, study_id=study_id, **detail)

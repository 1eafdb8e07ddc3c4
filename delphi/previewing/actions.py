"""What a preview leaves: one row in the trail when it begins."""

from datetime import datetime

from delphi import audit
from delphi.extensions import db


def note_preview(
    study_id: int, *, round_code: str, group: str, language: str, by: str, now: datetime
) -> None:
    """Note that somebody previews a round as a panellist of a group; its pages leave nothing."""
    audit.record(
        db.session,
        at=now,
        actor=by,
        action="preview begun",
        study_id=study_id,
        round=round_code,
        group=group,
        language=language,
    )
    db.session.commit()

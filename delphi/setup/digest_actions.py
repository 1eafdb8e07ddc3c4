"""Writing the digest of a round's comments."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert

from delphi import audit
from delphi.extensions import db
from delphi.feedback.digest import digest_lines
from delphi.models import DigestLine


def write_digest(
    study_id: int,
    *,
    round_id: int,
    round_code: str,
    lines: Mapping[int | None, tuple[str, ...]],
    by: str,
    now: datetime,
) -> int:
    """Add the lines of each outcome (None: the whole round) whose lines are others than before.

    Older ones stay in the database and are not shown any more. Returns for how many outcomes it wrote.
    """
    held = digest_lines([round_id])
    changed = {about: each for about, each in lines.items() if each != held.get(about, ())}
    rows = [
        {"round_id": round_id, "outcome_id": about, "position": place, "text": text, "written_at": now}
        for about, each in changed.items()
        for place, text in enumerate(each or ("",), start=1)
    ]
    if rows:
        db.session.execute(insert(DigestLine), rows)
        audit.record(
            db.session,
            at=now,
            actor=by,
            action="digest written",
            study_id=study_id,
            round=round_code,
            outcomes=len(changed),
            lines=sum(map(len, changed.values())),
        )
    db.session.commit()
    return len(changed)

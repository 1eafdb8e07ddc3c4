"""What the team put together from comments, between the database and the bundle."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from analysis.study import records
from delphi.dataset.writing import Codes, Row
from delphi.extensions import db
from delphi.models import DigestLine, Outcome, Round


def digest_of(study_id: int) -> tuple[records.DigestLine, ...]:
    """Return the lines that count, in the order in which they were written: each outcome's last edition."""
    later = aliased(DigestLine)
    newest = (
        select(func.max(later.edition))
        .where(
            later.round_id == DigestLine.round_id,
            later.outcome_id.is_not_distinct_from(DigestLine.outcome_id),
        )
        .scalar_subquery()
    )
    query = (
        select(Round.code, Outcome.code, DigestLine.text, DigestLine.language)
        .join(Round, Round.id == DigestLine.round_id)
        .outerjoin(Outcome, Outcome.id == DigestLine.outcome_id)
        .where(Round.study_id == study_id, DigestLine.edition == newest, DigestLine.text != "")
        .order_by(DigestLine.id)
    )
    rows = db.session.execute(query)
    lines = (
        records.DigestLine(round_, outcome, text, language or "") for round_, outcome, text, language in rows
    )
    return tuple(dict.fromkeys(lines))


def digest_rows(lines: Iterable[records.DigestLine], codes: Codes, *, now: datetime) -> list[Row]:
    """Return a row for each line: the first edition of its round, all written `now`."""
    return [
        {
            "round_id": codes.rounds[line.round],
            "outcome_id": codes.outcomes[line.outcome] if line.outcome else None,
            "edition": 1,
            "position": position,
            "text": line.line,
            "language": line.language or None,
            "written_at": now,
        }
        for position, line in enumerate(lines, start=1)
    ]

"""When the open rounds of a study take answers."""

from datetime import datetime

from sqlalchemy import select

from delphi.domain.timing import RoundTiming, timing_of
from delphi.extensions import db
from delphi.models import Round


def timings_of(study_id: int, *, now: datetime) -> dict[str, RoundTiming]:
    """Return the timing of each round, by its code."""
    query = select(Round.code, Round.closed_at, Round.begins_at, Round.paused_at, Round.resumes_at)
    return {
        row.code: timing_of(
            closed_at=row.closed_at,
            begins_at=row.begins_at,
            paused_at=row.paused_at,
            resumes_at=row.resumes_at,
            now=now,
        )
        for row in db.session.execute(query.where(Round.study_id == study_id))
    }

"""The counted answers of a round that has closed, kept in memory while somebody turns numbers of its rule."""

from datetime import datetime
from typing import NamedTuple

from flask import current_app
from sqlalchemy import func, select

from analysis.evidence import RoundEvidence
from delphi.dataset import round_evidence
from delphi.extensions import db
from delphi.models import Panellist, Withdrawal

ROUNDS_KEPT = 8
KEPT = "counts_of_closed_rounds"


class _Key(NamedTuple):
    """What the counts of a closed round hang on: only who leaves may still take answers out of it."""

    round_id: int
    closed_at: datetime | None
    left: int


def counts_of_closed(study_id: int, *, round_id: int, closed_at: datetime | None) -> RoundEvidence:
    """Count a closed round's answers, or return them as counted before if nobody has left since."""
    kept: dict[_Key, RoundEvidence] = current_app.extensions.setdefault(KEPT, {})
    key = _Key(round_id, closed_at, _left(study_id))
    found = kept.get(key)
    if found is None:
        found = round_evidence(study_id, round_id)
        if len(kept) >= ROUNDS_KEPT:
            kept.clear()
        kept[key] = found
    return found


def _left(study_id: int) -> int:
    """How many have left the study."""
    query = (
        select(func.count(Withdrawal.panellist_id))
        .join(Panellist, Panellist.id == Withdrawal.panellist_id)
        .where(Panellist.study_id == study_id)
    )
    return db.session.scalar(query) or 0

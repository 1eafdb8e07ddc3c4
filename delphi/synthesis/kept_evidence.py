"""The counted answers of closed rounds, kept in the process: a team looks at them again and again."""

from flask import current_app
from sqlalchemy import func, select

from analysis.evidence import RoundEvidence
from delphi.dataset import round_evidence
from delphi.extensions import db
from delphi.models import Panellist, Round, Study, Withdrawal

PLACE = "evidence of closed rounds"
MOST_ROUNDS = 8  # a round of 500 outcomes is about a megabyte

Kept = dict[tuple[object, ...], RoundEvidence]


def evidence_of_closed_round(study_id: int, round_id: int) -> RoundEvidence:
    """Return the counted answers of a closed round.

    They can change only when people who leave take their answers with them, so they are counted anew for
    another number of people or of withdrawals; and for another protocol, which says what the groups and the
    points of the scale are. Who is confirmed after closing counts in no closed round.
    """
    kept: Kept = current_app.extensions.setdefault(PLACE, {})
    protocol = db.session.get_one(Study, study_id).protocol
    key = (round_id, hash(protocol), *_facts(study_id, round_id))
    found = kept.get(key)
    if found is None:
        found = round_evidence(study_id, round_id)
        while len(kept) >= MOST_ROUNDS:
            kept.pop(next(iter(kept), ()), None)
        kept[key] = found
    return found


def _facts(study_id: int, round_id: int) -> tuple[object, ...]:
    people = select(func.count()).select_from(Panellist).where(Panellist.study_id == study_id)
    left = (
        select(func.count())
        .select_from(Withdrawal)
        .join(Panellist, Panellist.id == Withdrawal.panellist_id)
        .where(Panellist.study_id == study_id)
    )
    query = select(Round.closed_at, people.scalar_subquery(), left.scalar_subquery())
    return tuple(db.session.execute(query.where(Round.id == round_id)).one())

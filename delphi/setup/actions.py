"""Opening and closing a round: each is a few writes, one audit row and one commit."""

from datetime import datetime

from sqlalchemy import Update, insert, select, update

from delphi import audit
from delphi.audit.sealing import seal_if_possible
from delphi.dataset import path_of
from delphi.domain.receipt import sha256_of
from delphi.domain.round_steps import Refusal, refusal_to_close, refusal_to_open
from delphi.extensions import db
from delphi.models import ListedOutcome, Outcome, Receipt, Round
from delphi.setup.receipts import receipt_today
from delphi.setup.round_facts import protocol_in_view, rounds_of


class RoundRefused(Exception):
    """A round cannot take the step now; nothing was changed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


def open_round(
    study_id: int,
    *,
    round_id: int,
    round_code: str,
    by: str,
    now: datetime,
    begins_at: datetime | None = None,
) -> str:
    """Open a round: freeze its list and everything that its receipt names; return the receipt's SHA-256.

    `begins_at`: from when panellists can answer, None: at once. All is frozen now in any case: who opens
    a round has looked at what it fixes. Raises RoundRefused if it cannot be opened, also when somebody was
    quicker.
    """
    if begins_at is not None and begins_at <= now:
        raise ValueError("begins_at: a moment to come")
    protocol = protocol_in_view(study_id)
    refusal = refusal_to_open(rounds_of(study_id, protocol=protocol), round_code)
    if refusal is not None:
        raise RoundRefused(refusal)
    # From this statement on the row is ours: of two people who open at once, one finds nothing to change.
    opened = (
        update(Round)
        .where(Round.id == round_id, Round.opened_at.is_(None))
        .values(opened_at=now, begins_at=begins_at)
    )
    _change_one(opened, otherwise=Refusal.ALREADY_OPEN)
    listed = _freeze_list(study_id, round_id)
    text = receipt_today(study_id, protocol=protocol, round_id=round_id, round_code=round_code)
    receipt = Receipt(round_id=round_id, sha256=sha256_of(text), text=text, made_at=now)
    db.session.add(receipt)
    audit.record(
        db.session,
        at=now,
        actor=by,
        action="round opened",
        study_id=study_id,
        round=round_code,
        outcomes=listed,
        receipt=receipt.sha256,
        **({} if begins_at is None else {"begins_at": begins_at.isoformat()}),
    )
    db.session.commit()
    seal_if_possible(db.engine, now=now)
    return sha256_of(text)


def close_round(study_id: int, *, round_id: int, round_code: str, by: str, now: datetime) -> None:
    """Close a round: answers from now on are kept, marked late, and left out of the results.

    Raises RoundRefused if it cannot be closed, also when somebody else was quicker.
    """
    refusal = refusal_to_close(rounds_of(study_id, protocol=protocol_in_view(study_id)), round_code)
    if refusal is not None:
        raise RoundRefused(refusal)
    closed = (
        update(Round)
        .where(Round.id == round_id, Round.opened_at.is_not(None), Round.closed_at.is_(None))
        .values(closed_at=now)
    )
    _change_one(closed, otherwise=Refusal.ALREADY_CLOSED)
    audit.record(db.session, at=now, actor=by, action="round closed", study_id=study_id, round=round_code)
    db.session.commit()
    seal_if_possible(db.engine, now=now)


def _change_one(statement: Update, *, otherwise: Refusal) -> None:
    changed = db.session.execute(statement.returning(Round.id)).one_or_none()
    if changed is None:
        db.session.rollback()
        raise RoundRefused(otherwise)


def _freeze_list(study_id: int, round_id: int) -> int:
    """Store the list that the closed rounds have left; return how many outcomes it has."""
    codes = path_of(study_id).final
    query = select(Outcome.code, Outcome.id).where(Outcome.study_id == study_id)
    ids = dict(db.session.execute(query).all())
    rows = [
        {"round_id": round_id, "outcome_id": ids[code], "position": place} for place, code in enumerate(codes)
    ]
    if rows:
        db.session.execute(insert(ListedOutcome), rows)
    return len(rows)

"""What the pages about leaving show."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from analysis.study.taking_part import NEUTRAL_SITE
from delphi.dataset.protocols import protocol_in
from delphi.dataset.wishes import Wish, wish_of
from delphi.extensions import db
from delphi.models import AnswersAfterLeaving, EntryMode, Panellist, Study, Withdrawal
from delphi.standing import Standing
from delphi.standing.contact import can_be_reached


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingReceipt:
    """What somebody who left can keep: it names neither them nor the study. `entered`: who put it in."""

    number: str
    left_at: datetime
    answers: AnswersAfterLeaving
    entered: EntryMode


def exit_address(panellist_id: int) -> str:
    """Where the panellist's study sends who leaves at once; the usual site if it cannot be told."""
    query = select(Study.protocol).join(Panellist, Panellist.study_id == Study.id)
    try:
        protocol = db.session.execute(query.where(Panellist.id == panellist_id)).scalar_one_or_none()
    except SQLAlchemyError:  # leaving does not wait for a database that is in trouble
        return NEUTRAL_SITE
    return NEUTRAL_SITE if protocol is None else protocol_in(protocol).leaving.exit_to


def wish_now(standing: Standing, *, today: date) -> Wish:
    """The newest wish as it holds today, or what holds as long as nothing is wished."""
    return (wish_of(standing.panellist_id) or Wish()).as_of(today)


def is_to_be_asked(standing: Standing) -> bool:
    """Whether somebody whom the team can reach has not yet said in the open round how they want it."""
    wish, round_ = wish_of(standing.panellist_id), standing.open_round
    is_known = round_ is None or (wish is not None and wish.round_id == round_.round_id)
    return not is_known and can_be_reached(standing.panellist_id)


def round_of_leaving(standing: Standing) -> int:
    """The round in which somebody leaves now: the open one, else the last that closed, else their first."""
    round_ = standing.open_round or standing.last_closed or standing.rounds[standing.joined]
    return round_.round_id


def receipt_of(standing: Standing) -> LeavingReceipt | None:
    """The receipt of a panellist who left, or None: also of one who left before the study came here."""
    row = db.session.get(Withdrawal, standing.panellist_id)
    if row is None or row.receipt is None:
        return None
    return LeavingReceipt(
        number=row.receipt, left_at=row.withdrew_at, answers=row.answers, entered=row.entered
    )

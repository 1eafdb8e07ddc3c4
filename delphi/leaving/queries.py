"""What the pages about leaving show."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from analysis.study.taking_part import NEUTRAL_SITE
from delphi.dataset.protocols import protocol_in
from delphi.dataset.wishes import Wish, wish_of
from delphi.extensions import db
from delphi.models import AnswersAfterLeaving, Panellist, Study, Withdrawal
from delphi.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingReceipt:
    """What somebody who left can keep: it names neither them nor the study."""

    number: str
    left_at: datetime
    answers: AnswersAfterLeaving


def exit_address(panellist_id: int) -> str:
    """Where the panellist's study sends who leaves at once; the usual site if it cannot be told."""
    query = select(Study.protocol).join(Panellist, Panellist.study_id == Study.id)
    try:
        protocol = db.session.execute(query.where(Panellist.id == panellist_id)).scalar_one_or_none()
    except SQLAlchemyError:  # leaving does not wait for a database that is in trouble
        return NEUTRAL_SITE
    return NEUTRAL_SITE if protocol is None else protocol_in(protocol).leaving.exit_to


def wish_now(standing: Standing) -> Wish:
    """The newest wish, or what holds as long as nothing is wished."""
    return wish_of(standing.panellist_id) or Wish()


def wish_is_known_for(standing: Standing) -> bool:
    """Whether the panellist has said in the open round how they want to be contacted."""
    wish, round_ = wish_of(standing.panellist_id), standing.open_round
    return round_ is None or (wish is not None and wish.round_id == round_.round_id)


def round_of_leaving(standing: Standing) -> int:
    """The round in which somebody leaves now: the open one, else the last that closed, else their first."""
    round_ = standing.open_round or standing.last_closed or standing.rounds[standing.joined]
    return round_.round_id


def receipt_of(standing: Standing) -> LeavingReceipt | None:
    """The receipt of a panellist who left by themselves, or None."""
    row = db.session.get(Withdrawal, standing.panellist_id)
    if row is None:
        return None
    return LeavingReceipt(number=row.receipt, left_at=row.withdrew_at, answers=row.answers)

"""What somebody is told who has left the study, whichever page they come to."""

from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy import select

from delphi.extensions import db
from delphi.models import AnswersAfterLeaving, Withdrawal


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What became of the answers; who left before the study came here has no receipt."""

    answers: AnswersAfterLeaving
    has_receipt: bool


def left_by(panellist_id: int) -> Left:
    """What holds for a panellist who has left; answers stay unless they were taken out."""
    query = select(Withdrawal.answers, Withdrawal.receipt).where(Withdrawal.panellist_id == panellist_id)
    row = db.session.execute(query).one_or_none()
    if row is None:
        return Left(answers=AnswersAfterLeaving.KEPT, has_receipt=False)
    return Left(answers=row.answers, has_receipt=row.receipt is not None)


def not_kept_words(panellist_id: int) -> str:
    """That what came after the leaving is not kept, and what is."""
    if left_by(panellist_id).answers is AnswersAfterLeaving.REMOVED:
        return gettext(
            "This was not saved, because you have left the study. Your answers were taken out and deleted."
        )
    return gettext(
        "This was not saved, because you have left the study. "
        "What you answered before stays in the study, under a code."
    )

"""A round's receipt as the facts in the database give it today, to be held against that of its opening."""

from sqlalchemy import select

from analysis.study import records
from analysis.study.protocol import Protocol
from delphi.dataset import outcomes_of
from delphi.domain.receipt import receipt_text
from delphi.extensions import db
from delphi.models import ListedOutcome, Outcome, Wording


def receipt_today(study_id: int, *, protocol: Protocol, round_id: int, round_code: str) -> str:
    """Return the text that the receipt would have if the round were opened with the list that it has."""
    outcomes = {outcome.code: outcome for outcome in outcomes_of(study_id)}
    listed = listed_codes(round_id)
    return receipt_text(
        protocol,
        round_code,
        outcomes=[outcomes[code] for code in listed],
        wordings=_wordings(study_id),
    )


def listed_codes(round_id: int) -> tuple[str, ...]:
    """Return the codes in a round's list, in order; empty before it opens."""
    query = (
        select(Outcome.code)
        .join(ListedOutcome, ListedOutcome.outcome_id == Outcome.id)
        .where(ListedOutcome.round_id == round_id)
        .order_by(ListedOutcome.position)
    )
    return tuple(db.session.scalars(query))


def _wordings(study_id: int) -> tuple[records.Wording, ...]:
    query = (
        select(Wording.language, Outcome.code, Wording.label, Wording.descriptor)
        .join(Outcome, Outcome.id == Wording.outcome_id)
        .where(Outcome.study_id == study_id)
        .order_by(Wording.language, Outcome.position)
    )
    return tuple(records.Wording(*row) for row in db.session.execute(query))

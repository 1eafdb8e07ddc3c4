"""A round's receipt as the facts in the database give it today, to be held against that of its opening."""

from sqlalchemy import select

from analysis.study.protocol import Protocol
from delphi.dataset import outcomes_of
from delphi.dataset.translations import texts_of_study, wordings_of
from delphi.domain.receipt import receipt_text
from delphi.extensions import db
from delphi.models import ListedOutcome, Outcome


def receipt_today(study_id: int, *, protocol: Protocol, round_id: int, round_code: str) -> str:
    """Return the text that the receipt would have if the round were opened with the list that it has."""
    outcomes = {outcome.code: outcome for outcome in outcomes_of(study_id)}
    listed, languages = listed_codes(round_id), protocol.study.languages
    return receipt_text(
        protocol,
        round_code,
        outcomes=[outcomes[code] for code in listed],
        wordings=wordings_of(study_id, languages=languages),
        texts=texts_of_study(study_id, languages=languages),
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

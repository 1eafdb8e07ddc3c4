"""The facts of a study's rounds, as the rules about them take them."""

from sqlalchemy import select

from analysis.study.protocol import Protocol
from delphi.dataset import protocol_of
from delphi.domain.round_steps import RoundFacts
from delphi.extensions import db
from delphi.models import Round, Study


def protocol_in_view(study_id: int) -> Protocol:
    """Return the study's protocol."""
    return protocol_of(db.session.get_one(Study, study_id))


def rounds_of(study_id: int, *, protocol: Protocol) -> tuple[RoundFacts, ...]:
    """Return the facts of every round of the study, in order, as they are in the database now."""
    query = select(Round.code, Round.opened_at, Round.closed_at).where(Round.study_id == study_id)
    return tuple(
        RoundFacts(
            code=code,
            label=protocol.round(code).label,
            kind=protocol.round(code).kind,
            opened_at=opened_at,
            closed_at=closed_at,
        )
        for code, opened_at, closed_at in db.session.execute(query.order_by(Round.position))
    )


def round_id_of(study_id: int, round_code: str) -> int | None:
    """Return the id of a round, None if the study has no such round."""
    query = select(Round.id).where(Round.study_id == study_id, Round.code == round_code)
    return db.session.scalar(query)

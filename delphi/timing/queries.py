"""The round whose timing is in view."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from delphi.dataset import protocol_of
from delphi.domain.rounds import RoundState, state_of
from delphi.domain.timing import RoundTiming, timing_of
from delphi.extensions import db
from delphi.models import Round, Study


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundInView:
    """A round, its timing, and when it is planned to close."""

    study: str
    study_title: str
    synthetic: str
    study_id: int
    round_id: int
    code: str
    label: str
    is_open: bool
    closes_at: datetime | None
    timing: RoundTiming

    @property
    def may_pause(self) -> bool:
        """Whether it takes answers now."""
        return self.is_open and self.timing.takes_answers

    @property
    def may_resume(self) -> bool:
        """Whether it rests."""
        return self.is_open and self.timing.rests

    @property
    def may_begin(self) -> bool:
        """Whether it was opened for later and has not begun."""
        return self.is_open and self.timing.begins_at is not None


def round_in_view(study_id: int, round_code: str, *, now: datetime) -> RoundInView | None:
    """Return the round as it stands now, None if the study has no such round."""
    round_ = db.session.scalar(select(Round).where(Round.study_id == study_id, Round.code == round_code))
    if round_ is None:
        return None
    protocol = protocol_of(db.session.get_one(Study, study_id))
    return RoundInView(
        study=protocol.study.code,
        study_title=protocol.study.title,
        synthetic=protocol.study.note if protocol.study.synthetic else "",
        study_id=study_id,
        round_id=round_.id,
        code=round_code,
        label=protocol.round(round_code).label,
        is_open=state_of(round_.opened_at, round_.closed_at) is RoundState.OPEN,
        closes_at=round_.closes_at,
        timing=timing_of(
            closed_at=round_.closed_at,
            begins_at=round_.begins_at,
            paused_at=round_.paused_at,
            resumes_at=round_.resumes_at,
            now=now,
        ),
    )

"""What somebody is told who comes while the round rests."""

from dataclasses import dataclass
from datetime import datetime

from delphi.standing import RoundFacts, Standing
from delphi.standing.contact import can_be_reached


@dataclass(frozen=True, slots=True, kw_only=True)
class RestingPage:
    """A round that rests. `resumes_at` None: the team has not said when it goes on.

    `closes_at`: until when one can answer after that; None: not known. `has_last_time`: there was a round
    before that the panellist could answer. `can_be_reached`: the team can tell them when it goes on.
    """

    round_label: str
    resumes_at: datetime | None
    closes_at: datetime | None
    finished: bool
    has_last_time: bool
    can_be_reached: bool


def resting_page(standing: Standing, *, round_: RoundFacts) -> RestingPage:
    """Until when the open round rests, and what a panellist can do meanwhile."""
    return RestingPage(
        round_label=round_.definition.label,
        resumes_at=round_.timing.resumes_at,
        closes_at=round_.closes_at if round_.timing.resumes_at else None,
        finished=round_.finished_at is not None,
        has_last_time=bool(round_.agreed and standing.since_last_time(round_)),
        can_be_reached=can_be_reached(standing.panellist_id),
    )

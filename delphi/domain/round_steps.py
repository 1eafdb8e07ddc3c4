"""Which step a round may take next: from the facts of all rounds of its study."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from analysis.study.rounds import RoundKind
from delphi.domain.journey import ANSWERED_ONLINE
from delphi.domain.rounds import RoundState, state_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFacts:
    """What is known of a round."""

    code: str
    label: str
    kind: RoundKind
    opened_at: datetime | None
    closed_at: datetime | None

    @property
    def state(self) -> RoundState:
        """Where it stands."""
        return state_of(self.opened_at, self.closed_at)


class Refusal(StrEnum):
    """Why a round cannot be opened or closed now."""

    ALREADY_OPEN = "already_open"
    ALREADY_CLOSED = "already_closed"
    NOT_OPEN_YET = "not_open_yet"
    FORMER_NOT_CLOSED = "former_not_closed"
    NOT_ONLINE = "not_online"


def refusal_to_open(rounds: Sequence[RoundFacts], code: str) -> Refusal | None:
    """Return why round `code` cannot be opened, None if it can; `rounds` in the order of the study.

    Raises KeyError for a round that is not among them.
    """
    place, round_ = _find(rounds, code)
    if round_.state is not RoundState.NOT_OPENED:
        return Refusal.ALREADY_OPEN if round_.state is RoundState.OPEN else Refusal.ALREADY_CLOSED
    if round_.kind not in ANSWERED_ONLINE:
        return Refusal.NOT_ONLINE
    if any(former.state is not RoundState.CLOSED for former in rounds[:place]):
        return Refusal.FORMER_NOT_CLOSED
    return None


def refusal_to_close(rounds: Sequence[RoundFacts], code: str) -> Refusal | None:
    """Return why round `code` cannot be closed, None if it can. Raises KeyError as `refusal_to_open`."""
    _, round_ = _find(rounds, code)
    refusals = {RoundState.NOT_OPENED: Refusal.NOT_OPEN_YET, RoundState.CLOSED: Refusal.ALREADY_CLOSED}
    return refusals.get(round_.state)


def may_preview(round_: RoundFacts) -> bool:
    """Return whether panellists have pages for the round, now or later."""
    return round_.kind in ANSWERED_ONLINE and round_.state is not RoundState.CLOSED


def _find(rounds: Sequence[RoundFacts], code: str) -> tuple[int, RoundFacts]:
    for place, round_ in enumerate(rounds):
        if round_.code == code:
            return place, round_
    raise KeyError(code)

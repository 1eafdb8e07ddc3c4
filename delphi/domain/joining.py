"""Joining a study by its open link: from facts alone."""

from collections.abc import Sequence
from enum import StrEnum

from delphi.domain.rounds import RoundState


class Door(StrEnum):
    """Whether an open link lets anybody in, and why not."""

    OPEN = "open"
    ENDED = "ended"
    NOT_OFFERED = "not_offered"
    NO_ROUND_LEFT = "no_round_left"


def round_to_join(states: Sequence[RoundState]) -> int | None:
    """The place of the round in which one joins: the open one, else the next to open; None if none is left.

    A round before one that has opened was passed over, and opens no more.
    """
    if RoundState.OPEN in states:
        return states.index(RoundState.OPEN)
    begun = [place for place, state in enumerate(states) if state is not RoundState.NOT_OPENED]
    following = begun[-1] + 1 if begun else 0
    return following if following < len(states) else None


def door_of(*, offered: bool, ended: bool, states: Sequence[RoundState]) -> Door:
    """Whether an open link lets anybody in. `offered`: the protocol has open links."""
    if not offered:
        return Door.NOT_OFFERED
    if ended:
        return Door.ENDED
    return Door.OPEN if round_to_join(states) is not None else Door.NO_ROUND_LEFT

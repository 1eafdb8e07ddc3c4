"""Where a person of a panel stands, from facts alone."""

from dataclasses import dataclass
from enum import StrEnum

from delphi.domain.response import Response


class PanelStatus(StrEnum):
    """Where somebody stands, from far away to done; then those who are not expected to go on."""

    NOT_INVITED = "not_invited"
    INVITED = "invited"
    BOUNCED = "bounced"
    OPENED = "opened"
    CONSENTED = "consented"
    STARTED = "started"
    FINISHED = "finished"
    DECLINED = "declined"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelFacts:
    """What is known of somebody. `agreed` None: no answer to the consent question of the open round.

    `response` None: no round is open. `bounced`: their address gives mail back. `paused`: they asked for no
    reminders until a day that is to come.
    """

    withdrew: bool
    paused: bool
    invited: bool
    bounced: bool
    opened: bool
    agreed: bool | None
    response: Response | None


def status_of(facts: PanelFacts) -> PanelStatus:
    """Return where somebody stands. Who has finished needs no pause; who has begun and pauses, pauses."""
    steps = (
        (facts.withdrew, PanelStatus.WITHDRAWN),
        (facts.response is Response.FINISHED, PanelStatus.FINISHED),
        (facts.agreed is False, PanelStatus.DECLINED),
        (facts.paused, PanelStatus.PAUSED),
        (facts.response is Response.STARTED, PanelStatus.STARTED),
        (facts.agreed is True, PanelStatus.CONSENTED),
        (facts.opened, PanelStatus.OPENED),
        (facts.bounced, PanelStatus.BOUNCED),
        (facts.invited, PanelStatus.INVITED),
    )
    return next((status for holds, status in steps if holds), PanelStatus.NOT_INVITED)

"""The words of the study team's pages about rounds."""

from analysis.study.rounds import RoundKind
from delphi.domain.round_steps import Refusal
from delphi.domain.rounds import RoundState
from delphi.models import Role

STATE_WORDS = {
    RoundState.NOT_OPENED: "Not opened",
    RoundState.OPEN: "Open",
    RoundState.CLOSED: "Closed",
}
KIND_WORDS = {
    RoundKind.COMMENT: "Comments",
    RoundKind.RATING: "Rating",
    RoundKind.RANKING: "Ranking",
    RoundKind.WORKSHOP: "Workshop",
}
ROLE_WORDS = {
    Role.OWNER: "Owner",
    Role.FACILITATOR: "Facilitator",
    Role.ADVISER: "Adviser",
    Role.ANALYST: "Analyst",
}
REFUSAL_WORDS = {
    Refusal.ALREADY_OPEN: "It is open already. Somebody else may have opened it a moment ago.",
    Refusal.ALREADY_CLOSED: "It is closed already. Somebody else may have closed it a moment ago.",
    Refusal.NOT_OPEN_YET: "It has not been opened yet, so there is nothing to close.",
    Refusal.FORMER_NOT_CLOSED: "It can be opened when the round before it is closed.",
    Refusal.NOT_ONLINE: "It is held in a room, not here. Its answers come in with a bundle.",
}

"""Where a message of the outbox stands."""

from datetime import datetime

from delphi.domain.outbox import MessageState, state_of_message
from delphi.models import Message


def state_now(message: Message, *, now: datetime) -> MessageState:
    """Return where a message stands at this moment."""
    return state_of_message(
        began_at=message.began_at,
        sent_at=message.sent_at,
        refused_at=message.refused_at,
        dropped_at=message.dropped_at,
        server_was_silent=message.refusal is not None,
        now=now,
    )

"""What became of a message, and when it is tried again: from facts alone."""

from datetime import datetime, timedelta
from enum import StrEnum

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 12  # with those pauses, a little more than a day
# Longer than any conversation with a mail server takes, which gives up after half a minute of silence.
CONVERSATION = timedelta(minutes=10)


# Refusals for good by their first digit that say nothing against the address: mailbox full, rules, spam.
NOT_THE_ADDRESS = ("5.2.2", "5.7.", "552", "554")


class MessageState(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNSURE = "unsure"
    NOT_WANTED = "not_wanted"


def state_of_message(
    *,
    began_at: datetime | None,
    sent_at: datetime | None,
    refused_at: datetime | None,
    dropped_at: datetime | None,
    server_was_silent: bool,
    now: datetime,
) -> MessageState:
    """Return where a message stands. What was begun and never ended is unsure once nobody can be at it."""
    endings = (
        (sent_at, MessageState.SENT),
        (refused_at, MessageState.REFUSED),
        (dropped_at, MessageState.NOT_WANTED),
    )
    for ended_at, state in endings:
        if ended_at is not None:
            return state
    if began_at is None:
        return MessageState.WAITING
    is_over = server_was_silent or now - began_at > CONVERSATION
    return MessageState.UNSURE if is_over else MessageState.SENDING


def pause_after(attempts: int) -> timedelta | None:
    """Return how long to wait after so many attempts, each time twice as long; None: give up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return min(FIRST_PAUSE * float(2 ** (attempts - 1)), LONGEST_PAUSE)


def says_address_is_bad(codes: str) -> bool:
    """Return whether a mail server's codes, such as "550 5.1.1", refuse an address for good."""
    newest = codes.rpartition(" ")[2]
    return newest.startswith("5") and not newest.startswith(NOT_THE_ADDRESS)

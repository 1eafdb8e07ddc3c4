"""Where and when a panellist may be reached by e-mail: their contact, and what they wish."""

from collections.abc import Sequence
from datetime import date, datetime, time

from delphi.access.contacts import ContactCannotBeOpened, open_sealed
from delphi.dataset.wishes import Wish
from delphi.domain.addresses import is_address
from delphi.domain.inviting import DAYTIME, Against, Reachable, next_hour
from delphi.models import Channel, Hours, Reminders
from delphi.web import clock

HOURS = {
    Hours.ANY: DAYTIME,
    Hours.MORNING: (time(8), time(12)),
    Hours.AFTERNOON: (time(12), time(17)),
    Hours.EVENING: (time(17), time(21)),
}


def reach_of(
    sealed: bytes | None, wish: Wish, *, keys: Sequence[str], today: date, bounced: bool
) -> Reachable:
    """Return how a person may be reached; the address itself goes nowhere. `bounced`: it gives mail back."""
    address = address_in(sealed, keys=keys)
    reminded = wish.as_of(today).reminders
    missing = address if isinstance(address, Against) else None
    return Reachable(
        no_address=missing or (Against.BOUNCED if bounced else None),
        by_email=wish.channel is Channel.EMAIL,
        contact_wanted=wish.may_be_contacted(),
        stopped=reminded is Reminders.STOPPED,
        paused=reminded is Reminders.PAUSED,
    )


def address_in(sealed: bytes | None, *, keys: Sequence[str]) -> str | Against:
    """Return the e-mail address of a contact, or why there is none."""
    if sealed is None:
        return Against.NO_CONTACT
    try:
        email = open_sealed(sealed, keys=keys).email.strip()
    except ContactCannotBeOpened:
        return Against.SEALED
    return email if is_address(email) else Against.NO_EMAIL


def due_for(wish: Wish, *, now: datetime) -> datetime:
    """Return when a message may go out at the earliest: by day, and in the hours that were wished.

    In the installation's time zone; it is the only one that is known.
    """
    return next_hour(clock.local(now), hours=HOURS[wish.hours])

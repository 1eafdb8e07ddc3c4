"""Whose address gives mail back: for as long as their contact has that address."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select

from delphi.access.contacts import ContactCannotBeOpened, open_sealed
from delphi.domain.outbox import says_address_is_bad
from delphi.domain.returning import address_mark
from delphi.extensions import db
from delphi.models import Bounce, Contact, Message


def bounced_panellists(
    study_id: int, *, keys: Sequence[str], secret: str, only: int | None = None
) -> frozenset[int]:
    """Return who has a contact whose address gave a message back for good, or was refused at once.

    Only the contacts of those with such a message are opened, and nothing of them is returned. `only`: look
    at this person alone.
    """
    marks = _marks(Message.study_id == study_id if only is None else Message.panellist_id == only)
    query = select(Contact.panellist_id, Contact.sealed).where(Contact.panellist_id.in_(marks))
    return frozenset(
        panellist_id
        for panellist_id, sealed in db.session.execute(query)
        if _mark(sealed, keys=keys, secret=secret) in marks[panellist_id]
    )


def _marks(whose: ColumnElement[bool]) -> dict[int, set[str]]:
    """By panellist, the marks of addresses that gave a message back."""
    came_back = select(Bounce.message_id).where(Bounce.permanent)
    returned = Message.id.in_(came_back)
    query = select(Message.panellist_id, Message.address_mark, Message.refusal, returned).where(
        whose,
        Message.address_mark.is_not(None),
        or_(returned, Message.refused_at.is_not(None)),
    )
    marks: dict[int, set[str]] = {}
    for panellist_id, mark, refusal, is_back in db.session.execute(query):
        if mark and (is_back or says_address_is_bad(refusal or "")):
            marks.setdefault(panellist_id, set()).add(mark)
    return marks


def _mark(sealed: bytes, *, keys: Sequence[str], secret: str) -> str:
    try:
        return address_mark(open_sealed(sealed, keys=keys).email, secret=secret)
    except ContactCannotBeOpened:
        return ""

"""Who a panellist is and how to reach them: sealed with keys that are not in the database."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import select

from delphi import audit
from delphi.extensions import db
from delphi.models import Contact, Panellist, SecondFactor


@dataclass(frozen=True, kw_only=True)
class ContactDetails:
    """A panellist's name, e-mail and telephone; what is not known is empty. Its repr shows nothing."""

    name: str = ""
    email: str = ""
    telephone: str = ""

    def __repr__(self) -> str:
        return "ContactDetails(hidden)"


class ContactCannotBeOpened(Exception):
    """A contact was sealed with a key that is not among the ones given, or was changed since."""


def seal(contact: ContactDetails, *, keys: Sequence[str]) -> bytes:
    """The contact, encrypted and signed with the first key."""
    return box_of(keys).encrypt(json.dumps(asdict(contact)).encode())


def open_sealed(sealed: bytes, *, keys: Sequence[str]) -> ContactDetails:
    """The contact that any of the keys sealed; raises ContactCannotBeOpened."""
    try:
        return ContactDetails(**json.loads(box_of(keys).decrypt(sealed)))
    except InvalidToken:
        raise ContactCannotBeOpened("no key opens this contact") from None


def keep_contact(
    panellist_id: int, *, contact: ContactDetails, keys: Sequence[str], by: str, now: datetime
) -> None:
    """Keep a panellist's contact, in place of the one that there may have been."""
    row = db.session.get(Contact, panellist_id) or Contact(panellist_id=panellist_id)
    row.sealed = seal(contact, keys=keys)
    db.session.add(row)
    _record(panellist_id, at=now, actor=by, action="contact kept")
    db.session.commit()


def contact_of(panellist_id: int, *, keys: Sequence[str]) -> ContactDetails | None:
    """A panellist's contact, or None if there is none; raises ContactCannotBeOpened."""
    sealed = db.session.scalar(select(Contact.sealed).where(Contact.panellist_id == panellist_id))
    return None if sealed is None else open_sealed(sealed, keys=keys)


def forget_contact(panellist_id: int, *, by: str, now: datetime) -> None:
    """Delete a panellist's contact for good; their answers stay, with nobody to name."""
    row = db.session.get(Contact, panellist_id)
    if row is not None:
        db.session.delete(row)
    _record(panellist_id, at=now, actor=by, action="contact forgotten")
    db.session.commit()


def reseal_all(*, keys: Sequence[str], by: str, now: datetime) -> int:
    """Seal every contact anew with the first key and return their number; then the other keys can go.

    The keys of second factors, too. Raises ContactCannotBeOpened, with nothing changed, if one of them has
    another key.
    """
    box = box_of(keys)
    rows = db.session.scalars(select(Contact)).all()
    try:
        for row in [*rows, *db.session.scalars(select(SecondFactor))]:
            row.sealed = box.rotate(row.sealed)
    except InvalidToken:
        db.session.rollback()
        raise ContactCannotBeOpened(
            "a contact was sealed with a key that is not among the ones given"
        ) from None
    audit.record(db.session, at=now, actor=by, action="contacts sealed anew", contacts=len(rows))
    db.session.commit()
    return len(rows)


def box_of(keys: Sequence[str]) -> MultiFernet:
    """What seals with the first key and opens with each."""
    return MultiFernet([Fernet(key) for key in keys])


def _record(panellist_id: int, *, at: datetime, actor: str, action: str) -> None:
    study_id = db.session.scalar(select(Panellist.study_id).where(Panellist.id == panellist_id))
    audit.record(db.session, at=at, actor=actor, action=action, study_id=study_id, panellist=panellist_id)

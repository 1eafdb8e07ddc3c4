"""The person whose contact is meant, and how many people the groups should have."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from delphi.access.contacts import ContactCannotBeOpened, ContactDetails, contact_of
from delphi.extensions import db
from delphi.models import Contact, GroupTarget, Panellist, StakeholderGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonInView:
    """A panellist who has not left."""

    panellist_id: int
    code: str
    has_contact: bool


def person_in_view(study_id: int, code: str) -> PersonInView | None:
    """Return the panellist with a code; None if there is none, or they have left."""
    query = (
        select(Panellist.id, Contact.panellist_id)
        .outerjoin(Contact, Contact.panellist_id == Panellist.id)
        .where(
            Panellist.study_id == study_id,
            Panellist.code == code,
            Panellist.withdrew_round_id.is_(None),
        )
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    return PersonInView(panellist_id=row[0], code=code, has_contact=row[1] is not None)


def contact_or_none(panellist_id: int, *, keys: Sequence[str]) -> ContactDetails | None:
    """Return a contact; None if there is none or no key of the server opens it."""
    try:
        return contact_of(panellist_id, keys=keys)
    except ContactCannotBeOpened:
        return None


def targets_of(study_id: int) -> dict[str, int]:
    """Return how many people each group should have, by its code; groups without a target are left out."""
    query = (
        select(StakeholderGroup.code, GroupTarget.people)
        .join(GroupTarget, GroupTarget.group_id == StakeholderGroup.id)
        .where(StakeholderGroup.study_id == study_id)
    )
    return dict(db.session.execute(query).all())

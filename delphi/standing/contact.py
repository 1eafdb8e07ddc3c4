"""Whether the team has any way to tell a panellist something."""

from sqlalchemy import exists, or_, select

from delphi.extensions import db
from delphi.models import Contact, Panellist


def can_be_reached(panellist_id: int) -> bool:
    """Whether a message of the team can get to a panellist. What their contact says stays sealed.

    Whom the team itself put on the panel, it can write to: also by its own mail, without a contact here. Who
    joined by the study's open link is known to nobody, unless a contact of theirs was kept since.
    """
    has_contact = exists().where(Contact.panellist_id == Panellist.id)
    query = select(or_(Panellist.join_form.is_(None), has_contact)).where(Panellist.id == panellist_id)
    return bool(db.session.scalar(query))

"""Making a personal link for a panellist."""

from datetime import datetime, timedelta

from delphi.access.links import make_link

LINK_LASTS = timedelta(days=14)


def make_personal_link(panellist_id: int, *, by: str, now: datetime) -> str:
    """Make a link that signs a panellist in once, and return its token, which is kept nowhere.

    `make_link` writes the audit row and commits.
    """
    return make_link(panellist_id=panellist_id, by=by, now=now, valid_for=LINK_LASTS)

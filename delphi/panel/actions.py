"""What the team does for the panel: links and codes, the open link, confirming groups."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update

from delphi import audit
from delphi.access.codes import make_code
from delphi.access.links import make_link
from delphi.extensions import db
from delphi.models import LinkKind, OpenLink, Panellist, Round, StakeholderGroup

LINK_LASTS = timedelta(days=14)
OPEN_LINK_BYTES = 16  # nobody guesses it, and it still fits on a poster


def make_personal_link(panellist_id: int, *, by: str, now: datetime) -> str:
    """Make a link that signs a panellist in once, and return its token, which is kept nowhere.

    `make_link` writes the audit row and commits.
    """
    return make_link(panellist_id=panellist_id, by=by, now=now, valid_for=LINK_LASTS)


def make_code_to_read_out(panellist_id: int, *, by: str, now: datetime) -> str:
    """Make a code that signs a panellist in once, and return it; it ends their older ones.

    `make_code` writes the audit row and commits.
    """
    return make_code(panellist_id=panellist_id, kind=LinkKind.READ_OUT, by=by, now=now)


def make_open_link(study_id: int, *, by: str, now: datetime) -> None:
    """Make a study's open link; the one before ends."""
    _end_open_links(study_id, now=now)
    token = secrets.token_urlsafe(OPEN_LINK_BYTES)
    db.session.add(OpenLink(study_id=study_id, token=token, made_at=now, ended_at=None))
    audit.record(db.session, at=now, actor=by, action="open link made", study_id=study_id)
    db.session.commit()


def end_open_link(study_id: int, *, by: str, now: datetime) -> None:
    """End a study's open link: from now on nobody joins by it."""
    _end_open_links(study_id, now=now)
    audit.record(db.session, at=now, actor=by, action="open link ended", study_id=study_id)
    db.session.commit()


def confirm_group(
    panellist_id: int, *, study_id: int, group: str, answered_closed: Sequence[str], by: str, now: datetime
) -> bool:
    """Confirm the group of somebody who joined by themselves, or give them another; then their answers count.

    `answered_closed`: rounds that they had answered and that have closed already, where their answers stay
    out of the results; for the trail. Returns False, with nothing changed, if
    somebody else confirmed it meanwhile: what counts in results is settled once.
    """
    group_id = select(StakeholderGroup.id).where(
        StakeholderGroup.study_id == study_id, StakeholderGroup.code == group
    )
    confirmed_at = _after_what_has_closed(study_id, now=now)
    waiting = (Panellist.id == panellist_id, Panellist.group_confirmed_at.is_(None))
    settled = (
        update(Panellist)
        .where(*waiting)
        .values(group_id=group_id.scalar_subquery(), group_confirmed_at=confirmed_at)
        .returning(Panellist.id)
    )
    if db.session.scalar(settled) is None:
        db.session.rollback()
        return False
    audit.record(
        db.session,
        at=now,
        actor=by,
        action="group confirmed",
        study_id=study_id,
        panellist=panellist_id,
        group=group,
        closed_rounds=list(answered_closed),
    )
    db.session.commit()
    return True


def _after_what_has_closed(study_id: int, *, now: datetime) -> datetime:
    """The moment of a confirmation: after each round that has closed; no other closes until the commit.

    Otherwise a round that closed while this request was on its way would change when its result can be seen.
    """
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    rounds = select(Round.closed_at).where(Round.study_id == study_id).with_for_update(read=True)
    closed = [moment for moment in connection.scalars(rounds) if moment is not None]
    return max([now, *(moment + timedelta(microseconds=1) for moment in closed)])


def _end_open_links(study_id: int, *, now: datetime) -> None:
    still_open = (OpenLink.study_id == study_id, OpenLink.ended_at.is_(None))
    db.session.execute(update(OpenLink).where(*still_open).values(ended_at=now))

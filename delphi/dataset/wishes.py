"""How panellists want to be contacted: of each the newest wish."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select

from delphi.extensions import db
from delphi.models import Channel, ContactWish, Hours, Panellist, Reminders


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A panellist's wish; the defaults hold while they have never said.

    `neutral`: sender and subject of a message say nothing about the study.
    """

    channel: Channel = Channel.EMAIL
    hours: Hours = Hours.ANY
    neutral: bool = True
    reminders: Reminders = Reminders.WANTED
    paused_until: date | None = None
    round_id: int | None = None

    def as_of(self, today: date) -> "Wish":
        """The wish as it holds on a day: after a pause they are reminded again."""
        is_over = self.reminders is Reminders.PAUSED and (self.paused_until or today) <= today
        return replace(self, reminders=Reminders.WANTED, paused_until=None) if is_over else self

    def may_be_contacted(self) -> bool:
        """Whether the team may get in touch at all."""
        return self.channel is not Channel.NONE

    def may_be_reminded(self, *, today: date) -> bool:
        """Whether they may be reminded today; a pause ends on its day."""
        if not self.may_be_contacted() or self.reminders is Reminders.STOPPED:
            return False
        return self.reminders is Reminders.WANTED or (self.paused_until or today) <= today


def wish_of(panellist_id: int) -> Wish | None:
    """Return the newest wish of a panellist, None if they have never said."""
    mine = ContactWish.panellist_id == panellist_id
    row = db.session.scalar(select(ContactWish).where(mine).order_by(ContactWish.id.desc()).limit(1))
    return None if row is None else _wish(row)


def wishes_of(study_id: int) -> Mapping[int, Wish]:
    """Return the newest wish of each panellist of a study who has said one, by their id."""
    newest = (
        select(func.max(ContactWish.id))
        .join(Panellist, Panellist.id == ContactWish.panellist_id)
        .where(Panellist.study_id == study_id)
        .group_by(ContactWish.panellist_id)
    )
    rows = db.session.scalars(select(ContactWish).where(ContactWish.id.in_(newest)))
    return {row.panellist_id: _wish(row) for row in rows}


def _wish(row: ContactWish) -> Wish:
    return Wish(
        channel=row.channel,
        hours=row.hours,
        neutral=row.neutral,
        reminders=row.reminders,
        paused_until=row.paused_until,
        round_id=row.round_id,
    )

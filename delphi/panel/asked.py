"""What panellists asked of the team: how to be reached, to be left alone; and how they left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from sqlalchemy import Select, select

from delphi.dataset.wishes import Wish, wishes_of
from delphi.extensions import db
from delphi.models import Channel, EntryMode, Hours, Panellist, Reminders, Withdrawal
from delphi.web.language import current_locale

CHANNELS = {
    Channel.EMAIL: "by e-mail",
    Channel.MESSAGE: "by text message",
    Channel.TELEPHONE: "by telephone",
}
HOURS = {
    Hours.ANY: "at any time",
    Hours.MORNING: "in the morning",
    Hours.AFTERNOON: "in the afternoon",
    Hours.EVENING: "in the evening",
}
LEFT = {
    EntryMode.SELF: "Withdrawn by themselves",
    EntryMode.HELPER: "Withdrawn, entered by the team as a helper",
    EntryMode.PAPER: "Withdrawn, entered by the team from paper",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one panellist asked. `limits`: the short form for a list, "" where nothing is to be minded.

    `left`: that they left the study and who put that in, "" where it is not known.
    """

    limits: str = ""
    reach: str = ""
    do_not_contact: bool = False
    left: str = ""


NOTHING_ASKED = Asked()


def asked_of_team(study_id: int, *, today: date) -> Mapping[str, Asked]:
    """Return what panellists asked, by their code; those who asked nothing are left out."""
    wishes = wishes_of(study_id)
    query: Select[str, int, EntryMode | None] = (
        select(Panellist.code, Panellist.id, Withdrawal.entered)
        .outerjoin(Withdrawal, Withdrawal.panellist_id == Panellist.id)
        .where(Panellist.study_id == study_id)
    )
    asked: dict[str, Asked] = {}
    for code, id_, left in db.session.execute(query):
        if left is not None:
            asked[code] = Asked(left=LEFT[left])
        elif id_ in wishes:
            asked[code] = _asked(wishes[id_], today=today)
    return asked


def _asked(wish: Wish, *, today: date) -> Asked:
    if not wish.may_be_contacted():
        return Asked(
            limits="Do not contact", reach="Not at all: they come back by themselves", do_not_contact=True
        )
    sender = ", with a sender and a subject that do not name the study" if wish.neutral else ""
    reach = f"{CHANNELS[wish.channel]} {HOURS[wish.hours]}{sender}"
    return Asked(limits=_limits(wish, today=today), reach=reach[0].upper() + reach[1:])


def _limits(wish: Wish, *, today: date) -> str:
    if wish.may_be_reminded(today=today):
        return ""
    if wish.reminders is Reminders.PAUSED and wish.paused_until:
        day = format_date(wish.paused_until, format="long", locale=current_locale())
        return f"No reminders until {day}"
    return "No reminders"

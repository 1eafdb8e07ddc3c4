"""Who gets a message of a round, and why not; and at which hour."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from delphi.domain.response import Response

MOST_REMINDERS = 3  # of one round, to one person
LEAST_DAYS_BETWEEN = 3
DAYTIME = (time(8), time(21))


class Whom(StrEnum):
    """Whom a reminder is for."""

    NOT_FINISHED = "not_finished"
    NOT_STARTED = "not_started"


class Against(StrEnum):
    """Why somebody gets no message."""

    LEFT = "left"
    NOT_IN_ROUND = "not_in_round"
    DECLINED = "declined"
    NO_CONTACT = "no_contact"
    SEALED = "sealed"
    NO_EMAIL = "no_email"
    BOUNCED = "bounced"
    OTHER_CHANNEL = "other_channel"
    DO_NOT_CONTACT = "do_not_contact"
    STOPPED = "stopped"
    PAUSED = "paused"
    FINISHED = "finished"
    STARTED = "started"
    INVITED = "invited"
    WAITING = "waiting"
    REFUSED = "refused"
    UNSURE = "unsure"
    TOO_SOON = "too_soon"
    ENOUGH = "enough"
    ROUND_OVER = "round_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reachable:
    """How a person may be reached; each None or False where nothing is against it."""

    no_address: Against | None = None
    by_email: bool = True
    contact_wanted: bool = True
    stopped: bool = False
    paused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonInRound:
    """A person and a round, as far as a message is concerned.

    `reminders`: how many were sent or wait; `last_day`: of their last message; `pending`: what stands in the
    way of another one, such as one that waits.
    """

    withdrew: bool
    may_answer: bool
    declined: bool
    response: Response
    reach: Reachable
    invited: bool = False
    reminders: int = 0
    last_day: date | None = None
    pending: Against | None = None


def against_any(person: PersonInRound) -> Against | None:
    """Return what is against any message to a person, None if nothing is."""
    reach = person.reach
    reasons = (
        (person.withdrew, Against.LEFT),
        (not person.may_answer, Against.NOT_IN_ROUND),
        (person.declined, Against.DECLINED),
        (not reach.contact_wanted, Against.DO_NOT_CONTACT),
        (not reach.by_email, Against.OTHER_CHANNEL),
        (person.response is Response.FINISHED, Against.FINISHED),
    )
    return next((reason for holds, reason in reasons if holds), reach.no_address)


def against_invitation(person: PersonInRound) -> Against | None:
    """Return what is against an invitation; each round has one, also for those who want no reminders."""
    return against_any(person) or person.pending or (Against.INVITED if person.invited else None)


def against_reminder(person: PersonInRound, *, whom: Whom, today: date) -> Against | None:
    """Return what is against a reminder."""
    too_soon = person.last_day is not None and today - person.last_day < timedelta(days=LEAST_DAYS_BETWEEN)
    started = person.response is Response.STARTED and whom is Whom.NOT_STARTED
    reasons = (
        (person.reach.stopped, Against.STOPPED),
        (person.reach.paused, Against.PAUSED),
        (started, Against.STARTED),
        (person.reminders >= MOST_REMINDERS, Against.ENOUGH),
        (too_soon, Against.TOO_SOON),
    )
    first = next((reason for holds, reason in reasons if holds), None)
    return against_any(person) or person.pending or first


def next_hour(moment: datetime, *, hours: tuple[time, time]) -> datetime:
    """Return the moment itself if it lies within the hours of its day, else when they begin next.

    `moment` is in the zone that the hours are meant in; the end is not within.
    """
    begins, ends = hours
    if begins <= moment.time() < ends:
        return moment
    day = moment.date() if moment.time() < begins else moment.date() + timedelta(days=1)
    return datetime.combine(day, begins, tzinfo=moment.tzinfo)

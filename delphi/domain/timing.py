"""When an open round takes answers: it may begin after its opening, and rest for a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MAIL_LOOKS_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTiming:
    """Whether an open round takes answers, at one moment.

    `begins_at`: a beginning that is still to come. `paused_at`: since when it rests, None while it does not;
    `resumes_at`: when a pause that is not over ends by itself, None: when the team says so.
    """

    begins_at: datetime | None = None
    paused_at: datetime | None = None
    resumes_at: datetime | None = None

    @property
    def rests(self) -> bool:
        """Whether a pause is not over."""
        return self.paused_at is not None

    @property
    def takes_answers(self) -> bool:
        """Whether it has begun and does not rest."""
        return self.begins_at is None and not self.rests

    def mail_waits_until(self, *, now: datetime) -> datetime | None:
        """Return when to look again whether a message can be sent, None if it can be sent now.

        Soon, also where an end is planned: it may be brought forward.
        """
        if self.takes_answers:
            return None
        again = now + MAIL_LOOKS_AGAIN
        return min(self.begins_at or self.resumes_at or again, again)


TAKES_ANSWERS = RoundTiming()


def timing_of(
    *,
    closed_at: datetime | None,
    begins_at: datetime | None,
    paused_at: datetime | None,
    resumes_at: datetime | None,
    now: datetime,
) -> RoundTiming:
    """Return the timing of a round now. A pause with an end ends by itself: nobody has to write that down."""
    if closed_at is not None:
        return TAKES_ANSWERS
    if begins_later(begins_at, now=now):
        return RoundTiming(begins_at=begins_at)
    if paused_at is None or (resumes_at is not None and resumes_at <= now):
        return TAKES_ANSWERS
    return RoundTiming(paused_at=paused_at, resumes_at=resumes_at)


def begins_later(begins_at: datetime | None, *, now: datetime) -> bool:
    """Say whether an open round begins at a moment to come."""
    return begins_at is not None and begins_at > now


def first_moment_to_close(timing: RoundTiming) -> datetime | None:
    """Return the moment after which a round may be planned to close, None: any to come.

    A round that closes before it begins, or before it goes on as was told, would take no answers.
    """
    return timing.begins_at or timing.resumes_at


class Closing(StrEnum):
    """What becomes of a planned closing when a round is paused."""

    KEEP = "keep"
    PUT_OFF = "put_off"
    TAKE_AWAY = "take_away"


class NoFit(StrEnum):
    """Why a pause and a planned closing do not go together."""

    CLOSES_BEFORE = "closes_before"
    NO_LENGTH = "no_length"


def closing_after_pause(
    choice: Closing, *, closes_at: datetime, paused_at: datetime, resumes_at: datetime | None
) -> datetime | None:
    """Return when the round is to close after a pause was begun; None: when the team closes it."""
    if choice is Closing.TAKE_AWAY:
        return None
    if choice is Closing.PUT_OFF and resumes_at is not None:
        return closes_at + (resumes_at - paused_at)
    return closes_at


def no_fit(choice: Closing, *, closes_at: datetime, resumes_at: datetime | None) -> NoFit | None:
    """Return why a choice cannot be taken, None if it can: a round must not close while it is to go on."""
    if choice is Closing.PUT_OFF and resumes_at is None:
        return NoFit.NO_LENGTH
    if choice is Closing.KEEP and resumes_at is not None and resumes_at >= closes_at:
        return NoFit.CLOSES_BEFORE
    return None

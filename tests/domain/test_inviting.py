"""Hours, pauses, and what is against a message."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from delphi.domain.inviting import (
    DAYTIME,
    MOST_REMINDERS,
    Against,
    PersonInRound,
    Reachable,
    Whom,
    against_invitation,
    against_reminder,
    next_hour,
)
from delphi.domain.outbox import MOST_ATTEMPTS, MessageState, pause_after, state_of_message
from delphi.domain.response import Response

LONDON = ZoneInfo("Europe/London")
TODAY = date(2031, 5, 5)
NOON = datetime(2031, 5, 5, 12, tzinfo=LONDON)
ANYBODY = PersonInRound(
    withdrew=False, may_answer=True, declined=False, response=Response.NOT_STARTED, reach=Reachable()
)


@pytest.mark.parametrize(
    ("at", "hours", "expected"),
    [
        ((5, 12), DAYTIME, (5, 12)),
        ((5, 7), DAYTIME, (5, 8)),
        ((5, 21), DAYTIME, (6, 8)),
        ((5, 12), (time(17), time(21)), (5, 17)),
        ((5, 12), (time(8), time(12)), (6, 8)),
    ],
)
def test_a_message_waits_for_the_next_hour_that_is_wished(
    at: tuple[int, int], hours: tuple[time, time], expected: tuple[int, int]
) -> None:
    moment = datetime(2031, 5, *at, tzinfo=LONDON)
    assert next_hour(moment, hours=hours) == datetime(2031, 5, *expected, tzinfo=LONDON)


def test_the_morning_after_the_clocks_change_is_still_eight_by_the_clock() -> None:
    before = datetime(2031, 3, 29, 22, tzinfo=LONDON)  # summer time begins on 30 March 2031
    assert next_hour(before, hours=DAYTIME).isoformat() == "2031-03-30T08:00:00+01:00"


@pytest.mark.parametrize(
    ("changed", "invitation", "reminder"),
    [
        ({}, None, None),
        ({"withdrew": True}, Against.LEFT, Against.LEFT),
        ({"may_answer": False}, Against.NOT_IN_ROUND, Against.NOT_IN_ROUND),
        ({"declined": True}, Against.DECLINED, Against.DECLINED),
        ({"response": Response.FINISHED}, Against.FINISHED, Against.FINISHED),
        ({"response": Response.STARTED}, None, Against.STARTED),
        ({"invited": True}, Against.INVITED, None),
        ({"pending": Against.UNSURE}, Against.UNSURE, Against.UNSURE),
        ({"reminders": MOST_REMINDERS}, None, Against.ENOUGH),
        ({"last_day": TODAY - timedelta(days=2)}, None, Against.TOO_SOON),
        ({"last_day": TODAY - timedelta(days=3)}, None, None),
        ({"reach": Reachable(stopped=True)}, None, Against.STOPPED),
        ({"reach": Reachable(paused=True)}, None, Against.PAUSED),
        ({"reach": Reachable(contact_wanted=False)}, Against.DO_NOT_CONTACT, Against.DO_NOT_CONTACT),
        ({"reach": Reachable(no_address=Against.NO_EMAIL)}, Against.NO_EMAIL, Against.NO_EMAIL),
    ],
)
def test_each_reason_stands_against_the_messages_that_it_is_meant_for(
    changed: dict[str, object], invitation: Against | None, reminder: Against | None
) -> None:
    person = replace(ANYBODY, **changed)  # type: ignore[arg-type]
    assert against_invitation(person) == invitation
    assert against_reminder(person, whom=Whom.NOT_STARTED, today=TODAY) == reminder


def test_pauses_double_up_to_six_hours_and_end() -> None:
    minutes = [pause.total_seconds() / 60 for n in range(1, MOST_ATTEMPTS) if (pause := pause_after(n))]
    assert minutes == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]
    assert pause_after(MOST_ATTEMPTS) is None


@pytest.mark.parametrize(
    ("minutes", "silent", "expected"),
    [(1, False, MessageState.SENDING), (11, False, MessageState.UNSURE), (1, True, MessageState.UNSURE)],
)
def test_what_was_begun_and_never_ended_is_unsure(minutes: int, silent: bool, expected: MessageState) -> None:
    state = state_of_message(
        began_at=NOON - timedelta(minutes=minutes),
        sent_at=None,
        refused_at=None,
        dropped_at=None,
        server_was_silent=silent,
        now=NOON,
    )
    assert state is expected

"""Words for the team about messages."""

from delphi.domain.inviting import LEAST_DAYS_BETWEEN, MOST_REMINDERS, Against
from delphi.domain.outbox import MessageState
from delphi.domain.response import Response
from delphi.models import MessageCause

CAUSE_WORDS = {MessageCause.INVITATION: "Invitation", MessageCause.REMINDER: "Reminder"}
STATE_WORDS = {
    MessageState.WAITING: "Waiting",
    MessageState.SENDING: "Being sent",
    MessageState.SENT: "Sent",
    MessageState.REFUSED: "Refused",
    MessageState.UNSURE: "Unsure",
    MessageState.NOT_WANTED: "Not sent",
}
CAME_BACK_WORDS = "Came back"
DELAYED_WORDS = "Its delivery is late"
REFUSED_WORDS = "The mail server refused it"
RESPONSE_WORDS = {
    Response.NOT_STARTED: "Not started",
    Response.STARTED: "Started",
    Response.FINISHED: "Finished",
}
AGAINST_WORDS = {
    Against.LEFT: "Has left the study",
    Against.NOT_IN_ROUND: "Is not asked in this round",
    Against.DECLINED: "Said no to this round",
    Against.NO_CONTACT: "No contact is known",
    Against.SEALED: "The contact cannot be opened: a key is missing",
    Against.NO_EMAIL: "The contact has no e-mail address",
    Against.BOUNCED: "Mail to this address came back. Correct the address, or call",
    Against.OTHER_CHANNEL: "Wants to be reached in another way",
    Against.DO_NOT_CONTACT: "Wants no contact",
    Against.STOPPED: "Wants no reminders",
    Against.PAUSED: "Has paused reminders",
    Against.FINISHED: "Has finished",
    Against.STARTED: "Has started",
    Against.INVITED: "Has been invited",
    Against.WAITING: "A message to them waits",
    Against.REFUSED: "Their last message was refused",
    Against.UNSURE: "It is not known if their last message went out",
    Against.TOO_SOON: f"Had a message less than {LEAST_DAYS_BETWEEN} days ago",
    Against.ENOUGH: f"Had {MOST_REMINDERS} reminders in this round",
    Against.ROUND_OVER: "The round has closed",
}

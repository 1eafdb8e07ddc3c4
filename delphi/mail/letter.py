"""A message as it is sent: plain text and HTML, one person, headers for stopping by one click."""

from dataclasses import dataclass, field
from datetime import datetime
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, formataddr, parseaddr

STOPS = "List-Unsubscribe"
# What Python's mail package raises for an address or words that it cannot put into a header.
NOT_WRITABLE = (ValueError, AttributeError, LookupError, MessageError)
ADDRESS_NOT_VALID = "address not valid"


class WholeStopAddress(EmailPolicy):
    """Folds headers as mail does, but for the address that stops reminders.

    It is longer than a line and has no blank, so that it would be folded into encoded words. No mail
    program takes an address out of those (RFC 8058), and the button to stop would be missing.
    """

    def fold(self, name: str, value: str) -> str:
        """A header as it stands in the message."""
        return f"{name}: {value}{self.linesep}" if name == STOPS else super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        """A header as it is sent."""
        return self.fold(name, value).encode() if name == STOPS else super().fold_binary(name, value)


POLICY = WholeStopAddress(linesep="\r\n")


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a message says, in one language: its subject, and its text twice."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message for one person. `to` is in no repr, nor are the words, which hold links.

    `sender_name` "": that of the settings. `stop`: the address that stops reminders, by POST (RFC 8058).
    `link_hash`: of the link in it, so that it can be ended if the message does not go out.
    """

    key: str
    to: str = field(repr=False)
    words: Words = field(repr=False)
    language: str
    stop: str = field(repr=False)
    link_hash: str = field(repr=False)
    sender_name: str = ""


def as_email(letter: Letter, *, sender: str, now: datetime) -> EmailMessage:
    """Return the message; the same `key` gives the same Message-ID."""
    name, address = parseaddr(sender)
    message = EmailMessage(policy=POLICY)
    message["From"] = formataddr((one_line(letter.sender_name) or name, address))
    message["To"] = letter.to
    message["Subject"] = one_line(letter.words.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{letter.key}@{address.rpartition('@')[2]}>"
    message["Content-Language"] = letter.language
    message[STOPS] = f"<{letter.stop}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"  # no holiday notices come back
    message.set_content(letter.words.text)
    message.add_alternative(letter.words.html, subtype="html")
    return message


def one_line(words: str) -> str:
    """Words for a header."""
    return " ".join(words.split())

"""Reading a mail server's report that a message could not be delivered: RFC 3464, and the usual others."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from delphi.domain.outbox import says_address_is_bad
from delphi.domain.returning import key_in

MOST_LETTERS = 200_000  # of one part; a report and the headers that it quotes are far shorter
STATUS = re.compile(r"(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])")
REPLY = re.compile(r"(?<![\d.])([45]\d\d)[ -]")
FROM_A_MAIL_SERVER = re.compile(r"mailer-daemon|mail delivery|postmaster", re.IGNORECASE)
SAYS_LATER = re.compile(r"delayed|warning|still trying|not yet been delivered", re.IGNORECASE)
UNKNOWN_CODE = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a report says of a message of ours: its `key`, and how it stands; no address and no words."""

    key: str
    permanent: bool
    code: str


@dataclass(frozen=True, slots=True)
class NotOurs:
    """Why a message tells us nothing; `reason` in words."""

    reason: str


def read_report(message: Message, *, secret: str) -> Report | NotOurs:
    """Return what a message reports. Only a token of ours says which message it is about."""
    found = _status_in(message)
    if found is None:
        return NotOurs("no report about delivery")
    key = next((key for text in _texts(message) if (key := key_in(text, secret=secret))), None)
    if key is None:
        return NotOurs("names no message of ours")
    permanent, code = found
    code_allows = code == UNKNOWN_CODE or says_address_is_bad(code)
    return Report(key=key, permanent=permanent and code_allows, code=code)


def _status_in(message: Message) -> tuple[bool, str] | None:
    """Whether delivery failed for good, with its code; None if that is not what the message reports."""
    blocks = [block for part in message.walk() for block in _blocks_of(part)]
    if blocks:
        told = [_told(block) for block in blocks if str(block.get("Action", "")).strip()]
        return max((status for status in told if status), default=None)
    return _guessed(message) if _is_from_a_mail_server(message) else None


def _blocks_of(part: Message) -> list[Message]:
    payload = part.get_payload() if part.get_content_type() == "message/delivery-status" else []
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []


def _told(block: Message) -> tuple[bool, str] | None:
    action = str(block["Action"]).strip().lower()
    status = STATUS.search(str(block.get("Status", ""))) or STATUS.search(
        str(block.get("Diagnostic-Code", ""))
    )
    code = status[1] if status else UNKNOWN_CODE
    if action == "failed":
        # 4.4.7: given up after days of trying; the address may be good
        return not code.startswith("4"), code
    return (False, code) if action == "delayed" else None


def _is_from_a_mail_server(message: Message) -> bool:
    replies = str(message.get("Auto-Submitted", "")).strip().lower().startswith("auto-replied")
    sender = str(message.get("From", ""))
    is_told = message.get("X-Failed-Recipients") is not None or FROM_A_MAIL_SERVER.search(sender)
    return bool(is_told) and not (replies and message.get("X-Failed-Recipients") is None)


def _guessed(message: Message) -> tuple[bool, str]:
    """From the words of a report that has no part for programs, such as Exim's and qmail's."""
    words = "\n".join(_own_words(message))
    found = STATUS.search(words) or REPLY.search(words)
    code = found[1] if found else UNKNOWN_CODE
    waits = SAYS_LATER.search(str(message.get("Subject", ""))) is not None
    failed = code.startswith("5") or (found is None and message.get("X-Failed-Recipients") is not None)
    return failed and not waits, code


def _own_words(message: Message) -> Iterator[str]:
    """The first text that is not a copy of the message that came back."""
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            yield _decoded(part)
            return


def _texts(message: Message) -> Iterator[str]:
    """Everything in which a token may stand: the headers of each part, and its text."""
    for part in message.walk():
        for _, value in part.items():
            yield str(value)
        if not part.is_multipart():
            yield _decoded(part)


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return payload[:MOST_LETTERS].decode("ascii", errors="replace") if isinstance(payload, bytes) else ""

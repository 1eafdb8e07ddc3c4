"""Where messages go: a mail server, or a folder of this machine where none is named."""

import re
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from delphi.mail_settings import MailSecurity, MailServer

TIMEOUT_SECONDS = 30.0
OK, GO_ON = (250, 251), 354
LINE_WITH_DOT = re.compile(rb"(?m)^\.")
ENHANCED_CODE = re.compile(rb"^(\d\.\d{1,3}\.\d{1,3})\b")


class Fate(StrEnum):
    """What became of a message: UNSURE when the server may have it and did not say so."""

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    UNSURE = "unsure"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a postbox said of a message; `codes` such as "550 5.1.1", never the server's words."""

    fate: Fate
    codes: str = ""


class NoPostbox(Exception):
    """The mail server cannot be reached, or does not let us in; no message is to blame."""


class Postbox(Protocol):
    """Takes messages one by one."""

    def open(self) -> None:
        """Get ready to take a message; raises NoPostbox."""

    def post(self, message: EmailMessage) -> Answer:
        """Hand over a message; raises nothing."""

    def close(self) -> None:
        """Let go of what is held."""


class ServerPostbox:
    """A mail server, over one connection that is kept while it is good."""

    def __init__(
        self, server: MailServer, *, returns_to: str = "", timeout_seconds: float = TIMEOUT_SECONDS
    ) -> None:
        self._server, self._returns_to, self._timeout = server, returns_to, timeout_seconds
        self._smtp: smtplib.SMTP | None = None

    def open(self) -> None:
        """Connect, unless a connection is still good."""
        if self._smtp is not None and self._is_alive(self._smtp):
            return
        self.close()
        try:
            self._smtp = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            raise NoPostbox(type(error).__name__) from None

    def post(self, message: EmailMessage) -> Answer:
        """Send the message in one conversation."""
        if self._smtp is None:
            return Answer(fate=Fate.LATER, codes="not connected")
        try:
            announced = self._announced(self._smtp, message)
        except (OSError, smtplib.SMTPException):
            self.close()
            return Answer(fate=Fate.LATER, codes="connection lost")
        return announced or self._handed_over(self._smtp, message)

    def close(self) -> None:
        """Say goodbye, as far as there is anybody to say it to."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            try:
                smtp.quit()
            except (OSError, smtplib.SMTPException):
                smtp.close()

    def _connected(self) -> smtplib.SMTP:
        server, trust = self._server, ssl.create_default_context()
        if server.security is MailSecurity.TLS:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=self._timeout, context=trust
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=self._timeout)
        try:
            if server.security is MailSecurity.STARTTLS:
                smtp.starttls(context=trust)
            if server.user:
                smtp.login(server.user, server.password)
            smtp.ehlo_or_helo_if_needed()
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _is_alive(self, smtp: smtplib.SMTP) -> bool:
        try:
            return smtp.noop()[0] == OK[0]
        except (OSError, smtplib.SMTPException):
            return False

    def _announced(self, smtp: smtplib.SMTP, message: EmailMessage) -> Answer | None:
        """Name sender and receiver and ask to hand over; None when the server waits for the message.

        Until then nothing has been handed over for certain, whatever happens.
        """
        sender, receiver = (parseaddr(str(message[name]))[1] for name in ("From", "To"))
        if not sender.isascii() or not receiver.isascii():
            return Answer(fate=Fate.REFUSED, codes="address not ASCII")
        code, words = smtp.mail(_returning(message, self._returns_to) if self._returns_to else sender)
        if code in OK:
            code, words = smtp.rcpt(receiver)
            if code in OK:
                code, words = smtp.docmd("DATA")
                if code == GO_ON:
                    return None
            if code >= 500:
                smtp.rset()
                return Answer(fate=Fate.REFUSED, codes=_codes(code, words))
        smtp.rset()  # a sender who is refused is for the operator to mend: the message waits
        return Answer(fate=Fate.LATER, codes=_codes(code, words))

    def _handed_over(self, smtp: smtplib.SMTP, message: EmailMessage) -> Answer:
        """Hand the message over; if the connection ends before the answer, nobody knows what became of it."""
        content = LINE_WITH_DOT.sub(b"..", message.as_bytes())
        try:
            smtp.send(content + (b"" if content.endswith(b"\r\n") else b"\r\n") + b".\r\n")
            code, words = smtp.getreply()
        except (OSError, smtplib.SMTPException):
            self.close()
            return Answer(fate=Fate.UNSURE, codes="no answer")
        if code in OK:
            return Answer(fate=Fate.SENT)
        return Answer(fate=Fate.REFUSED if code >= 500 else Fate.LATER, codes=_codes(code, words))


class FolderPostbox:
    """A folder of this machine: for development, where no mail server is named."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self) -> None:
        """Make the folder, for this user alone: the messages hold addresses and links."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def post(self, message: EmailMessage) -> Answer:
        """Keep the message as a file named by its key."""
        key = str(message["Message-ID"]).strip("<>").partition("-")[0]
        (self._folder / f"{key}.eml").write_bytes(message.as_bytes())
        return Answer(fate=Fate.SENT)

    def close(self) -> None:
        """Nothing is held."""


def _returning(message: EmailMessage, returns_to: str) -> str:
    """The address that reports about this message go to: the message's own name is added to ours."""
    token = str(message["Message-ID"]).strip("<>").partition("@")[0]
    name, _, domain = returns_to.partition("@")
    return f"{name}+{token}@{domain}"


def _codes(code: int, words: bytes) -> str:
    found = ENHANCED_CODE.match(words)
    return f"{code} {found[1].decode()}" if found else str(code)

"""How mail leaves an installation: the mail server, the sender, and the address that links begin with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from enum import StrEnum
from urllib.parse import unquote, urlsplit

NAMES = ("DELPHI_SMTP_URL", "DELPHI_MAIL_FROM", "DELPHI_ADDRESS", "DELPHI_BOUNCES_TO")
LONGEST_NAME = 14  # what is left of the 64 letters before the @ once a token of ours is added
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
SERVER_EXPECTED = "smtps://user:password@host:465 (TLS) or smtp://user:password@host:587 (STARTTLS)"
SENDER_WHERE_KEPT = "Questionnaires <post@example.org>"
ADDRESS_WHERE_KEPT = "http://127.0.0.1:8000"


class MailSecurity(StrEnum):
    """How the way to the mail server is sealed; NONE only to this machine itself."""

    TLS = "smtps"
    STARTTLS = "smtp"
    NONE = "smtp+plain"


PORTS = {MailSecurity.TLS: 465, MailSecurity.STARTTLS: 587, MailSecurity.NONE: 25}


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """A mail server that takes our messages; user "": it asks for none."""

    host: str
    port: int
    security: MailSecurity
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class MailSettings:
    """How mail leaves. `server` None: messages are kept in a folder of this machine, to look at.

    `sender`: such as "Questionnaires <post@example.org>"; `address`: of our own pages, without a slash at its
    end. `returns_to`: where reports of mail that cannot be delivered go, with a token added to the name (as
    in bounces+TOKEN@example.org); "": to the sender.
    """

    sender: str
    address: str
    returns_to: str = ""
    server: MailServer | None = None


def read_mail_settings(
    environ: Mapping[str, str], *, problems: list[str], may_keep: bool
) -> MailSettings | None:
    """Return the settings, None where mail is off; adds a sentence to `problems` for each that is wrong.

    `may_keep`: without a mail server, messages are kept in a folder (in development).
    """
    url, sender, address, returns_to = (environ.get(name, "").strip() for name in NAMES)
    if not url:
        kept = MailSettings(sender=sender or SENDER_WHERE_KEPT, address=address or ADDRESS_WHERE_KEPT)
        return kept if may_keep else None
    server = _server(url)
    if server is None:
        problems.append(f"DELPHI_SMTP_URL is not an address such as {SERVER_EXPECTED}.")
    if "@" not in parseaddr(sender)[1]:
        problems.append(f"DELPHI_MAIL_FROM is {sender!r}; it should be such as {SENDER_WHERE_KEPT}.")
    if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
        problems.append(f"DELPHI_ADDRESS is {address!r}; it should be such as https://delphi.example.org.")
    if returns_to and not _may_have_a_token(returns_to):
        problems.append(
            f"DELPHI_BOUNCES_TO is {returns_to!r}; it should be such as bounces@example.org, "
            f"with at most {LONGEST_NAME} letters before the @ and no +."
        )
    return MailSettings(sender=sender, address=address.rstrip("/"), returns_to=returns_to, server=server)


def _may_have_a_token(address: str) -> bool:
    name, at, domain = address.partition("@")
    return bool(at and domain) and address.isascii() and 0 < len(name) <= LONGEST_NAME and "+" not in name


def _server(url: str) -> MailServer | None:
    """The server that an address names, None if it names none. The address is quoted nowhere: see inside."""
    try:
        parts = urlsplit(url)
        security, port = MailSecurity(parts.scheme), parts.port
    except ValueError:
        return None
    if not parts.hostname or (security is MailSecurity.NONE and parts.hostname not in THIS_MACHINE):
        return None
    return MailServer(
        host=parts.hostname,
        port=port or PORTS[security],
        security=security,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )

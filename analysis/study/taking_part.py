"""How people take part: joining, what they may tell of themselves, where there is help, leaving."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from analysis.study.values import LANGUAGE_PATTERN, Requirements, repeated

NEUTRAL_SITE = "https://www.bbc.co.uk/weather"
_SECURE_ADDRESS = re.compile(r"https://[^\s/$.?#][^\s\"'<>]*")
_HOST = re.compile(r"[A-Za-z0-9.-]+")
_ADDRESS_EXPECTED = (
    "an address that begins with https:// and a host in ASCII letters (others as punycode, xn--...), "
    "with a port of at most 65535 if any"
)


class ProfileKind(StrEnum):
    """How a question about oneself is answered."""

    CHOICE = "choice"
    SEVERAL = "several"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class ProfileQuestion:
    """A question that one may answer about oneself, or leave. `choices` unless the answer is text."""

    code: str
    question: str
    kind: ProfileKind = ProfileKind.CHOICE
    choices: tuple[str, ...] = ()
    hint: str = ""

    def __post_init__(self) -> None:
        with Requirements() as require:
            require.code(self.code)
            require(bool(self.question.strip()), "question", self.question, "the question in words")
            is_text = self.kind is ProfileKind.TEXT
            fits = not self.choices if is_text else len(self.choices) >= 2
            wanted = "no choices where the answer is text" if is_text else "at least two choices"
            require(fits, "choices", self.choices, wanted)
            twice = repeated(self.choices)
            require(not twice, "choices", twice, "each choice only once")


@dataclass(frozen=True, slots=True)
class SupportLine:
    """Somewhere to turn to: `contact` is a telephone number or an address, `languages` those spoken there."""

    name: str
    contact: str
    country: str = ""
    languages: tuple[str, ...] = ()
    hours: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        with Requirements() as require:
            require(bool(self.name.strip()), "name", self.name, "who helps")
            require(bool(self.contact.strip()), "contact", self.contact, "how to reach them")
            for language in self.languages:
                named = LANGUAGE_PATTERN.fullmatch(language) is not None
                require(named, "languages", language, "languages by their codes, such as en or pt-BR")
            secure = not self.url or _is_secure_address(self.url)
            require(secure, "url", self.url, _ADDRESS_EXPECTED)


@dataclass(frozen=True, slots=True)
class Joining:
    """Whether a study has a link that anybody may join by, and whether the team confirms the group named."""

    open_link: bool = False
    confirm_groups: bool = True


@dataclass(frozen=True, slots=True)
class Leaving:
    """Where "Exit this page" leads, and until which day (ISO 8601) one may take out one's answers.

    `removable_until` "": as long as the round that one answered in is open.
    """

    exit_to: str = NEUTRAL_SITE
    removable_until: str = ""

    def __post_init__(self) -> None:
        with Requirements() as require:
            require(_is_secure_address(self.exit_to), "exit_to", self.exit_to, _ADDRESS_EXPECTED)
            is_day = not self.removable_until or self.last_day_to_remove is not None
            require(is_day, "removable_until", self.removable_until, "a day such as 2026-03-31")

    @property
    def last_day_to_remove(self) -> date | None:
        """The day as a date, None where the protocol names none."""
        try:
            return date.fromisoformat(self.removable_until)
        except ValueError:
            return None


def _is_secure_address(address: str) -> bool:
    """Whether a browser can go there, and Python can tell the host."""
    if _SECURE_ADDRESS.fullmatch(address) is None:
        return False
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port  # the port is read: it raises where it is none
    except ValueError:
        return False
    return host is not None and _HOST.fullmatch(host) is not None

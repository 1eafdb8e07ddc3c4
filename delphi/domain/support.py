"""Where there is help, in the order in which a reader looks for it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.study.taking_part import SupportLine

_TELEPHONE = re.compile(r"\+?[0-9][0-9 ()./-]{1,}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryHelp:
    """Everywhere to turn to in a country; "" where no country is named."""

    country: str
    lines: tuple[SupportLine, ...]


def help_by_country(lines: Sequence[SupportLine], *, language: str) -> tuple[CountryHelp, ...]:
    """The lines by country; first those in the reader's language, and the countries that have such.

    Otherwise in the protocol's order. A region is left aside: pt-BR is spoken to who reads pt.
    """
    ordered = sorted(lines, key=lambda line: not _speaks(line, language))
    countries = dict.fromkeys(line.country for line in ordered)
    return tuple(
        CountryHelp(country=country, lines=tuple(line for line in ordered if line.country == country))
        for country in countries
    )


def without_repeats(lines: Iterable[SupportLine]) -> tuple[SupportLine, ...]:
    """The lines, of those with the same contact in the same country only the first."""
    first: dict[tuple[str, str], SupportLine] = {}
    for line in lines:
        contact = address_of(line.contact) or _plain(line.contact)
        first.setdefault((_plain(line.country), contact), line)
    return tuple(first.values())


def address_of(contact: str) -> str | None:
    """The address that a telephone number or an e-mail address is called by, None for anything else."""
    if _TELEPHONE.fullmatch(contact.strip()):
        return "tel:" + re.sub(r"[^+0-9]", "", contact)
    return f"mailto:{contact.strip()}" if _EMAIL.fullmatch(contact.strip()) else None


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _speaks(line: SupportLine, language: str) -> bool:
    return language in {code.partition("-")[0].lower() for code in line.languages}

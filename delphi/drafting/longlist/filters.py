"""Which lines of a longlist a page shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from delphi.domain.longlist import Entry

LEFT, JOINED, DROPPED, ALL = "left", "joined", "dropped", "all"
SHOWN = {
    LEFT: "All that are left",
    JOINED: "Left, joined of several",
    DROPPED: "Dropped",
    ALL: "Everything",
}
ANY_AREA, NO_AREA = "", "-"
LINES_ON_A_PAGE = 100
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is asked for. `area`: "" for all, "-" for lines without one. `least`: the fewest sources."""

    words: str = ""
    area: str = ANY_AREA
    show: str = LEFT
    least: int = 0
    page: int = 1

    @property
    def as_query(self) -> dict[str, str | int]:
        """The same as parts of an address; what is usual is left out."""
        names = {"q": "words", "area": "area", "show": "show", "least": "least", "page": "page"}
        usual = Filters()
        values = {short: getattr(self, name) for short, name in names.items()}
        return {short: value for short, value in values.items() if value != getattr(usual, names[short])}

    @property
    def without_page(self) -> dict[str, str | int]:
        """The same from its first page."""
        return {name: value for name, value in self.as_query.items() if name != "page"}


def filters_in(sent: Mapping[str, str]) -> Filters:
    """What an address or a form asks for; what cannot be is taken as not asked."""
    show = sent.get("show", LEFT)
    return Filters(
        words=" ".join(sent.get("q", "")[:_LONGEST].split()),
        area=sent.get("area", ANY_AREA)[:_LONGEST],
        show=show if show in SHOWN else LEFT,
        least=number_in(sent.get("least", "")),
        page=max(1, number_in(sent.get("page", ""))),
    )


def number_in(text: str) -> int:
    """The whole number in a text, 0 where there is none."""
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 7 else 0


def filtered(entries: Iterable[Entry], filters: Filters) -> tuple[Entry, ...]:
    """The lines that fit."""
    return tuple(entry for entry in entries if _fits(entry, filters))


def _fits(entry: Entry, filters: Filters) -> bool:
    is_left = entry.dropped is None
    fits_show = {
        LEFT: is_left,
        JOINED: is_left and entry.is_joined,
        DROPPED: not is_left,
        ALL: True,
    }[filters.show]
    fits_area = filters.area == ANY_AREA or entry.area == ("" if filters.area == NO_AREA else filters.area)
    fits_least = not filters.least or len(entry.sources) >= filters.least
    return fits_show and fits_area and fits_least and _has_words(entry, filters.words.casefold())


def _has_words(entry: Entry, words: str) -> bool:
    if not words:
        return True
    texts = (entry.name, *(each.name for each in entry.reported))
    return any(words in text.casefold() for text in texts)

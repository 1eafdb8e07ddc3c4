"""What there is to translate in a study: every text that a panellist may read, in parts, with a name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.study.protocol import Protocol
from analysis.study.records import Outcome
from analysis.study.translation import texts_of
from delphi.domain.receipt import sha256_of

OUTCOMES = "outcomes"
LABEL, DESCRIPTOR, PLAIN = "label", "descriptor", "plain"
LONGEST_LABEL, LONGEST_TEXT = 300, 20_000
FIELD_DIGITS = 16  # hexadecimal: no two texts of a study will ever share a field
PARTS = {
    "study": "The study",
    "ethics": "Welcome, consent and thanks",
    "groups": "Groups",
    "rounds": "Rounds",
    "scales": "Scales",
    "profile": "Questions about oneself",
    "support": "Help lines",
    "domains": "Areas",
    OUTCOMES: "Outcomes",
}
_NAMES = {
    "title": "title",
    "question": "question",
    "note": "note",
    "welcome": "welcome",
    "consent": "consent",
    "comment_readers": "who reads comments",
    "private_readers": "who reads private messages",
    "team_contact": "how to reach the team",
    "thanks": "thanks",
    "label": "name",
    "one": "one person of it",
    "description": "description",
    "words": "word for",
    "cannot_say": "words for no score",
    "choices": "choice",
    "hint": "hint",
    "name": "name",
    "country": "country",
    "hours": "hours",
}
_PIECES = {LABEL: "Name", DESCRIPTOR: "What it means", PLAIN: "In plainer words"}
_KINDS = frozenset({"criteria", "ballots", "boxes"})  # in a key, before the code of one of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One text in the study's first language; `name` tells it from the others of its item."""

    key: str
    name: str
    source: str
    longest: int = LONGEST_TEXT

    @property
    def is_one_line(self) -> bool:
        """Whether it has no line ends; then its translation has none."""
        return "\n" not in self.source.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What is translated, saved and checked as one: a text of the protocol, or all texts of an outcome."""

    key: str
    part: str
    name: str
    pieces: tuple[Piece, ...]

    @property
    def field(self) -> str:
        """The beginning of its fields' names; a key may hold blanks."""
        return f"text-{sha256_of(self.key)[:FIELD_DIGITS]}"


def items_of(protocol: Protocol, *, outcomes: Iterable[Outcome]) -> tuple[Item, ...]:
    """Return everything that can be translated, as the protocol and the table of outcomes have it."""
    outcomes = tuple(outcomes)
    domains = tuple(dict.fromkeys(outcome.domain for outcome in outcomes))
    whose = {f"groups.{group.code}": group.label for group in protocol.groups}
    whose |= {f"rounds.{round_.code}": round_.label for round_ in protocol.rounds}
    texts = texts_of(protocol, domains=domains)
    items = [_text(key, text, domains=domains, whose=whose) for key, text in texts.items()]
    order = list(PARTS)
    items.sort(key=lambda item: order.index(item.part))
    return (*items, *map(_outcome, outcomes))


def _text(key: str, text: str, *, domains: tuple[str, ...], whose: Mapping[str, str]) -> Item:
    part, _, rest = key.partition(".")
    name = _name_of_domain(rest, domains) if part == "domains" else _name(part, rest.split("."), whose)
    piece = Piece(key=key, name=name, source=text)
    return Item(key=key, part=part, name=name, pieces=(piece,))


def _name_of_domain(rest: str, domains: tuple[str, ...]) -> str:
    return f"{rest}: name" if rest in domains else f"{rest.removesuffix('.note')}: note"


def _name(part: str, segments: list[str], whose: Mapping[str, str]) -> str:
    """Such as "Round 1, inclusion: question", from the rest of a key."""
    number = segments.pop() if segments[-1] not in _NAMES else ""
    what = " ".join(filter(None, (_NAMES.get(segments[-1], segments[-1]), number)))
    owners = [whose.get(f"{part}.{each}", each) for each in segments[:-1] if each not in _KINDS]
    return f"{', '.join(owners)}: {what}" if owners else what.capitalize()


def _outcome(outcome: Outcome) -> Item:
    key = f"{OUTCOMES}.{outcome.code}"
    texts = {LABEL: outcome.label, DESCRIPTOR: outcome.descriptor, PLAIN: outcome.plain}
    pieces = tuple(
        Piece(
            key=f"{key}.{field}",
            name=_PIECES[field],
            source=text,
            longest=LONGEST_LABEL if field == LABEL else LONGEST_TEXT,
        )
        for field, text in texts.items()
        if text.strip()
    )
    return Item(key=key, part=OUTCOMES, name=outcome.label, pieces=pieces)

"""Translations as values: what is held of an item, what somebody gives for it, and what comes of both."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from analysis.study.records import TranslationState
from delphi.dataset.translations import texts_of_study, wordings_of
from delphi.domain.receipt import sha256_of
from delphi.translating.texts import DESCRIPTOR, LABEL, OUTCOMES, PLAIN, Item, Piece


class State(StrEnum):
    """How far an item is translated; missing: something of it is shown in the study's first language."""

    MISSING = "missing"
    DRAFT = "draft"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The texts of an item by the key of their piece; no text is "" here. `is_checked` is for all of it."""

    texts: Mapping[str, str]
    is_checked: bool = False

    @property
    def fingerprint(self) -> str:
        """Tells one from another without its words; blanks and line ends do not count."""
        words = [f"{key} {' '.join(text.split())}" for key, text in sorted(self.texts.items())]
        return sha256_of("\n".join((str(self.is_checked and bool(words)), *words)))

    def of(self, piece: Piece) -> str:
        """The text of a piece, "" where there is none."""
        return self.texts.get(piece.key, "")

    def state(self, item: Item) -> State:
        """How far it translates an item."""
        if not all(self.of(piece) for piece in item.pieces):
            return State.MISSING
        return State.CHECKED if self.is_checked else State.DRAFT


NOTHING = Translation(texts={})
Translations = Mapping[str, Translation]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody gives for an item; `seen`: the fingerprint of what was held when they began."""

    item: Item
    translation: Translation
    seen: str

    def changes(self, held: Translation) -> bool:
        """Whether it is another than what is held, and than what they had before them."""
        return self.translation.fingerprint not in (held.fingerprint, self.seen)

    def is_late(self, held: Translation) -> bool:
        """Whether somebody else has changed it since."""
        return self.changes(held) and self.seen != held.fingerprint


def held_in(
    study_id: int, *, language: str, languages: tuple[str, ...], items: Iterable[Item]
) -> Translations:
    """Return what a study has of these items in a language, by the key of the item."""
    known = {piece.key: item.key for item in items for piece in item.pieces}
    held: dict[str, dict[str, str]] = {}
    checked: set[str] = set()
    for key, text, state in _held_texts(study_id, language=language, languages=languages):
        if text and key in known:
            held.setdefault(known[key], {})[key] = text
            checked |= {known[key]} if state is TranslationState.CHECKED else set()
    return {key: Translation(texts=texts, is_checked=key in checked) for key, texts in held.items()}


def _held_texts(
    study_id: int, *, language: str, languages: tuple[str, ...]
) -> Iterator[tuple[str, str, TranslationState]]:
    for text in texts_of_study(study_id, languages=languages):
        if text.language == language:
            yield text.key, text.text, text.state
    for wording in wordings_of(study_id, languages=languages):
        if wording.language == language:
            for field in (LABEL, DESCRIPTOR, PLAIN):
                yield f"{OUTCOMES}.{wording.code}.{field}", getattr(wording, field), wording.state


def tidied(text: str, piece: Piece) -> str:
    """A text as it is kept: no space around, no character that a database refuses, lines as in its source."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c == "\n" or c.isprintable() or ord(c) >= 0xA0 or c == "\t").strip()
    kept = kept.encode("utf-8", "ignore").decode("utf-8")
    return " ".join(kept.split()) if piece.is_one_line else kept


def too_long(text: str, piece: Piece) -> str:
    """What is wrong with a text's length, "" where it is right."""
    if len(text) <= piece.longest:
        return ""
    return f"Write {piece.longest:,} characters or fewer. You have {len(text):,}."

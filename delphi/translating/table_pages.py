"""What the page of the translators' table shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from delphi.dataset.sheet import SheetFault
from delphi.translating.held import NOTHING, Given, Translations
from delphi.translating.queries import Frame, StudyTexts, frame_of
from delphi.web.language import StudyLanguage, language_of_study


@dataclass(frozen=True, slots=True, kw_only=True)
class LateText:
    """A text that somebody else changed after the table was downloaded. `seen`: what stands there now."""

    field: str
    row: int
    name: str
    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePage:
    """The table of a language: to download, to send back, and why it was not taken."""

    frame: Frame
    language: StudyLanguage
    faults: tuple[SheetFault, ...]
    late: tuple[LateText, ...]


def table_page(
    texts: StudyTexts,
    *,
    language: str,
    faults: tuple[SheetFault, ...] = (),
    late: tuple[LateText, ...] = (),
) -> TablePage:
    """Return the page of a language's table."""
    return TablePage(frame=frame_of(texts), language=language_of_study(language), faults=faults, late=late)


def late_texts(
    late: tuple[Given, ...], *, held: Translations, rows: Mapping[str, int]
) -> tuple[LateText, ...]:
    """Return both versions of each text that somebody else changed."""
    found = []
    for each in late:
        now = held.get(each.item.key, NOTHING)
        pieces = [piece for piece in each.item.pieces if now.of(piece) != each.translation.of(piece)]
        found.append(
            LateText(
                field=f"{each.item.field}-seen",
                row=rows[each.item.key],
                name=each.item.name,
                theirs=tuple(now.of(piece) for piece in pieces),
                ours=tuple(each.translation.of(piece) for piece in pieces),
                seen=now.fingerprint,
            )
        )
    return tuple(found)

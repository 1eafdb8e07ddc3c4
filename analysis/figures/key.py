"""The key of a figure: samples with their words, in as many lines as they take."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.figures.drawing import Sheet
from analysis.figures.lettering import LINE_PITCH, width_of, wrapped
from analysis.figures.palette import BLANK, INK, RULE, Fill
from analysis.figures.paper import MARGIN, RIGHT

KEY_PITCH = 14.0
_PADDING = KEY_PITCH - LINE_PITCH
_SWATCH = 14.0
_SWATCH_HEIGHT = 9.0
_GAP = 5.0
_BETWEEN = 16.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One sample and its words: an area with a letter in it, or a mark (see `Sheet.marks`) on a line."""

    words: str
    fill: Fill | None = None
    letter: str = ""
    outlined: bool = False
    marker: str = ""
    size: float = 5.0
    hollow: bool = False
    thick: float = 1.0
    colour: str = INK
    line: bool = False
    line_width: float = 1.2
    dashes: tuple[float, ...] = ()


def key_height(entries: Sequence[Entry]) -> float:
    """Return how much height the key takes."""
    places = _places(entries)
    return places[-1].y + len(places[-1].lines) * LINE_PITCH + _PADDING if places else 0.0


def draw_key(sheet: Sheet, top: float, entries: Sequence[Entry]) -> None:
    """Draw the key with its upper edge at `top`."""
    for entry, place in zip(entries, _places(entries), strict=True):
        y = top + place.y + KEY_PITCH / 2
        _draw_sample(sheet, entry, place.x, y)
        middle = y + (len(place.lines) - 1) * LINE_PITCH / 2
        sheet.paragraph(place.x + _sample_width(entry), middle, place.lines)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entry begins, below the upper edge of the key, and the lines of its words."""

    x: float
    y: float
    lines: tuple[str, ...]


def _places(entries: Sequence[Entry]) -> list[_Place]:
    """Put one entry after the other; one that does not fit on begins a line."""
    places: list[_Place] = []
    x, y = MARGIN, 0.0
    for entry in entries:
        before = _sample_width(entry)
        lines = wrapped(entry.words, RIGHT - MARGIN - before)
        width = before + max(map(width_of, lines))
        if places and x + width > RIGHT:
            x, y = MARGIN, y + len(places[-1].lines) * LINE_PITCH + _PADDING
        places.append(_Place(x, y, lines))
        x += width + _BETWEEN
    return places


def _sample_width(entry: Entry) -> float:
    return _SWATCH + _GAP if entry.fill or entry.marker or entry.line else 0.0


def _draw_sample(sheet: Sheet, entry: Entry, x: float, y: float) -> None:
    if entry.fill:
        box = (x, y - _SWATCH_HEIGHT / 2, x + _SWATCH, y + _SWATCH_HEIGHT / 2)
        sheet.box(
            box, entry.fill, edge=INK if entry.outlined else RULE, edge_width=1.6 if entry.outlined else 0.5
        )
    if entry.line:
        sheet.line(
            [(x, y), (x + _SWATCH, y)], colour=entry.colour, width=entry.line_width, dashes=entry.dashes
        )
    if entry.marker:
        centre = [(x + _SWATCH / 2, y)]
        sheet.marks(
            centre,
            marker=entry.marker,
            size=entry.size,
            hollow=entry.hollow,
            colour=entry.colour,
            edge_width=entry.thick,
        )
    if entry.letter and entry.fill:
        draw_letter(sheet, x + _SWATCH / 2, y, entry.letter, entry.fill)


def draw_letter(sheet: Sheet, x: float, y: float, letter: str, fill: Fill) -> None:
    """Write a letter on an area; a hatch leaves room for it."""
    if fill.hatch:
        sheet.boxes([(x - 4, y - 4, x + 4, y + 4)], BLANK, order=1.6)
    sheet.write(x, y, letter, align="center", bold=True, colour=fill.ink)

"""How wide words are on paper, and where their lines break."""

import re
from functools import lru_cache
from itertools import pairwise

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags

# It comes with Matplotlib, so that a figure is the same everywhere, and it has accents, Greek and Cyrillic.
FAMILY = "DejaVu Sans"
TEXT_SIZE = 8.0
TITLE_SIZE = 10.5
LINE_PITCH = 10.0
TITLE_PITCH = 13.5
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f]+")
_UNITS = 1000.0


def printable(text: str) -> str:
    """Return `text` as one line: control characters and runs of blanks become one blank."""
    return _CONTROL.sub(" ", text).strip()


def width_of(text: str, *, size: float = TEXT_SIZE, bold: bool = False) -> float:
    """Return how wide `text` is in points: the sum of its letters, without kerning."""
    return sum(_advance(letter, bold) for letter in text) * size


def wrapped(
    text: str, width: float, *, indent: float = 0.0, size: float = TEXT_SIZE, bold: bool = False
) -> tuple[str, ...]:
    """Break `text` into lines at most `width` points wide; the first has `indent` points less.

    A word wider than a line is broken between letters. Nothing is left out; no text gives one empty line.
    """
    lines: list[str] = []
    line, room = "", width - indent
    for word in printable(text).split(" "):
        longer = f"{line} {word}" if line else word
        if width_of(longer, size=size, bold=bold) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
            room = width
        *full, line = _broken(word, room, size, bold)
        lines.extend(full)
    return (*lines, line)


def _broken(word: str, width: float, size: float, bold: bool) -> list[str]:
    """Cut a word into pieces that fit; at least one letter a piece."""
    cuts, length = [0], 0.0
    for at, letter in enumerate(word):
        advance = _advance(letter, bold) * size
        if length + advance > width and at > cuts[-1]:
            cuts.append(at)
            length = 0.0
        length += advance
    return [word[start:end] for start, end in pairwise([*cuts, len(word)])]


@lru_cache(maxsize=4096)
def _advance(letter: str, bold: bool) -> float:
    """How far a letter moves the pen at size 1; a letter that the font lacks is taken to be square."""
    font = get_font(findfont(FontProperties(family=[FAMILY], weight="bold" if bold else "normal")))
    index = font.get_char_index(ord(letter))
    if not index:
        return 1.0
    font.set_size(_UNITS, 72)
    return font.load_glyph(index, flags=LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / _UNITS

"""Where the words of a caption stand."""

from dataclasses import dataclass

from analysis.figures.lettering import (
    LINE_PITCH,
    TEXT_SIZE,
    TITLE_PITCH,
    TITLE_SIZE,
    printable,
    width_of,
    wrapped,
)
from analysis.figures.paper import MARGIN, RIGHT, Box

_GAP = 12.0
_INSET = 6.0
_RUN_IN_GAP = 5.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words; `y` is the middle of its letters."""

    x: float
    y: float
    text: str
    bold: bool = False
    size: float = TEXT_SIZE


@dataclass(frozen=True, slots=True)
class Block:
    """Lines, the frame around those that say that data are synthetic, and where what follows begins."""

    lines: tuple[Line, ...]
    end: float
    frame: Box | None = None


def head_block(*, title: str, n: str, synthetic: str) -> Block:
    """Lay out what stands above a figure."""
    lines: list[Line] = []
    frame = None
    y = MARGIN + TITLE_PITCH / 2
    for text in wrapped(title, RIGHT - MARGIN, size=TITLE_SIZE, bold=True):
        lines.append(Line(MARGIN, y, text, bold=True, size=TITLE_SIZE))
        y += TITLE_PITCH
    for text in wrapped(n, RIGHT - MARGIN):
        lines.append(Line(MARGIN, y, text))
        y += LINE_PITCH
    if printable(synthetic):
        marked = _run_in("Synthetic", synthetic, y + 6, inset=_INSET)
        frame = (MARGIN, marked[0].y - 8, RIGHT, marked[-1].y + 8)
        lines.extend(marked)
        y = marked[-1].y + LINE_PITCH + 5
    return Block(tuple(lines), y + _GAP - LINE_PITCH, frame)


def foot_block(top: float, *, rule: str, note: str) -> Block:
    """Lay out what stands below a figure that ends at `top`."""
    lines: list[Line] = []
    y = top + _GAP
    for name, text in (("Rule", rule), ("Note", note)):
        if printable(text):
            lines.extend(_run_in(name, text, y))
            y = lines[-1].y + LINE_PITCH + 2
    return Block(tuple(lines), lines[-1].y + LINE_PITCH / 2 + 1)


def _run_in(name: str, text: str, y: float, *, inset: float = 0.0) -> list[Line]:
    """A bold word, and the text that begins on its line; `y` is the middle of the first."""
    indent = width_of(name, bold=True) + _RUN_IN_GAP
    left = MARGIN + inset
    texts = wrapped(text, RIGHT - left - inset, indent=indent)
    lines = [Line(left if at else left + indent, y + at * LINE_PITCH, part) for at, part in enumerate(texts)]
    return [Line(left, y, name, bold=True), *lines]

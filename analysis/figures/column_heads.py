"""Heads of narrow columns: level where their words fit, else upright."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import count

from analysis.figures.drawing import Sheet
from analysis.figures.lettering import LINE_PITCH, width_of, wrapped

_MOST_LEVEL_LINES = 5
_SHORTEST_UPRIGHT = 60


@dataclass(frozen=True, slots=True)
class Heads:
    """Names broken into lines; `bold`: which of them."""

    lines: tuple[tuple[str, ...], ...]
    bold: frozenset[int]
    are_upright: bool
    height: float

    @classmethod
    def of(cls, names: Sequence[str], *, width: float, bold: Collection[int]) -> "Heads":
        """Break the names so that each stands within a column `width` points wide."""
        level = tuple(wrapped(name, width, bold=at in bold) for at, name in enumerate(names))
        widest_word = max(
            width_of(word, bold=at in bold) for at, name in enumerate(names) for word in name.split()
        )
        if widest_word <= width and max(map(len, level)) <= _MOST_LEVEL_LINES:
            return cls(level, frozenset(bold), False, max(map(len, level)) * LINE_PITCH)
        upright = _upright(names, max(int(width / LINE_PITCH), 1), bold)
        longest = max(width_of(line, bold=at in bold) for at, head in enumerate(upright) for line in head)
        return cls(upright, frozenset(bold), True, longest)

    def draw(self, sheet: Sheet, middles: Sequence[float], bottom: float) -> None:
        """Write each above `bottom`, with its middle at one of `middles`."""
        for at, (x, lines) in enumerate(zip(middles, self.lines, strict=True)):
            if self.are_upright:
                sheet.upright(x, bottom, lines, bold=at in self.bold)
            else:
                y = bottom - len(lines) * LINE_PITCH / 2
                sheet.paragraph(x, y, lines, align="center", bold=at in self.bold)


def _upright(names: Sequence[str], most_lines: int, bold: Collection[int]) -> tuple[tuple[str, ...], ...]:
    """The shortest lines of which no more than `most_lines` are needed."""
    for length in count(_SHORTEST_UPRIGHT, 10):
        lines = tuple(wrapped(name, length, bold=at in bold) for at, name in enumerate(names))
        if max(map(len, lines)) <= most_lines:
            break
    return lines

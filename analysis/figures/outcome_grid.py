"""Outcomes as rows with their names at the left, and columns beside them: the ground of most figures."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from analysis.figures.drawing import Sheet
from analysis.figures.lettering import LINE_PITCH, width_of, wrapped
from analysis.figures.palette import BLANK, HAIRLINE, RULE, SOFT_INK
from analysis.figures.paper import MARGIN, RIGHT

MOST_COLUMNS = 4
_ROW_PADDING = 4.5
_COLUMN_GAP = 12.0
_HEAD_PADDING = 4.0
_AXIS = 16.0  # the words under the rows
_AXIS_ABOVE = 11.0
_TALL = 440.0


@dataclass(frozen=True, slots=True)
class Span:
    """From left to right, or from top to bottom, in points."""

    start: float
    end: float

    @property
    def middle(self) -> float:
        """Half-way."""
        return (self.start + self.end) / 2

    @property
    def length(self) -> float:
        """How long it is."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows for outcomes and columns beside them. A long name takes several lines, and its row grows."""

    labels: tuple[tuple[str, ...], ...]
    heads: tuple[tuple[str, ...], ...]
    columns: tuple[Span, ...]
    heights: tuple[float, ...]
    has_axis: bool
    headings: frozenset[int]

    @classmethod
    def of(
        cls,
        outcomes: Sequence[str],
        *,
        heads: Sequence[str],
        label_width: float,
        has_axis: bool = True,
        lines: Sequence[int] = (),
        beside: Sequence[Sequence[str]] = (),
        headings: Collection[int] = (),
    ) -> "Grid":
        """Lay out a grid; rows that are `headings` are bold and have nothing beside them.

        `lines`: how many lines of words each row has room for at least; `beside`: words of each row that
        have to fit into a column.
        """
        left = MARGIN + label_width + _COLUMN_GAP
        pitch = (RIGHT - left + _COLUMN_GAP) / len(heads)
        columns = [Span(left + at * pitch, left + (at + 1) * pitch - _COLUMN_GAP) for at in range(len(heads))]
        labels = tuple(
            wrapped(outcome, label_width, bold=at in headings) for at, outcome in enumerate(outcomes)
        )
        needed = [max(len(label), *lines[at : at + 1], 1) for at, label in enumerate(labels)]
        for at, row in enumerate(beside):
            needed[at] = max(needed[at], *(len(wrapped(words, columns[0].length)) for words in row), 1)
        return cls(
            labels=labels,
            heads=tuple(wrapped(head, columns[0].length, bold=True) if head else () for head in heads),
            columns=tuple(columns),
            heights=tuple(number * LINE_PITCH + _ROW_PADDING for number in needed),
            has_axis=has_axis,
            headings=frozenset(headings),
        )

    @property
    def head_height(self) -> float:
        """What stands above the rows takes."""
        lines = max(map(len, self.heads), default=0)
        heads = lines * LINE_PITCH + _HEAD_PADDING if lines else 0.0
        return heads + (_AXIS_ABOVE if self.has_axis and self._is_tall else 0.0)

    @property
    def height(self) -> float:
        """What heads, rows and axis take together."""
        lines = max(map(len, self.heads), default=0) if self._is_tall else 0
        below = lines * LINE_PITCH + (_HEAD_PADDING if lines else 0.0)
        return self.head_height + sum(self.heights) + (_AXIS if self.has_axis else 0.0) + below

    @property
    def _is_tall(self) -> bool:
        """Whether it has its heads and the words of its axis at both ends."""
        return sum(self.heights) > _TALL

    def draw(self, sheet: Sheet, top: float) -> tuple[Span, ...]:
        """Draw heads, names and hairlines between the rows; return where the rows are."""
        edges = list(accumulate(self.heights, initial=top + self.head_height))
        rows = tuple(Span(start, end) for start, end in pairwise(edges))
        for at, (label, row) in enumerate(zip(self.labels, rows, strict=True)):
            sheet.line([(MARGIN, row.start), (RIGHT, row.start)], colour=HAIRLINE, width=0.5, order=0.5)
            sheet.paragraph(MARGIN, row.middle, label, bold=at in self.headings)
        for edge in (edges[0], edges[-1]):
            sheet.line([(MARGIN, edge), (RIGHT, edge)], colour=RULE, width=0.6, order=0.6)
        self._draw_heads(sheet, rows)
        return rows

    def _draw_heads(self, sheet: Sheet, rows: Sequence[Span]) -> None:
        above = rows[0].start - _HEAD_PADDING
        below = rows[-1].end + _HEAD_PADDING
        if self.has_axis:
            above -= _AXIS_ABOVE if self._is_tall else 0.0
            below += _AXIS
        for head, column in zip(self.heads, self.columns, strict=True):
            half = len(head) * LINE_PITCH / 2
            sheet.paragraph(column.start, above - half, head, bold=True)
            if self._is_tall:
                sheet.paragraph(column.start, below + half, head, bold=True)


def in_blocks(number: int, *, most: int = MOST_COLUMNS) -> tuple[range, ...]:
    """Split `number` columns into blocks of at most `most`, as equal as can be; the first are the larger."""
    blocks = -(-number // most)
    sizes = [number // blocks + (at < number % blocks) for at in range(blocks)]
    return tuple(range(start, end) for start, end in pairwise(accumulate(sizes, initial=0)))


def label_width(columns: int) -> float:
    """Return how wide the names may be beside so many columns."""
    return 126.0 if columns > 2 else 160.0


def draw_ticks(sheet: Sheet, ticks: Sequence[tuple[float, str]], rows: Sequence[Span]) -> None:
    """Draw a faint line through all rows at each x, with its words below, and above too in a tall grid."""
    top, bottom = rows[0].start, rows[-1].end
    for x, words in ticks:
        sheet.line([(x, top), (x, bottom + 3)], colour=HAIRLINE, width=0.6, order=0.7)
        sheet.write(x, bottom + 10, words, align="center", colour=SOFT_INK)
        if bottom - top > _TALL:
            sheet.write(x, top - 7, words, align="center", colour=SOFT_INK)


def draw_hidden(sheet: Sheet, column: Span, row: Span, words: str) -> None:
    """Say, in place of a figure, that it is hidden."""
    blank = (column.start - 2, row.start + 0.4, column.end + 2, row.end - 0.4)
    sheet.boxes([blank], BLANK, order=2.2)
    sheet.paragraph(column.start, row.middle, wrapped(words, column.length), colour=SOFT_INK)


def widest(words: Sequence[str], *, bold: bool = False) -> float:
    """Return the width of the widest of `words`."""
    return max((width_of(one, bold=bold) for one in words), default=0.0)

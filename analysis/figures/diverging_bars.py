"""How each group answered each outcome: bars that part at the middle of the scale."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from matplotlib.figure import Figure

from analysis.figures.drawing import Caption, Sheet
from analysis.figures.hidden import WITHHELD, too_few, withheld_entry
from analysis.figures.key import Entry, draw_key, key_height
from analysis.figures.outcome_grid import (
    Grid,
    Span,
    draw_hidden,
    draw_ticks,
    in_blocks,
    label_width,
    widest,
)
from analysis.figures.palette import INK, OUTLINE, Fill, diverging_fills
from analysis.figures.paper import Box

_BAR = 9.0
_BLOCK_GAP = 10.0
_SIDE_GAP = 5.0
_ROOM_FOR_A_MIDDLE_TICK = 56.0


@dataclass(frozen=True, slots=True)
class OutcomeAnswers:
    """The answers to one outcome: for each group the number in each category; None: withheld."""

    outcome: str
    counts: tuple[tuple[int, ...] | None, ...]


@dataclass(frozen=True, slots=True)
class AnswersByGroup:
    """What `diverging_bars` draws; ValueError where the parts do not fit.

    `categories`: boxes or points of the scale, lowest first; `below` and `above` of them are on the
    lower and on the upper side, the others are the middle. `k_counts`: what those above say, in words
    ("rated it 7 to 9"). A group with fewer answers than `minimum` is hidden, and so is their number; None
    hides one without saying whether it is small or protects a small one.
    """

    outcomes: tuple[OutcomeAnswers, ...]
    groups: tuple[str, ...]
    categories: tuple[str, ...]
    below: int
    above: int
    k_counts: str
    minimum: int

    def __post_init__(self) -> None:
        if not self.outcomes:
            raise ValueError("outcomes: there is none to draw")
        if not self.groups:
            raise ValueError("groups: there is none to draw")
        if min(self.below, self.above) < 0 or not 0 < self.below + self.above <= len(self.categories):
            raise ValueError(
                f"below: {self.below} and above: {self.above} of {len(self.categories)} categories"
            )
        for answers in self.outcomes:
            if len(answers.counts) != len(self.groups):
                raise ValueError(f"outcomes: {answers.outcome!r} has not one entry for each group")
            known = [counts for counts in answers.counts if counts is not None]
            if any(len(counts) != len(self.categories) or min(counts) < 0 for counts in known):
                raise ValueError(f"outcomes: {answers.outcome!r} has not one number for each category")

    def cells(self, groups: Sequence[int]) -> "list[list[_Answers | str]]":
        """Return the answers of each outcome and group; words where they are hidden."""
        return [[self._cell(one.counts[group]) for group in groups] for one in self.outcomes]

    def _cell(self, counts: tuple[int, ...] | None) -> "_Answers | str":
        if counts is None:
            return WITHHELD
        if 0 < sum(counts) < self.minimum:
            return too_few(self.minimum)
        return _Answers(counts, self.below, self.above)


@dataclass(frozen=True, slots=True)
class _Answers:
    counts: tuple[int, ...]
    below: int
    above: int

    @property
    def n(self) -> int:
        return sum(self.counts)

    @property
    def words(self) -> str:
        return f"{sum(self.counts[len(self.counts) - self.above :])}/{self.n}"

    @property
    def share_to_the_left(self) -> float:
        """Everything below, and half of the middle."""
        low = sum(self.counts[: self.below])
        middle = self.n - low - sum(self.counts[len(self.counts) - self.above :])
        return (low + middle / 2) / max(self.n, 1)

    def boxes(self, row: Span, zero: float, unit: float) -> Iterator[tuple[int, Box]]:
        """Return the category and the place of each part of the bar; `unit`: points to the whole."""
        x = zero - self.share_to_the_left * unit
        for at, number in enumerate(self.counts):
            end = x + number / max(self.n, 1) * unit
            if number:
                yield at, (x, row.middle - _BAR / 2, end, row.middle + _BAR / 2)
            x = end


def diverging_bars(answers: AnswersByGroup, *, caption: Caption) -> Figure:
    """Draw how each group answered each outcome, as shares that part at the middle of the scale.

    Parameters
    ----------
    answers : AnswersByGroup
        Counts; outcomes in the order given, groups side by side, at most four in a block.
    caption : Caption

    Returns
    -------
    Figure
        One row an outcome; as high as they need. Beside each bar k/n.

    Notes
    -----
    Every bar is 100 % long; how far it reaches to the right shows agreement. Half of the middle is on each
    side of the line. Missing answers are in no number. Where nobody of a group answered there is no bar.
    """
    middle = len(answers.categories) - answers.below - answers.above
    fills = diverging_fills(answers.below, middle, answers.above)
    key = [Entry(name, fill=fill) for name, fill in zip(answers.categories, fills, strict=True)]
    key.append(Entry(f"k/n: k of n people {answers.k_counts}"))
    if any(None in one.counts for one in answers.outcomes):
        key.append(withheld_entry(answers.minimum))
    blocks = [_Block.of(answers, columns) for columns in in_blocks(len(answers.groups))]
    body = key_height(key) + sum(_BLOCK_GAP + block.grid.height for block in blocks)
    sheet = Sheet(caption, summary=_summary(answers), body=body)
    draw_key(sheet, sheet.top, key)
    top = sheet.top + key_height(key)
    for block in blocks:
        block.draw(sheet, top + _BLOCK_GAP, fills)
        top += _BLOCK_GAP + block.grid.height
    return sheet


@dataclass(frozen=True, slots=True)
class _Block:
    """Some of the groups, side by side. `side`: the width of k/n; `reach`: how far bars go to the left."""

    cells: "list[list[_Answers | str]]"
    grid: Grid
    side: float
    reach: float

    @classmethod
    def of(cls, answers: AnswersByGroup, columns: range) -> "_Block":
        """Lay out the groups at `columns`."""
        cells = answers.cells(columns)
        grid = Grid.of(
            [one.outcome for one in answers.outcomes],
            heads=[answers.groups[at] for at in columns],
            label_width=label_width(len(columns)),
            beside=[[cell for cell in row if isinstance(cell, str)] for row in cells],
        )
        side = widest([cell.words for row in cells for cell in row if isinstance(cell, _Answers)])
        return cls(cells, grid, side, _reach(answers))

    def draw(self, sheet: Sheet, top: float, fills: Sequence[Fill]) -> None:
        """Draw the block with its upper edge at `top`."""
        rows = self.grid.draw(sheet, top)
        for column, cells in zip(self.grid.columns, zip(*self.cells, strict=True), strict=True):
            unit = (column.length - self.side - _SIDE_GAP) / (self.reach + 1)
            zero = column.start + self.reach * unit
            draw_ticks(sheet, _ticks(zero, unit), rows)
            sheet.line([(zero, rows[0].start), (zero, rows[-1].end)], colour=INK, width=0.8)
            parts: list[list[Box]] = [[] for _ in fills]
            for cell, row in zip(cells, rows, strict=True):
                if isinstance(cell, str):
                    draw_hidden(sheet, column, row, cell)
                    continue
                sheet.write(column.end, row.middle, cell.words, align="right")
                for at, box in cell.boxes(row, zero, unit):
                    parts[at].append(box)
            for boxes, fill in zip(parts, fills, strict=True):
                sheet.boxes(boxes, fill, edge=OUTLINE, edge_width=0.4)


def _ticks(zero: float, unit: float) -> list[tuple[float, str]]:
    ends = [(zero, "0"), (zero + unit, "100 %")]
    return [ends[0], (zero + unit / 2, "50"), ends[1]] if unit > _ROOM_FOR_A_MIDDLE_TICK else ends


def _reach(answers: AnswersByGroup) -> float:
    """How far bars go to the left in any group, as a share, rounded up to a twentieth."""
    cells = [cell for row in answers.cells(range(len(answers.groups))) for cell in row]
    lefts = [cell.share_to_the_left for cell in cells if isinstance(cell, _Answers)]
    return ceil(max(lefts, default=0.0) * 20) / 20


def _summary(answers: AnswersByGroup) -> str:
    cells = [cell for row in answers.cells(range(len(answers.groups))) for cell in row]
    hidden = sum(isinstance(cell, str) for cell in cells)
    note = f"; {hidden} bars are hidden, of small groups or to protect them" if hidden else ""
    groups, outcomes = len(answers.groups), len(answers.outcomes)
    return (
        f"Bars for {outcomes} outcomes by {groups} groups, parted at the middle of the scale, and beside "
        f"each the number of people who {answers.k_counts}{note}."
    )

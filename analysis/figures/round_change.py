"""What changed between two rounds: where each group stood before and after, among the same people."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

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
from analysis.figures.palette import MEDIUM, SOFT_INK
from analysis.figures.paper import Point

_BLOCK_GAP = 10.0
_SIDE_GAP = 8.0
_BEFORE, _AFTER = 7.5, 3.4  # a dot within a ring: nothing changed
_ROOM_FOR_A_MIDDLE_TICK = 64.0


@dataclass(frozen=True, slots=True)
class Change:
    """Where a group stood before and after, and how many of it are `paired`; None where nobody is."""

    before: float | None
    after: float | None
    paired: int


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """One outcome; for each group its change, None: withheld."""

    outcome: str
    changes: tuple[Change | None, ...]


@dataclass(frozen=True, slots=True)
class RoundChange:
    """What `round_change` draws; ValueError where the parts do not fit.

    `measure`: what the positions are, in words ("Share who rated it 7 to 9, in %"), from `low` to `high`.
    A group with fewer pairs than `minimum` is hidden, and so is their number; None hides one without saying
    whether it is small or protects a small one.
    """

    outcomes: tuple[OutcomeChange, ...]
    groups: tuple[str, ...]
    rounds: tuple[str, str]
    measure: str
    low: float
    high: float
    minimum: int

    def __post_init__(self) -> None:
        if not self.outcomes:
            raise ValueError("outcomes: there is none to draw")
        if not self.groups:
            raise ValueError("groups: there is none to draw")
        if not self.low < self.high:
            raise ValueError(f"low: {self.low} is not below high, {self.high}")
        for one in self.outcomes:
            if len(one.changes) != len(self.groups):
                raise ValueError(f"outcomes: {one.outcome!r} has not one entry for each group")
            for change in filter(None, one.changes):
                self._check(one.outcome, change)

    def _check(self, outcome: str, change: Change) -> None:
        for value in (change.before, change.after):
            if (value is None) != (change.paired == 0):
                raise ValueError(f"outcomes: {outcome!r} has {change.paired} pairs and the value {value}")
            if value is not None and not (isfinite(value) and self.low <= value <= self.high):
                raise ValueError(f"outcomes: {outcome!r} has {value}, outside {self.low} to {self.high}")

    def cells(self, groups: Sequence[int]) -> list[list[Change | str]]:
        """Return the change of each outcome and group; words where it is hidden."""
        return [[self._cell(one.changes[group]) for group in groups] for one in self.outcomes]

    def _cell(self, change: Change | None) -> Change | str:
        if change is None:
            return WITHHELD
        return too_few(self.minimum) if 0 < change.paired < self.minimum else change


def round_change(changes: RoundChange, *, caption: Caption) -> Figure:
    """Draw where each group stood in two rounds, outcome by outcome, among those who answered in both.

    Parameters
    ----------
    changes : RoundChange
        Shares, medians or means; outcomes in the order given, groups side by side, four in a block.
    caption : Caption

    Returns
    -------
    Figure
        A ring for the first round, a dot for the second, a line between them, and the number of pairs.

    Notes
    -----
    Draw pairs only: with different people in the two rounds a difference is not a change of mind. Where a
    group has no pairs, its place holds the number 0 and nothing else.
    """
    key = [
        Entry(changes.rounds[0], marker="o", size=_BEFORE, hollow=True),
        Entry(changes.rounds[1], marker="o", size=_AFTER),
        Entry(f"{changes.measure}; at the right the number of people in both rounds"),
    ]
    if any(None in one.changes for one in changes.outcomes):
        key.append(withheld_entry(changes.minimum))
    blocks = [_Block.of(changes, columns) for columns in in_blocks(len(changes.groups))]
    body = key_height(key) + sum(_BLOCK_GAP + block.grid.height for block in blocks)
    sheet = Sheet(caption, summary=_summary(changes), body=body)
    draw_key(sheet, sheet.top, key)
    top = sheet.top + key_height(key)
    for block in blocks:
        block.draw(sheet, top + _BLOCK_GAP)
        top += _BLOCK_GAP + block.grid.height
    return sheet


@dataclass(frozen=True, slots=True)
class _Block:
    """Some of the groups, side by side. `side`: the width of the numbers of pairs."""

    changes: RoundChange
    cells: list[list[Change | str]]
    grid: Grid
    side: float

    @classmethod
    def of(cls, changes: RoundChange, columns: range) -> "_Block":
        """Lay out the groups at `columns`."""
        cells = changes.cells(columns)
        grid = Grid.of(
            [one.outcome for one in changes.outcomes],
            heads=[changes.groups[at] for at in columns],
            label_width=label_width(len(columns)),
            beside=[[cell for cell in row if isinstance(cell, str)] for row in cells],
        )
        side = widest([str(cell.paired) for row in cells for cell in row if isinstance(cell, Change)])
        return cls(changes, cells, grid, side)

    def draw(self, sheet: Sheet, top: float) -> None:
        """Draw the block with its upper edge at `top`."""
        rows = self.grid.draw(sheet, top)
        for column, cells in zip(self.grid.columns, zip(*self.cells, strict=True), strict=True):
            axis = Span(column.start + _BEFORE / 2, column.end - self.side - _SIDE_GAP)
            draw_ticks(sheet, self._ticks(axis), rows)
            ends: list[tuple[Point, Point]] = []
            for cell, row in zip(cells, rows, strict=True):
                if isinstance(cell, str):
                    draw_hidden(sheet, column, row, cell)
                    continue
                sheet.write(column.end, row.middle, str(cell.paired), align="right", colour=SOFT_INK)
                if cell.before is not None and cell.after is not None:
                    before, after = self._at(axis, cell.before), self._at(axis, cell.after)
                    ends.append(((before, row.middle), (after, row.middle)))
            _draw_changes(sheet, ends)

    def _at(self, axis: Span, value: float) -> float:
        return axis.start + (value - self.changes.low) / (self.changes.high - self.changes.low) * axis.length

    def _ticks(self, axis: Span) -> list[tuple[float, str]]:
        low, high = self.changes.low, self.changes.high
        ticks = [(axis.start, f"{low:g}"), (axis.end, f"{high:g}")]
        if axis.length > _ROOM_FOR_A_MIDDLE_TICK:
            ticks.insert(1, (axis.middle, f"{(low + high) / 2:g}"))
        return ticks


def _draw_changes(sheet: Sheet, ends: Sequence[tuple[Point, Point]]) -> None:
    for before, after in ends:
        sheet.line([before, after], colour=MEDIUM.colour, width=2.0, order=2.0)
    sheet.marks([before for before, _ in ends], size=_BEFORE, hollow=True, order=2.4)
    sheet.marks([after for _, after in ends], size=_AFTER, order=2.5)


def _summary(changes: RoundChange) -> str:
    cells = [cell for row in changes.cells(range(len(changes.groups))) for cell in row]
    pairs = [
        (cell.before, cell.after)
        for cell in cells
        if isinstance(cell, Change) and cell.before is not None and cell.after is not None
    ]
    up = sum(after > before for before, after in pairs)
    down = sum(after < before for before, after in pairs)
    hidden = sum(isinstance(cell, str) for cell in cells)
    first, second = changes.rounds
    return (
        f"{changes.measure}: {first} against {second} for {len(changes.outcomes)} outcomes and "
        f"{len(changes.groups)} groups; {up} rose, {down} fell, {len(pairs) - up - down} stayed, "
        f"{hidden} are hidden."
    )

"""How far a hidden cell of a table may lie from its count, given what is shown.

A change of hidden cells that keeps every total runs in circles: what a cell gains, another in its row loses,
one in that one's column gains, and so on. So the furthest that a cell can move is the largest flow from its
column to its row (or back) through the other hidden cells, where a cell can lose no more than it has. Flows
of whole numbers are exact, as a linear program in floats is not; the narrowest place on their way tells which
further cells would widen it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Requirement:
    """What must hold so that a cell is protected: the `gain` (R, C) of the hidden cells reaches `needed`."""

    gain: Counts
    needed: int

    def is_met(self, hidden: Mask) -> bool:
        """Say whether these hidden cells gain enough."""
        return int(self.gain[hidden].sum()) >= self.needed


def unmet_requirement(
    table: Counts, hidden: Mask, cell: tuple[int, int], *, width: int
) -> Requirement | None:
    """Return None where the range of `cell` is at least `width` wide; else what any protecting set must meet.

    `width` is more than the cell's count, so that the cell must be able to rise.
    """
    row, column = cell
    count = int(table[row, column])
    rise = _furthest(table, hidden, cell, rises=True, limit=width)
    if rise.distance + count < width:
        return _requirement(rise.gain, width - count)
    fall = _furthest(table, hidden, cell, rises=False, limit=width)
    if rise.distance + min(count, fall.distance) < width:
        return _requirement(rise.gain + fall.gain, width)
    return None


@dataclass(frozen=True, slots=True, eq=False)
class _Movement:
    """How far the cell moves, at most the limit, and what each cell adds to its narrowest place if hidden."""

    distance: int
    gain: Counts


def _furthest(table: Counts, hidden: Mask, cell: tuple[int, int], *, rises: bool, limit: int) -> _Movement:
    rows, columns = table.shape
    used = hidden.copy()
    used[cell] = False
    loss = np.minimum(table, limit)
    capacity = np.zeros((rows + columns, rows + columns), dtype=np.int32)
    capacity[:rows, rows:] = np.where(used, limit, 0)
    capacity[rows:, :rows] = np.where(used, loss, 0).T
    ends = rows + cell[1], cell[0]
    source, sink = ends if rises else ends[::-1]
    result = maximum_flow(csr_array(capacity), source, sink)
    reached = _reached(capacity - result.flow.toarray() > 0, source)
    in_rows, in_columns = reached[:rows, None], reached[None, rows:]
    gain = np.where(in_rows & ~in_columns, limit, np.where(in_columns & ~in_rows, loss, 0))
    gain[cell] = 0
    return _Movement(min(int(result.flow_value), limit), gain)


def _reached(has_room: Mask, source: int) -> Mask:
    """Return which nodes the source still reaches: one side of the narrowest place."""
    reached = np.zeros(len(has_room), dtype=np.bool_)
    reached[source] = True
    while True:
        further = reached | has_room[reached].any(axis=0)
        if np.array_equal(further, reached):
            return reached
        reached = further


def _requirement(gain: Counts, needed: int) -> Requirement:
    return Requirement(np.minimum(gain, needed), needed)

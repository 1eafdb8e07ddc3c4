"""How far a hidden cell of a table may lie above its count, given what is shown.

A change of hidden cells that keeps every total runs in circles: what a cell gains, another in its row loses,
one in that one's column gains, and so on. So the most that a cell can gain is the largest flow from its
column to its row through the other hidden cells, where a cell can lose no more than it has. Flows of whole
numbers are exact, as a linear program in floats is not; the narrowest place on their way tells which further
cells would widen it.
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
    """Return None where `cell`, which has fewer than `width`, could have as many; else what is in the way.

    Where all small cells could have `width`, each has a range as wide as that, even one that cannot be 0.
    For what a cell gains, the cells at its narrowest place lose: their sum with it is known, and if it is too
    small to give `width` on its own, they are small cells too. Each of them can only gain what the others
    there and this one lose. As it gains enough, so do the gain and the loss of this one together.
    """
    rows, columns = table.shape
    needed = width - int(table[cell])
    used = hidden.copy()
    used[cell] = False
    loss = np.minimum(table, width)
    capacity = np.zeros((rows + columns, rows + columns), dtype=np.int32)
    capacity[:rows, rows:] = np.where(used, width, 0)
    capacity[rows:, :rows] = np.where(used, loss, 0).T
    source, sink = rows + cell[1], cell[0]
    flow = maximum_flow(csr_array(capacity), source, sink)
    if flow.flow_value >= needed:
        return None
    reached = _reached(capacity - flow.flow.toarray() > 0, source)
    in_rows, in_columns = reached[:rows, None], reached[None, rows:]
    gain = np.where(in_rows & ~in_columns, width, np.where(in_columns & ~in_rows, loss, 0))
    gain[cell] = 0
    return Requirement(np.minimum(gain, needed), needed)


def _reached(has_room: Mask, source: int) -> Mask:
    """Return which nodes the source still reaches: one side of the narrowest place."""
    reached = np.zeros(len(has_room), dtype=np.bool_)
    reached[source] = True
    while True:
        further = reached | has_room[reached].any(axis=0)
        if np.array_equal(further, reached):
            return reached
        reached = further

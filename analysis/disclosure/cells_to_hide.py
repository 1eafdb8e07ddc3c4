"""Which further cells to hide with the small ones: as few as can be found, and enough."""

import numpy as np
from numpy.typing import NDArray

from analysis.disclosure.leeway import Requirement, unmet_requirement
from analysis.extras import required

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]

MOST_CELLS_FOR_SEARCH = 100
MOST_STEPS, MOST_NODES = 20, 200  # of the search, not of the clock: the same table gives the same answer


def cells_to_hide(table: Counts, primary: Mask, *, width: int) -> Mask | None:
    """Return the cells to hide, `primary` among them, so that each primary cell's range is `width` wide.

    None where hiding all of them is not enough. A set is grown until it is enough. In a table that is not too
    large the cheapest set that meets the requirements found on the way is tried, and what it misses is added
    to them: the first that misses nothing is the cheapest there is. Where that takes too many steps, the last
    one tried is grown. In the end each added cell that can be shown after all is shown.
    """
    if not primary.any():
        return primary.copy()
    if width > table.sum() or _unmet(table, np.ones_like(primary), primary, width):
        return None
    cost = 1 + table / (table.sum() + 1)
    hidden, found = _grown(table, primary, primary, cost, width)
    if found and table.size <= MOST_CELLS_FOR_SEARCH:
        tried = _cheapest(table, primary, found, cost, width)
        hidden, _ = _grown(table, tried, primary, cost, width)
    return _pruned(table, hidden, primary, width)


def _grown(
    table: Counts, start: Mask, primary: Mask, cost: Floats, width: int
) -> tuple[Mask, list[Requirement]]:
    """Return `start` with cells added until it is enough, and the requirements met on the way."""
    hidden, found = start.copy(), list[Requirement]()
    while unmet := _unmet(table, hidden, primary, width):
        found += unmet
        for requirement in unmet:
            _add_until_met(hidden, requirement, cost)
    return hidden, found


def _add_until_met(hidden: Mask, requirement: Requirement, cost: Floats) -> None:
    """Add the cell that gains most for its cost, and the next, until it is enough."""
    while not requirement.is_met(hidden):
        missing = requirement.needed - requirement.gain[hidden].sum()
        worth = np.where(hidden, 0, np.minimum(requirement.gain, missing) / cost)
        hidden[np.unravel_index(worth.argmax(), worth.shape)] = True


def _cheapest(table: Counts, primary: Mask, found: list[Requirement], cost: Floats, width: int) -> Mask:
    """Return the cheapest set that is enough; one that may not be where the search would be long."""
    # Asked for where it is needed: every process of the app would hold it, and few tables come here.
    optimize = required("scipy.optimize", extra=None)
    company, hidden, collected = _company(primary), primary, list(found)
    for _ in range(MOST_STEPS):
        gains = np.stack([one.gain.ravel() for one in collected])
        needed = [one.needed for one in collected]
        result = optimize.milp(
            cost.ravel(),
            constraints=[
                optimize.LinearConstraint(gains, lb=needed),
                optimize.LinearConstraint(company, lb=0),
            ],
            integrality=np.ones(table.size, dtype=np.int64),
            bounds=optimize.Bounds(primary.ravel().astype(np.float64), np.ones(table.size)),
            options={"mip_rel_gap": 0, "node_limit": MOST_NODES},
        )
        if result.x is None:
            break
        hidden = (result.x > 0.5).reshape(table.shape)
        unmet = _unmet(table, hidden, primary, width)
        collected += unmet
        if not unmet or not result.success:
            break
    return hidden


def _company(primary: Mask) -> Floats:
    """Return what says that an added cell has another hidden one in its row and its column.

    One row for each such need: a cell's company less the cell is 0 or more. Alone it would protect nobody.
    """
    rows, columns = primary.shape
    less_twice_itself = 2 * np.eye(primary.size)
    in_row = np.kron(np.eye(rows), np.ones((columns, columns))) - less_twice_itself
    in_column = np.kron(np.ones((rows, rows)), np.eye(columns)) - less_twice_itself
    may_be_added = ~primary.ravel()
    return np.concatenate((in_row[may_be_added], in_column[may_be_added]))


def _pruned(table: Counts, hidden: Mask, primary: Mask, width: int) -> Mask:
    """Return `hidden` without the added cells that can be shown; the largest counts are tried first."""
    left = hidden.copy()
    added = np.argwhere(hidden & ~primary)
    for place in np.argsort(-table[hidden & ~primary], kind="stable"):
        cell = tuple(added[place])
        left[cell] = False
        left[cell] = bool(_unmet(table, left, primary, width))
    return left


def _unmet(table: Counts, hidden: Mask, primary: Mask, width: int) -> list[Requirement]:
    cells = [(int(row), int(column)) for row, column in np.argwhere(primary)]
    found = (unmet_requirement(table, hidden, cell, width=width) for cell in cells)
    return [one for one in found if one is not None]

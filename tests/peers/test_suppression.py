"""What can be worked out of a suppressed table, by linear programming; and that fewer cells would not do."""

from itertools import combinations

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import block_diag

from analysis.disclosure import suppress


def widths(table: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    """How wide the range of each hidden cell is, for one who knows the totals and the cells that are shown.

    One program for all: for each cell a copy of the table in which it is highest, and one where it is lowest.
    """
    cells = np.argwhere(hidden)
    lines = [cells[:, axis] == line for axis in (0, 1) for line in range(table.shape[axis])]
    totals = [table[hidden][line].sum() for line in lines]
    copies = 2 * len(cells)
    aims = np.concatenate((-np.eye(len(cells)), np.eye(len(cells)))).ravel()
    known = block_diag([np.array(lines, dtype=float)] * copies, format="csr")
    solved = linprog(aims, A_eq=known, b_eq=np.tile(totals, copies))
    assert solved.status == 0
    extremes = (solved.x * np.abs(aims)).reshape(copies, -1).sum(axis=1)
    return extremes[: len(cells)] - extremes[len(cells) :]


def is_protected(table: np.ndarray, hidden: np.ndarray, minimum: int) -> bool:
    small = (table > 0) & (table < minimum)
    return bool(np.all(widths(table, hidden)[small[hidden]] >= minimum - 1e-6))


def test_no_small_count_of_a_thousand_tables_can_be_worked_out() -> None:
    rng = np.random.default_rng(51)
    protected = hopeless = 0
    for _ in range(1000):
        minimum = int(rng.integers(2, 7))
        table = rng.integers(0, rng.integers(2, 30), size=rng.integers(2, (4, 5)))
        found = suppress(table, minimum=minimum)
        if found.totals_hidden:
            assert not is_protected(table, np.ones_like(found.hidden), minimum)
            hopeless += 1
        elif found.primary.any():
            needed = np.where(found.primary, minimum, 1)[found.hidden]
            assert np.all(widths(table, found.hidden) >= needed - 1e-6)
            protected += 1
    assert protected > 300
    assert hopeless > 100


def test_larger_tables_are_protected_and_no_hidden_cell_is_idle() -> None:
    rng = np.random.default_rng(52)
    for shape in ((4, 9), (5, 9), (11, 10), (14, 9)):
        table = rng.poisson(20 * rng.gamma(1, 1, size=shape)) + 1
        found = suppress(table, minimum=5)
        assert is_protected(table, found.hidden, 5)
        for cell in map(tuple, np.argwhere(found.hidden & ~found.primary)):
            without = found.hidden.copy()
            without[cell] = False
            assert not is_protected(table, without, 5)


def test_no_smaller_set_and_none_with_fewer_people_protects_a_small_table() -> None:
    rng = np.random.default_rng(53)
    compared = 0
    while compared < 40:
        table, minimum = rng.integers(0, 14, size=rng.integers(2, 4, size=2)), int(rng.integers(2, 6))
        found = suppress(table, minimum=minimum)
        added = int((found.hidden & ~found.primary).sum())
        if found.totals_hidden or not added:
            continue
        for others in combinations(np.flatnonzero(~found.primary), added):
            hidden = found.primary.copy()
            hidden.ravel()[list(others)] = True
            if table[hidden].sum() < table[found.hidden].sum():
                assert not is_protected(table, hidden, minimum)
        for fewer in combinations(np.flatnonzero(~found.primary), added - 1):
            hidden = found.primary.copy()
            hidden.ravel()[list(fewer)] = True
            assert not is_protected(table, hidden, minimum)
        compared += 1

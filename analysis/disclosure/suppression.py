"""A table of counts with its totals, of which no small count can be worked out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.disclosure.cells_to_hide import cells_to_hide

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class SuppressedTable:
    """A table (R, C) of which the `hidden` cells are not shown.

    shown: the counts, NaN where hidden. primary: the cells with 1 to `minimum` - 1 people, all hidden.
    row_totals (R,), column_totals (C,), grand_total: NaN and None where `totals_hidden`, which says that the
    totals alone would tell too much and that nothing of the table may be shown.
    """

    minimum: int
    shown: Floats
    hidden: Mask
    primary: Mask
    row_totals: Floats
    column_totals: Floats
    grand_total: int | None
    totals_hidden: bool


def suppress(table: ArrayLike, *, minimum: int) -> SuppressedTable:
    """Say which cells of a table of people must be hidden so that nobody works a small count out.

    Parameters
    ----------
    table : (R, C) integers, 0 or more, whose row totals, column totals and grand total are shown.
    minimum : the smallest count of people that is shown, 0 aside; 1 hides nothing.

    Returns
    -------
    SuppressedTable

    Raises
    ------
    ValueError
        For a table that is not two-dimensional or not of whole numbers of 0 or more; a minimum under 1.

    Notes
    -----
    Whoever subtracts the shown cells from the totals, knowing that no count is negative, can tell of a hidden
    cell only that it lies between a lowest and a highest value. For cells of 1 to `minimum` - 1 the two are
    `minimum` or more apart, for those hidden with them at least 1. The fewest cells are hidden, of such sets
    one with the fewest people; where that takes a long search (always over 100 cells), a set that is small,
    perhaps not smallest, of which no cell could be shown. A 0 is hidden only to protect others; one that can
    be nothing else (nobody was asked) protects nobody: leave its row out. Where hiding every cell is not
    enough, as in a row of fewer than `minimum` people, the totals are hidden too: merge such rows before.

    References
    ----------
    Fischetti and Salazar (2001), Management Science 47, 1008-1027, doi 10.1287/mnsc.47.7.1008.9805.
    """
    counts = _checked(table, minimum)
    primary = (counts > 0) & (counts < minimum)
    found = cells_to_hide(counts, primary, width=minimum)
    totals_hidden = found is None
    hidden = np.ones_like(primary) if found is None else found
    return SuppressedTable(
        minimum=minimum,
        shown=np.where(hidden, np.nan, counts),
        hidden=hidden,
        primary=primary,
        row_totals=np.where(totals_hidden, np.nan, counts.sum(axis=1)),
        column_totals=np.where(totals_hidden, np.nan, counts.sum(axis=0)),
        grand_total=None if totals_hidden else int(counts.sum()),
        totals_hidden=totals_hidden,
    )


def _checked(table: ArrayLike, minimum: int) -> Counts:
    counts = np.asarray(table)
    if counts.ndim != 2:
        raise ValueError(f"table: {counts.ndim} dimensions, expected rows by columns")
    if not np.issubdtype(counts.dtype, np.integer):
        raise ValueError(f"table: {counts.dtype}, expected whole numbers")
    if counts.size and counts.min() < 0:
        raise ValueError("table: a negative number of people")
    if minimum < 1:
        raise ValueError(f"minimum: {minimum}, expected 1 or more")
    return counts.astype(np.int64)

"""Tables of one outcome, categories before by the same categories after."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.whole_numbers import whole_numbers


def square_table(table: ArrayLike) -> NDArray[np.int64]:
    """Return the table as integers; ValueError unless it is square and holds numbers of people."""
    counts = whole_numbers(table, name="table")
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
        raise ValueError(f"table: shape {counts.shape}, expected as many rows as columns")
    return counts


def used_part(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the table without the categories that nobody used in either round."""
    used = (counts.sum(axis=0) + counts.sum(axis=1)) > 0
    return counts[np.ix_(used, used)]

"""From the ratings of two rounds to tables of before by after."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.category_places import MISSING, ascending_categories, ends_of_short_scale, places_among
from analysis.counting import count_pairs
from analysis.stability.matched import Ratings, matched


def paired_table(before: ArrayLike, after: ArrayLike, *, categories: Sequence[float]) -> NDArray[np.int64]:
    """How many people went from each category to each other one, in one outcome?

    Parameters
    ----------
    before, after : (raters,) numbers, the same people in the same order; NaN where missing.
    categories : all points of the scale, ascending.

    Returns
    -------
    (categories, categories) integers, before by after: what `bowker`, `stuart_maxwell` and `weighted_kappa`
    take.

    Raises
    ------
    ValueError
        For a rating that is none of the categories, a bad list of them, shapes that differ or other than one
        dimension.

    Notes
    -----
    A pair with a rating missing is in no cell, so the table's sum is the n who answered in both rounds.
    """
    first, second = matched(before, after, dimensions=1)
    tables = _tables(first[:, None], second[:, None], categories)
    return tables.reshape(tables.shape[1:])


def paired_tables(before: ArrayLike, after: ArrayLike, *, categories: Sequence[float]) -> NDArray[np.int64]:
    """How many people went from each category to each other one? `paired_table` of many outcomes at once.

    Parameters
    ----------
    before, after : (raters, outcomes) numbers, the same people and outcomes in the same order; NaN where
        missing.
    categories : all points of the scale, ascending.

    Returns
    -------
    (outcomes, categories, categories) integers, before by after.

    Raises
    ------
    ValueError
        As `paired_table`, for other than two dimensions.
    """
    return _tables(*matched(before, after, dimensions=2), categories)


def _tables(before: Ratings, after: Ratings, categories: Sequence[float]) -> NDArray[np.int64]:
    points = ascending_categories(categories)
    ends = ends_of_short_scale(points)
    if ends is not None:
        try:
            return count_pairs(before, after, low=ends[0], high=ends[1])
        except ValueError:
            pass  # below it is told by its name
    width, outcomes = len(points), before.shape[1]
    rows, columns = (
        places_among(ratings, points, name=name) for name, ratings in (("before", before), ("after", after))
    )
    both = (rows != MISSING) & (columns != MISSING)
    cells = (np.arange(outcomes) * width + rows) * width + columns
    found = np.bincount(cells[both], minlength=outcomes * width * width)
    return found.reshape(outcomes, width, width).astype(np.int64)

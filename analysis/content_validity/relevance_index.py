"""The content validity index: the share of judges who find an item relevant, for one item and for a set."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.category_places import counts_among

_POINTS = np.arange(1.0, 5.0)
_FIRST_RELEVANT = 2  # place of 3, "quite relevant"


def item_cvi(ratings: ArrayLike) -> float | None:
    """What share of the judges finds the item relevant (I-CVI)?

    Parameters
    ----------
    ratings : (raters,) numbers from 1 (not relevant) to 4 (highly relevant), NaN where missing.

    Returns
    -------
    The share rating 3 or 4 of those who rated; None where nobody did.

    Raises
    ------
    ValueError
        For a rating that is not 1, 2, 3 or 4, or more than one item.

    Notes
    -----
    With up to five judges all are expected to agree, with more at least .78. `modified_kappa` takes chance
    away.

    References
    ----------
    Lynn 1986, doi:10.1097/00006199-198611000-00017; Polit & Beck 2006, doi:10.1002/nur.20147.
    """
    (relevant,), (rated,) = _tallied(ratings, dimensions=1)
    return int(relevant) / int(rated) if rated else None


def item_cvis(ratings: ArrayLike) -> NDArray[np.float64]:
    """What share of the judges finds each item relevant? `item_cvi` of many items at once.

    Parameters
    ----------
    ratings : (raters, items) numbers from 1 to 4, NaN where missing.

    Returns
    -------
    (items,) shares of those who rated the item; NaN where nobody did.

    Raises
    ------
    ValueError
        For a rating that is not 1, 2, 3 or 4, or other than two dimensions.
    """
    relevant, rated = _tallied(ratings, dimensions=2)
    shares: NDArray[np.float64] = np.full(rated.shape, np.nan)
    np.divide(relevant, rated, out=shares, where=rated > 0)
    return shares


def scale_cvi_average(ratings: ArrayLike) -> float | None:
    """How relevant is the whole set: the mean of its items' indices (S-CVI/Ave)?

    Parameters
    ----------
    ratings : (raters, items) numbers from 1 to 4, NaN where missing.

    Returns
    -------
    The mean of `item_cvis`; None where nothing was rated.

    Raises
    ------
    ValueError
        For a rating that is not 1, 2, 3 or 4, or other than two dimensions.

    Notes
    -----
    Every item counts the same, however many rated it; an item that nobody rated has no index and is left out.
    .90 is usually asked for. A high mean hides a bad item: show the items' indices with it, and
    `scale_cvi_universal`, which is stricter.

    References
    ----------
    Polit & Beck 2006, doi:10.1002/nur.20147.
    """
    indices = item_cvis(ratings)
    known = indices[~np.isnan(indices)]
    return float(known.mean()) if known.size else None


def scale_cvi_universal(ratings: ArrayLike) -> float | None:
    """On what share of the items do all judges agree that it is relevant (S-CVI/UA)?

    Parameters
    ----------
    ratings : (raters, items) numbers from 1 to 4, NaN where missing.

    Returns
    -------
    The share of items that all who rated them gave 3 or 4; None where nothing was rated.

    Raises
    ------
    ValueError
        For a rating that is not 1, 2, 3 or 4, or other than two dimensions.

    Notes
    -----
    An item that nobody rated is left out; one that a single person rated is in. It falls with every further
    judge and says little of large panels: prefer `scale_cvi_average` there.

    References
    ----------
    Polit & Beck 2006, doi:10.1002/nur.20147.
    """
    relevant, rated = _tallied(ratings, dimensions=2)
    items = int(np.count_nonzero(rated))
    return int(np.count_nonzero((relevant == rated) & (rated > 0))) / items if items else None


def _tallied(ratings: ArrayLike, *, dimensions: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many found each item relevant, and how many rated it."""
    given = np.asarray(ratings, dtype=np.float64)
    if given.ndim != dimensions:
        raise ValueError(f"ratings: {given.ndim} dimensions, expected {dimensions}")
    matrix = given[:, None] if dimensions == 1 else given
    counts = counts_among(matrix, _POINTS, name="ratings")
    return counts[:, _FIRST_RELEVANT:].sum(axis=1), counts.sum(axis=1)

"""Who changed an answer between two rounds, which way and how far."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.stability.matched import matched


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """Each outcome's changes between two rounds, (outcomes,) arrays; shares and means are NaN where `n` is 0.

    `n` answered in both rounds; `share_changed` = `share_up` + `share_down` of them rated it otherwise;
    `mean_absolute_change` is in points of the scale, over all n.
    """

    n: NDArray[np.int64]
    share_changed: NDArray[np.float64]
    share_up: NDArray[np.float64]
    share_down: NDArray[np.float64]
    mean_absolute_change: NDArray[np.float64]


def changes(before: ArrayLike, after: ArrayLike) -> Changes:
    """How many people changed their rating of each outcome, which way, and by how much?

    Parameters
    ----------
    before, after : (raters, outcomes) numbers, the same people and outcomes in the same order; NaN where
        missing.

    Returns
    -------
    For each outcome the n with both ratings, the shares who changed, went up and went down, the mean
    distance.

    Raises
    ------
    ValueError
        For shapes that differ, other than two dimensions, or an infinite value.

    Notes
    -----
    Those with one of the two ratings missing are left out of that outcome: they neither stayed nor changed,
    and are told by attrition. The description to begin with: it has no assumption and no p-value, and shows
    moves that cancel in the panel's distribution. A few who moved far and many who moved by one can have
    the same mean, so show it with the shares.
    """
    first, second = matched(before, after, dimensions=2)
    moved = second - first
    n = np.count_nonzero(~np.isnan(moved), axis=0)
    up, down = np.count_nonzero(moved > 0, axis=0), np.count_nonzero(moved < 0, axis=0)
    distance = np.abs(moved).sum(axis=0, where=~np.isnan(moved))
    shares = (_each(of, n) for of in (up + down, up, down, distance))
    return Changes(np.asarray(n, dtype=np.int64), *shares)


def _each(of: NDArray[np.int64] | NDArray[np.float64], n: NDArray[np.int64]) -> NDArray[np.float64]:
    each: NDArray[np.float64] = np.full(n.shape, np.nan)
    np.divide(of, n, out=each, where=n > 0)
    return each

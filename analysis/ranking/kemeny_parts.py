"""All the best orders, part by part: what majorities and ties leave separate is ordered separately."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from analysis.ranking.kemeny_optima import Optima, in_parallel, in_series
from analysis.ranking.kemeny_search import best_orders

LARGEST_PART = 24


def all_best_orders(before: NDArray[np.int64], *, limit: int, name: str) -> Optima:
    """Return the orders with which the fewest pairs of `before` (row before column) disagree.

    Raises ValueError, naming `name`, when a part of more than `LARGEST_PART` outcomes would be searched.
    """
    # To put i before j costs those who put j before i; the smaller of the two sides is lost in any order.
    return _best_orders(np.maximum(before.T - before, 0), limit=limit, name=name)


def _best_orders(excess: NDArray[np.int64], *, limit: int, name: str) -> Optima:
    if len(excess) == 1:
        return Optima(excess=0, n_orders=1, orders=((0,),))
    for split, combined in ((_one_after_another, in_series), (_side_by_side, in_parallel)):
        parts = split(excess)
        if len(parts) > 1:
            optima = [
                _best_orders(excess[np.ix_(part, part)], limit=limit, name=name).renamed(part)
                for part in parts
            ]
            return combined(optima, limit=limit)
    if len(excess) > LARGEST_PART:
        raise ValueError(
            f"{name}: {len(excess)} outcomes are bound together by cycles and ties;"
            f" all optimal orders are found for up to {LARGEST_PART}"
        )
    return best_orders(excess, limit=limit)


def _one_after_another(excess: NDArray[np.int64]) -> list[NDArray[np.intp]]:
    """Return sets of outcomes such that each of one beats each of the next, in that order.

    They are the strong components of "beats or ties". Between two of them all majorities are strict and
    point one way, for a tie or one majority back would join them. Take any order and bring the components
    into their order, without changing the order within: no pair costs more, and each pair that crossed
    costs less. So the best orders are exactly the best orders of the components, joined.
    """
    beats_or_ties = excess == 0
    n_parts, labels = connected_components(beats_or_ties, connection="strong")
    members = [np.flatnonzero(labels == label) for label in range(n_parts)]
    one_of_each = np.array([part[0] for part in members])
    beaten_by = np.count_nonzero(excess[np.ix_(one_of_each, one_of_each)], axis=1)
    return [members[at] for at in np.argsort(beaten_by)]


def _side_by_side(excess: NDArray[np.int64]) -> list[NDArray[np.intp]]:
    """Return sets of outcomes such that each of one ties with each of the others.

    Pairs across them cost the same either way, so the best orders are the shuffles of the best orders of
    the sets.
    """
    n_parts, labels = connected_components(excess > 0, directed=False)
    return [np.flatnonzero(labels == label) for label in range(n_parts)]

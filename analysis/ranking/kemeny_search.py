"""All the best orders of outcomes that do not fall into separate parts, by sets of outcomes placed first.

What a set placed first costs, against all that follow it, does not depend on the order of those that follow.
So the best orders are the cheapest ways from the empty set to the whole set, one outcome at a time; sets are
bits of whole numbers, and all sets of one size are worked on together.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.ranking.kemeny_optima import Optima, Order

Whole = NDArray[np.int64]

_SETS_AT_A_TIME = 1 << 15
_FACTORIALS_IN_64_BITS = 20


@dataclass(frozen=True, slots=True, eq=False)
class _Layer:
    """Sets of one size, rising, with the least excess of placing each first."""

    sets: Whole
    excess: Whole


@dataclass(frozen=True, slots=True, eq=False)
class _Steps:
    """Steps of the best orders from the sets of one size, rising: those of set s are `start[s]:start[s + 1]`.

    Of each step: the `outcomes` placed, and the place of the set that it leads to (`leads_to`).
    """

    start: Whole
    outcomes: NDArray[np.int8]
    leads_to: NDArray[np.int32]


class _SetSums:
    """Sums of `matrix[i, j]` over the j in a set, for every i, looked up by the two halves of the set."""

    def __init__(self, matrix: Whole) -> None:
        self._half = len(matrix) // 2
        self._low = _sums_of_subsets(matrix[:, : self._half])
        self._high = _sums_of_subsets(matrix[:, self._half :])

    def of(self, sets: Whole) -> Whole:
        """Return the sums, (sets, outcomes)."""
        sums: Whole = self._low[sets & ((1 << self._half) - 1)] + self._high[sets >> self._half]
        return sums


class _Search:
    """The costs of steps: `excess[i, j]` is what it costs, beyond the unavoidable, to put i before j."""

    def __init__(self, excess: Whole, bound: int) -> None:
        self.bits: Whole = np.int64(1) << np.arange(len(excess), dtype=np.int64)
        self._bound = bound
        self._excess, self._excess_total = _SetSums(excess), excess.sum(axis=1)
        lead = excess.T - excess
        self._lead, self._lead_total = _SetSums(lead), lead.sum(axis=1)

    def holds(self, sets: Whole) -> NDArray[np.bool_]:
        """Return which outcomes each set holds, (sets, outcomes)."""
        inside: NDArray[np.bool_] = (sets[:, None] & self.bits) != 0
        return inside

    def step_costs(self, sets: Whole) -> Whole:
        """Return what it costs to place each outcome next after each set: its excess over all that follow."""
        costs: Whole = self._excess_total - self._excess.of(sets)
        return costs

    def next_layer(self, layer: _Layer) -> _Layer:
        """Return the sets of one outcome more that a best order can begin with."""
        cuts = range(_SETS_AT_A_TIME, len(layer.sets), _SETS_AT_A_TIME)
        chunks = zip(np.split(layer.sets, cuts), np.split(layer.excess, cuts), strict=True)
        steps = [self._steps(_Layer(*chunk)) for chunk in chunks]
        sets, excess = (np.concatenate(part) for part in zip(*steps, strict=True))
        by_set = np.lexsort((excess, sets))
        sets, excess = sets[by_set], excess[by_set]
        cheapest = np.append(True, sets[1:] != sets[:-1])
        return _Layer(sets[cheapest], excess[cheapest])

    def _steps(self, layer: _Layer) -> tuple[Whole, Whole]:
        excess = layer.excess[:, None] + self.step_costs(layer.sets)
        lead_over_placed = self._lead.of(layer.sets)
        # In a best order nothing is gained by moving an outcome to the front of those placed before it, nor
        # to the end of those that follow. Neither condition is strict, so every best order passes.
        possible = (excess <= self._bound) & (lead_over_placed <= 0) & (self._lead_total >= lead_over_placed)
        possible &= ~self.holds(layer.sets)
        return (layer.sets[:, None] | self.bits)[possible], excess[possible]


def best_orders(excess: Whole, *, limit: int) -> Optima:
    """Return the first `limit` best orders in lexicographic order, and the number of all.

    `excess[i, j]`, not negative, is what it costs to put i before j; that or `excess[j, i]` is 0.
    """
    unit = max(int(np.gcd.reduce(excess, axis=None)), 1)
    excess = excess // unit
    search = _Search(excess, bound=_excess_of(excess, _good_order(excess)))
    layers = [_Layer(np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64))]
    for _ in range(len(excess)):
        layers.append(search.next_layer(layers[-1]))
    steps, n_orders = _best_steps(search, layers)
    orders = tuple(order for order, _ in zip(_orders(steps), range(limit), strict=False))
    return Optima(int(layers[-1].excess[0]) * unit, n_orders, orders)


def _sums_of_subsets(columns: Whole) -> Whole:
    sums = np.zeros((1, len(columns)), dtype=np.int64)
    for column in columns.T:
        sums = np.concatenate((sums, sums + column))
    return sums


def _excess_of(excess: Whole, order: NDArray[np.intp]) -> int:
    return int(np.triu(excess[np.ix_(order, order)]).sum())


def _good_order(excess: Whole) -> NDArray[np.intp]:
    """Return Borda's order, improved for as long as moving one outcome to another place gains anything."""
    lead = excess.T - excess
    order = np.argsort(-lead.sum(axis=1), kind="stable")
    while True:
        leads = lead[np.ix_(order, order)]
        # What the move from place p (row) to place q (column) costs: the leads over those jumped.
        jumped = leads.cumsum(axis=1)
        costs = jumped - np.diag(jumped)[:, None] - np.tril(leads)
        start, end = np.unravel_index(np.argmin(costs), costs.shape)
        if costs[start, end] >= 0:
            return order
        order = np.insert(np.delete(order, start), end, order[start])


def _best_steps(search: _Search, layers: list[_Layer]) -> tuple[list[_Steps], int]:
    """Return the steps of the best orders from each layer, found backwards, and the number of such orders."""
    found: list[_Steps] = []
    ends = layers[-1]
    # How many best orders go on from each set: a factorial at most, which Python's numbers can hold.
    counts = np.ones(1, dtype=np.int64 if len(search.bits) <= _FACTORIALS_IN_64_BITS else object)
    for layer in reversed(layers[:-1]):
        starts = ends.sets[:, None] & ~search.bits
        at = np.minimum(np.searchsorted(layer.sets, starts), len(layer.sets) - 1)
        # An outcome's own excess is 0, so it may be left in the set that its cost is looked up for.
        best = layer.excess[at] + search.step_costs(ends.sets) == ends.excess[:, None]
        leads_to, outcomes = np.nonzero(best & (layer.sets[at] == starts) & search.holds(ends.sets))
        used = at[leads_to, outcomes]
        by_start = np.lexsort((outcomes, used))
        leads_to, outcomes = leads_to[by_start], outcomes[by_start]
        sets, first = np.unique(used[by_start], return_index=True)
        start = np.append(first, len(outcomes)).astype(np.int64)
        found.append(_Steps(start, outcomes.astype(np.int8), leads_to.astype(np.int32)))
        counts = np.add.reduceat(counts[leads_to], first)
        ends = _Layer(layer.sets[sets], layer.excess[sets])
    return found[::-1], int(counts[0])


def _orders(steps: list[_Steps]) -> Iterator[Order]:
    waiting: list[tuple[Order, int]] = [((), 0)]
    while waiting:
        begun, at = waiting.pop()
        if len(begun) == len(steps):
            yield begun
            continue
        layer = steps[len(begun)]
        mine = slice(layer.start[at], layer.start[at + 1])
        nexts = zip(layer.outcomes[mine].tolist(), layer.leads_to[mine].tolist(), strict=True)
        waiting += [((*begun, outcome), leads_to) for outcome, leads_to in nexts][::-1]

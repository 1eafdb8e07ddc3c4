"""All the best orders of some outcomes, and how those of separate parts combine."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice, product
from math import factorial, prod

import numpy as np
from numpy.typing import NDArray

Order = tuple[int, ...]
# The outcomes that can come next in one part, each with what can follow it, in lexicographic order.
_Branches = dict[int, tuple[Order, ...]]


@dataclass(frozen=True, slots=True)
class Optima:
    """`orders`: the first of the `n_orders` best ones, lexicographic; `excess`: what each of them costs.

    The excess is over a cost that no order can undercut, at which every pair is as its majority has it.
    """

    excess: int
    n_orders: int
    orders: tuple[Order, ...]

    def renamed(self, outcomes: NDArray[np.intp]) -> "Optima":
        """Return the same with `outcomes`, rising, in the place of 0, 1, 2 and so on."""
        names = outcomes.tolist()
        orders = tuple(tuple(names[at] for at in order) for order in self.orders)
        return Optima(self.excess, self.n_orders, orders)


def in_series(parts: Sequence[Optima], *, limit: int) -> Optima:
    """Return the optima where all of each part comes before all of the next."""
    # Orders of one part are equally long, so products of sorted lists are sorted.
    joined = (tuple(chain(*orders)) for orders in product(*(part.orders for part in parts)))
    return Optima(
        excess=sum(part.excess for part in parts),
        n_orders=prod(part.n_orders for part in parts),
        orders=tuple(islice(joined, limit)),
    )


def in_parallel(parts: Sequence[Optima], *, limit: int) -> Optima:
    """Return the optima where the parts may be shuffled into one another at will."""
    sizes = [len(part.orders[0]) for part in parts]
    shuffles = factorial(sum(sizes)) // prod(factorial(size) for size in sizes)
    return Optima(
        excess=sum(part.excess for part in parts),
        n_orders=shuffles * prod(part.n_orders for part in parts),
        orders=tuple(islice(_shuffled([part.orders for part in parts]), limit)),
    )


def _shuffled(parts: Iterable[tuple[Order, ...]]) -> Iterator[Order]:
    """Yield every shuffle of an order of each part, in lexicographic order.

    The first `limit` orders of each part are enough for the first `limit` shuffles: with a later one of a
    part, as many earlier ones in the same places come before it.
    """
    waiting: list[tuple[Order, list[_Branches]]] = [((), [_branches(orders) for orders in parts])]
    while waiting:
        begun, branches = waiting.pop()
        nexts = sorted(((outcome, at) for at, part in enumerate(branches) for outcome in part), reverse=True)
        if not nexts:
            yield begun
        for outcome, at in nexts:
            left = [*branches[:at], _branches(branches[at][outcome]), *branches[at + 1 :]]
            waiting.append(((*begun, outcome), left))


def _branches(orders: Iterable[Order]) -> _Branches:
    going_on = (order for order in orders if order)
    return {
        outcome: tuple(order[1:] for order in together)
        for outcome, together in groupby(going_on, key=lambda order: order[0])
    }

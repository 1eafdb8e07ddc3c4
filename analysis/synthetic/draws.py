"""Chance, from one stream of uniform numbers.

Python promises that `random.Random(seed).random()` gives the same numbers in every version; it promises
this of no other method. So everything here is made of those numbers, and of arithmetic that every
machine does alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")

_UNIFORMS_IN_A_SPREAD = 4


class Draws:
    """A stream of chance that `seed` fixes for good."""

    def __init__(self, seed: int) -> None:
        self._uniform = Random(seed).random  # noqa: S311 - no secret: it must be repeatable

    def share(self) -> float:
        """Return a number from 0 up to, not including, 1."""
        return self._uniform()

    def happens(self, share: float) -> bool:
        """Say yes in `share` of all cases."""
        return self._uniform() < share

    def spread(self, width: float) -> float:
        """Return a bell-shaped number around 0, never further out than `width`."""
        total = _added(self._uniform() for _ in range(_UNIFORMS_IN_A_SPREAD))
        return width * (2 * total / _UNIFORMS_IN_A_SPREAD - 1)

    def pick(self, items: Sequence[T]) -> T:
        """Return one of `items`, each as likely as the other."""
        return items[int(self._uniform() * len(items))]

    def sample(self, items: Sequence[T], *, size: int) -> list[T]:
        """Return `size` different items (all, in a new order, when there are fewer)."""
        left = list(items)
        return [left.pop(int(self._uniform() * len(left))) for _ in range(min(size, len(left)))]

    def weighted_sample(self, weights: Mapping[T, float], *, size: int) -> list[T]:
        """Return `size` different keys in the order drawn, each draw in proportion to the weights left."""
        left = dict(weights)
        drawn: list[T] = []
        while left and len(drawn) < size:
            drawn.append(self._weighted(left))
            del left[drawn[-1]]
        return drawn

    def _weighted(self, weights: Mapping[T, float]) -> T:
        point = self._uniform() * _added(weights.values())
        reached = 0.0
        for item, weight in weights.items():
            reached += weight
            if point < reached:
                return item
        return next(reversed(list(weights)))


def _added(numbers: Iterable[float]) -> float:
    """Add from left to right; the built-in `sum` rounds otherwise from one version of Python to the next."""
    total = 0.0
    for number in numbers:
        total += number
    return total

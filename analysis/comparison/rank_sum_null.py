"""What the Mann-Whitney U would be if the two groups were one: its distribution without ties, exactly."""

from functools import lru_cache
from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray

LARGEST_SMALLER_GROUP = 8
MOST_PAIRS = 100_000
_LARGEST_INT64 = 2**63 - 1


def is_small_enough(n_x: ArrayLike, n_y: ArrayLike) -> NDArray[np.bool_]:
    """Say where one group is too small for the normal curve, and both are small enough for the exact one."""
    few = np.minimum(n_x, n_y) <= LARGEST_SMALLER_GROUP
    return np.asarray(few & (np.multiply(n_x, n_y) <= MOST_PAIRS))


@lru_cache(maxsize=32)
def cumulated_null(n_x: int, n_y: int) -> NDArray[np.float64]:
    """Return P(U <= u) for u = 0 to n_x n_y, where each order of the n_x + n_y people is as likely.

    The orders with U = u are the coefficients of a Gaussian binomial: the product over i of
    (1 - q^(n + i)) / (1 - q^i), multiplied out in whole numbers, so that no tail loses digits.
    """
    smaller, larger = sorted((n_x, n_y))
    orders = comb(n_x + n_y, smaller)
    whole = np.int64 if orders <= _LARGEST_INT64 else object
    ways = np.zeros(n_x * n_y + 1, dtype=whole)
    ways[0] = 1
    for i in range(1, smaller + 1):
        step = larger + i
        ways[step:] = ways[step:] - ways[:-step]
        for start in range(i):
            ways[start::i] = np.add.accumulate(ways[start::i])
    cumulated = (np.add.accumulate(ways) / orders).astype(np.float64)
    cumulated.flags.writeable = False
    return cumulated


def two_sided_p(u: float, n_x: int, n_y: int) -> float:
    """Return twice the smaller tail of U, at most 1; `u` is whole, for there are no ties."""
    extreme = int(min(u, n_x * n_y - u))
    return min(1.0, 2 * float(cumulated_null(n_x, n_y)[extreme]))

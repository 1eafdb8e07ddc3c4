"""The result of the two tests on a square table."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc


@dataclass(frozen=True, slots=True)
class ChiSquareTest:
    """A chi-square test of a square table: of `n` people, `n_changed` changed category.

    `statistic` and `p_value` are None where not computable; `df` is what it is or would be.
    """

    statistic: float | None
    df: int
    p_value: float | None
    n: int
    n_changed: int

    @classmethod
    def of(cls, counts: NDArray[np.int64], *, statistic: float | None, df: int) -> Self:
        """Return the result for a table, with the probability of a statistic as large or larger."""
        p_value = None if statistic is None else float(chdtrc(df, statistic))
        n = int(counts.sum())
        return cls(statistic, df, p_value, n, n - int(np.trace(counts)))

"""Kappa between two rounds: how alike are each person's two answers?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.stability.square_table import square_table

Weights = Literal["unweighted", "linear", "quadratic"]


@dataclass(frozen=True, slots=True)
class Kappa:
    """Kappa of `n` people, of whom `share_same` gave the same answer twice; None where not computable."""

    value: float | None
    share_same: float | None
    n: int
    weights: Weights


def weighted_kappa(table: ArrayLike, *, weights: Weights = "unweighted") -> Kappa:
    """How alike are each person's answers in two rounds, beyond chance?

    Parameters
    ----------
    table : (categories, categories) integers, before by after; all points of the scale, ascending.
    weights : what a move costs: "unweighted" the same wherever it leads, "linear" by the number of steps,
        "quadratic" by its square. On an ordered scale quadratic is usual and near `icc_agreement`.

    Returns
    -------
    1 where nobody changed; value None where all gave one and the same answer in both rounds (`share_same`
    is then 1), or where n is 0.

    Raises
    ------
    ValueError
        For a table that is not square or holds anything but numbers of people, or unknown weights.

    Notes
    -----
    1 - n sum w_ij n_ij / sum w_ij n_i. n_.j with costs w. An unused category changes nothing at the end of
    the scale, but leaving one out in between makes moves shorter: keep the list of categories fixed. Kappa
    is low where nearly all give the same answer, however few change, and its size depends on the weights:
    state them, and show `share_same` with it.

    References
    ----------
    Cohen 1960, doi:10.1177/001316446002000104; Cohen 1968, doi:10.1037/h0026256.
    """
    counts = square_table(table)
    if weights not in _COSTS:
        raise ValueError(f"weights: {weights!r}, expected one of {', '.join(_COSTS)}")
    n = int(counts.sum())
    if not n:
        return Kappa(None, None, 0, weights)
    steps = np.arange(len(counts), dtype=np.float64)
    cost = _COSTS[weights](np.abs(steps[:, None] - steps))
    observed = n * float((cost * counts).sum())
    expected = float(counts.sum(axis=1) @ cost @ counts.sum(axis=0))
    value = 1 - observed / expected if expected else None
    return Kappa(value, int(np.trace(counts)) / n, n, weights)


def _any_step(apart: NDArray[np.float64]) -> NDArray[np.float64]:
    return (apart > 0).astype(np.float64)


def _steps(apart: NDArray[np.float64]) -> NDArray[np.float64]:
    return apart


def _squared_steps(apart: NDArray[np.float64]) -> NDArray[np.float64]:
    return apart**2


_COSTS: Mapping[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {
    "unweighted": _any_step,
    "linear": _steps,
    "quadratic": _squared_steps,
}

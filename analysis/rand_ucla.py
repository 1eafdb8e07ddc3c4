"""The RAND/UCLA appropriateness method: median, disagreement, verdict, on nine points."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.counting import codes_of
from analysis.quantiles import quantile_of_counts

POINTS = np.arange(1, 10)
_CLASSIC_FROM = 8
_TOLERANCE = 1e-9  # points: IPR and IPRAS can be equal, and are then no disagreement
Method = Literal["ipras", "classic"]


class Appropriateness(StrEnum):
    """What the method says of an outcome."""

    APPROPRIATE = "appropriate"
    UNCERTAIN = "uncertain"
    INAPPROPRIATE = "inappropriate"


@dataclass(frozen=True, slots=True)
class RandUcla:
    """One outcome. `ipr`: P70 - P30. Every field but n is None where nobody rated."""

    n: int
    median: float | None
    ipr: float | None
    ipras: float | None
    disagreement_index: float | None
    disagreement: bool | None
    verdict: Appropriateness | None


@dataclass(frozen=True, slots=True, eq=False)
class RandUclaArrays:
    """The same over the leading axes of counts: NaN, False or "" where nobody rated."""

    n: NDArray[np.int64]
    median: NDArray[np.float64]
    ipr: NDArray[np.float64]
    ipras: NDArray[np.float64]
    disagreement_index: NDArray[np.float64]
    disagreement: NDArray[np.bool_]
    verdict: NDArray[np.str_]


def appropriateness(scores: ArrayLike, *, definition: int = 7, method: Method = "ipras") -> RandUcla:
    """Say whether raters find one outcome appropriate, and whether they disagree about it.

    Parameters
    ----------
    scores : (raters,) whole numbers from 1 to 9, NaN where missing (left out).
    definition : Hyndman-Fan type of the 30th and 70th percentiles; part of the rule, it changes verdicts.
    method : "ipras" for panels of any size, "classic" for panels of 8 and more that count extremes.

    Returns
    -------
    RandUcla

    Raises
    ------
    ValueError
        For another scale, an unknown definition or method, or the classic method with 1 to 7 raters.

    Notes
    -----
    Median 7-9 without disagreement: appropriate; 1-3 without: inappropriate; else uncertain; medians of 3.5
    and 6.5 go to the higher category. IPRAS = 2.35 + 1.5 |5 - (P30 + P70)/2|; disagreement where P70 - P30 >
    IPRAS, and the disagreement index is their ratio. Classic: disagreement where at least (n + 1) // 3 rated
    1-3 and as many 7-9, which is 3 for 8 to 10 raters, 4 for 11 to 13, 5 for 14 to 16.

    References
    ----------
    Fitch and others (2001), The RAND/UCLA Appropriateness Method User's Manual, RAND MR-1269.
    """
    row = np.asarray(scores, dtype=np.float64)
    if row.ndim != 1:
        raise ValueError(f"scores: {row.ndim} dimensions, expected the raters of one outcome")
    codes = codes_of(row, low=1, high=9)
    counts = np.bincount(codes, minlength=10)[1:]
    found = appropriateness_of_counts(counts[None], definition=definition, method=method)
    n = int(found.n[0])
    if n == 0:
        return RandUcla(0, None, None, None, None, None, None)
    return RandUcla(
        n=n,
        median=float(found.median[0]),
        ipr=float(found.ipr[0]),
        ipras=float(found.ipras[0]),
        disagreement_index=float(found.disagreement_index[0]),
        disagreement=bool(found.disagreement[0]),
        verdict=Appropriateness(str(found.verdict[0])),
    )


def appropriateness_of_counts(
    counts: ArrayLike, *, definition: int = 7, method: Method = "ipras"
) -> RandUclaArrays:
    """Apply the method to many outcomes at once; `counts` is (..., 9). See `appropriateness`."""
    numbers = np.asarray(counts)
    if numbers.ndim == 0 or numbers.shape[-1] != POINTS.size:
        raise ValueError(f"counts: shape {numbers.shape}, expected nine categories in the last place")
    if method not in ("ipras", "classic"):
        raise ValueError(f"method: {method!r}, expected 'ipras' or 'classic'")
    n = numbers.sum(axis=-1)
    median = quantile_of_counts(numbers, 0.5, values=POINTS, definition=2)
    ends = quantile_of_counts(numbers, (0.3, 0.7), values=POINTS, definition=definition)
    apart = _extremes_disagree(numbers, n) if method == "classic" else None
    return appropriateness_of_quantiles(n, median, ends[..., 0], ends[..., 1], disagreement=apart)


def appropriateness_of_quantiles(
    n: NDArray[np.int64],
    median: NDArray[np.float64],
    p30: NDArray[np.float64],
    p70: NDArray[np.float64],
    *,
    disagreement: NDArray[np.bool_] | None = None,
) -> RandUclaArrays:
    """Apply the method where the quantiles are known; `disagreement` None: IPR against IPRAS.

    All arrays have the same shape; NaN where nobody rated.
    """
    ipr = p70 - p30
    ipras = 2.35 + 1.5 * np.abs(5 - (p30 + p70) / 2)
    apart = ipr > ipras + _TOLERANCE if disagreement is None else disagreement
    return RandUclaArrays(n, median, ipr, ipras, ipr / ipras, apart, _verdicts(n, median, apart))


def _extremes_disagree(numbers: NDArray[np.int64], n: NDArray[np.int64]) -> NDArray[np.bool_]:
    if np.any((n > 0) & (n < _CLASSIC_FROM)):
        raise ValueError(f"method: 'classic' counts extremes among {_CLASSIC_FROM} raters or more")
    needed = (n + 1) // 3
    low, high = numbers[..., :3].sum(axis=-1), numbers[..., 6:].sum(axis=-1)
    apart: NDArray[np.bool_] = (low >= needed) & (high >= needed) & (n > 0)
    return apart


def _verdicts(
    n: NDArray[np.int64], median: NDArray[np.float64], disagreement: NDArray[np.bool_]
) -> NDArray[np.str_]:
    verdicts = np.full(n.shape, Appropriateness.UNCERTAIN.value, dtype="<U13")
    verdicts[(median >= 6.5) & ~disagreement] = Appropriateness.APPROPRIATE.value
    verdicts[(median < 3.5) & ~disagreement] = Appropriateness.INAPPROPRIATE.value
    verdicts[n == 0] = ""
    return verdicts

"""Intervals around a share."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special


@dataclass(frozen=True, slots=True, eq=False)
class Interval:
    """The ends of an interval, shares from 0 to 1: floats (None: not computable), or arrays with NaN."""

    low: Any
    high: Any


def wilson(k: ArrayLike, n: ArrayLike, *, confidence: float = 0.95) -> Interval:
    """Return the Wilson score interval of k out of n: the usual choice, good at small n and at 0 or n of n.

    Parameters
    ----------
    k, n : whole numbers, or arrays that broadcast; 0 <= k <= n.
    confidence : share of intervals that should hold the true share, between 0 and 1.

    Returns
    -------
    Interval : `low` and `high`; None (in arrays NaN) where n = 0.

    Raises
    ------
    ValueError
        For k outside 0 to n, or a confidence outside 0 to 1.

    Notes
    -----
    No continuity correction. A panel is no random sample: read it as how firmly the share stands, not as what
    a population thinks.

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22, 209-212, doi
    10.1080/01621459.1927.10502953.
    """
    hits, size = _checked(k, n, confidence)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = wilson_of_share(hits / size, size, confidence=confidence)
    return _interval(found.low, found.high, size)


def wilson_of_share(
    share: NDArray[np.float64], n: NDArray[np.float64], *, confidence: float = 0.95
) -> Interval:
    """Return the Wilson score interval of shares of `n` people, who need not be whole: effective ones.

    Arrays that broadcast, with NaN where there is no share or nobody; see `wilson`.
    """
    z2 = float(special.ndtri((1 + confidence) / 2)) ** 2
    with np.errstate(invalid="ignore", divide="ignore"):
        middle = (share + z2 / (2 * n)) / (1 + z2 / n)
        half = np.sqrt(z2 * (share * (1 - share) + z2 / (4 * n)) / n) / (1 + z2 / n)
    return Interval(np.where(share == 0, 0.0, middle - half), np.where(share == 1, 1.0, middle + half))


def clopper_pearson(k: ArrayLike, n: ArrayLike, *, confidence: float = 0.95) -> Interval:
    """Return the exact interval of k out of n: never too narrow, usually too wide.

    Parameters
    ----------
    k, n, confidence : as for `wilson`.

    Returns
    -------
    Interval : as `wilson`.

    Raises
    ------
    ValueError
        As `wilson`.

    Notes
    -----
    From the tails of the binomial distribution, each (1 - confidence) / 2. Prefer `wilson` unless the
    coverage must be guaranteed.

    References
    ----------
    Clopper and Pearson (1934), Biometrika 26, 404-413, doi 10.1093/biomet/26.4.404.
    """
    hits, size = _checked(k, n, confidence)
    tail = (1 - confidence) / 2
    low = np.where(hits == 0, 0.0, special.betaincinv(np.maximum(hits, 1), size - hits + 1, tail))
    high = np.where(hits == size, 1.0, special.betaincinv(hits + 1, np.maximum(size - hits, 1), 1 - tail))
    return _interval(low, high, size)


def _checked(
    k: ArrayLike, n: ArrayLike, confidence: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    hits, size = np.broadcast_arrays(np.asarray(k, dtype=np.float64), np.asarray(n, dtype=np.float64))
    if not np.all(np.isfinite(size) & (np.floor(hits) == hits) & (np.floor(size) == size)):
        raise ValueError("k: expected whole numbers for k and n")
    if np.any(hits < 0) or np.any(hits > size):
        raise ValueError("k: expected 0 to n")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence: {confidence}, expected between 0 and 1")
    return hits, size


def _interval(low: NDArray[np.float64], high: NDArray[np.float64], size: NDArray[np.float64]) -> Interval:
    if size.ndim:
        return Interval(np.where(size > 0, low, np.nan), np.where(size > 0, high, np.nan))
    return Interval(float(low), float(high)) if size > 0 else Interval(None, None)

"""Quantiles by all nine definitions of Hyndman and Fan, from scores or from counts, and weighted ones."""

from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.exactness import WEIGHT_TOLERANCE, exact_fraction
from analysis.whole_numbers import whole_numbers

DEFINITIONS = range(1, 10)
INVERTED_CDF, AVERAGED_INVERTED_CDF = 1, 2
_FITS_64_BITS = 2**62


def quantile(
    x: ArrayLike, p: float | Fraction, *, weights: ArrayLike | None = None, definition: int = 7
) -> float | None:
    """Return the value below which the share `p` of the scores lies.

    Parameters
    ----------
    x : scores, any shape; NaN is left out.
    p : share from 0 to 1; a float is read as the decimal that it prints as, so 0.7 is 7/10 exactly.
    weights : None, or one weight of 0 or more for each score.
    definition : Hyndman-Fan type, 1 to 9. With weights: 1 (inverted CDF) or 2 (the same, the mean of two at a
        jump).

    Returns
    -------
    The quantile in the unit of `x`; None where there is no score, or no weight.

    Raises
    ------
    ValueError
        For `p` outside 0 to 1, an unknown definition, an infinite score, weights that are negative, infinite
        or of another shape.

    Notes
    -----
    Type 7 is the default of R and NumPy, 2 of SAS, 6 of SPSS and Minitab. The type is part of a consensus
    rule: for nine raters on nine points, types 7 and 2 disagree about disagreement in one set of ratings out
    of eight. Only types 1 and 2 keep the law that a whole-number weight k equals k copies of the score, so
    only they take weights.

    References
    ----------
    Hyndman and Fan (1996), The American Statistician 50, 361-365, doi 10.1080/00031305.1996.10473566.
    """
    share = _share(p)
    scores = np.asarray(x, dtype=np.float64).ravel()
    if weights is not None:
        return _weighted(scores, np.asarray(weights, dtype=np.float64).ravel(), share, definition)
    _check_definition(definition)
    scores = np.sort(scores[~np.isnan(scores)])
    if not scores.size:
        return None
    _check_finite(scores)
    place, upper = _place(np.array(scores.size), share, definition)
    at, last = int(place), scores.size - 1
    low, high = scores[min(max(at - 1, 0), last)], scores[min(max(at, 0), last)]
    return float(_between(low, high, upper))


def quantile_of_counts(
    counts: ArrayLike,
    p: float | Fraction | tuple[float | Fraction, ...],
    *,
    values: ArrayLike,
    definition: int | tuple[int, ...] = 7,
) -> NDArray[np.float64]:
    """Return quantiles of scores that are given as counts.

    Parameters
    ----------
    counts : (..., C) integers, how often each value was given.
    p : one share, or several.
    values : (C,) the values, rising.
    definition : Hyndman-Fan type, 1 to 9, or one for each share.

    Returns
    -------
    (...,) floats for one share, (..., K) for a tuple of K; NaN where nobody answered.

    Raises
    ------
    ValueError
        For no `p` or one outside 0 to 1, an unknown definition, counts that are negative or not whole, values
        that do not rise or do not fit.
    """
    several = p if isinstance(p, tuple) else (p,)
    if not several:
        raise ValueError("p: expected at least one share")
    definitions = definition if isinstance(definition, tuple) else (definition,) * len(several)
    if len(definitions) != len(several):
        raise ValueError(
            f"definition: {len(definitions)}, expected one or {len(several)}, one for each share"
        )
    for one in definitions:
        _check_definition(one)
    points, cumulated = _cumulated(whole_numbers(counts, name="counts"), values, name="counts")
    n = cumulated[..., -1]
    wanted = zip(several, definitions, strict=True)
    places, uppers = zip(*(_place(n, _share(one), by) for one, by in wanted), strict=True)
    place, upper = np.stack(places, axis=-1), np.stack(uppers, axis=-1)
    ends = np.clip(np.stack((place, place + 1)), 1, np.maximum(n, 1)[..., None])
    low, high = _ordered(cumulated, ends, points)
    found = np.where(n[..., None] > 0, _between(low, high, upper), np.nan)
    return found if isinstance(p, tuple) else found[..., 0]


def weighted_quantile_of_counts(
    weights: ArrayLike, p: float | Fraction, *, values: ArrayLike, definition: int = AVERAGED_INVERTED_CDF
) -> NDArray[np.float64]:
    """Return weighted quantiles of scores that are given as the weight on each value.

    Parameters
    ----------
    weights : (..., C) integers or floats, 0 or more. Floats that come within 1e-9 of a jump are taken as on
        it.
    p : one share.
    values : (C,) the values, rising.
    definition : 1 (inverted CDF: the smallest value whose cumulated weight reaches the share) or 2 (at an
        exact hit, the mean with the next value that has a weight).

    Returns
    -------
    (...,) floats, NaN where the weights are all 0.

    Raises
    ------
    ValueError
        For `p` outside 0 to 1, another definition, weights that are negative or infinite, values that do not
        rise or do not fit.
    """
    if definition not in (INVERTED_CDF, AVERAGED_INVERTED_CDF):
        raise ValueError(f"definition: {definition}, expected 1 or 2 for weighted scores")
    share = _share(p)
    points, cumulated = _cumulated(_weighed(weights), values, name="weights")
    total = cumulated[..., -1:]
    reached, passed = _reached(cumulated, total, share)
    lower = _first(reached, points)
    found = lower if definition == INVERTED_CDF else (lower + _first(passed, points)) / 2
    weighed: NDArray[np.float64] = np.where(total[..., 0] > 0, found, np.nan)
    return weighed


def _share(p: float | Fraction) -> Fraction:
    if not 0 <= p <= 1:
        raise ValueError(f"p: {p}, expected 0 to 1")
    return exact_fraction(p)


def _check_finite(scores: NDArray[np.float64]) -> None:
    if np.any(np.isinf(scores)):
        raise ValueError("x: an infinite score")


def _check_definition(definition: int) -> None:
    if definition not in DEFINITIONS:
        raise ValueError(f"definition: {definition}, expected a Hyndman-Fan type, 1 to 9")


@lru_cache(maxsize=256)
def _line(share: Fraction, definition: int) -> tuple[int, int, int]:
    """Return (a, b, c) such that the place of the quantile among n scores is (a n + b) / c."""
    shift = {
        1: Fraction(0),
        2: Fraction(0),
        3: Fraction(-1, 2),
        4: Fraction(0),
        5: Fraction(1, 2),
        6: share,
        7: 1 - share,
        8: (share + 1) / 3,
        9: share / 4 + Fraction(3, 8),
    }[definition]
    whole = lcm(share.denominator, shift.denominator)
    return int(share * whole), int(shift * whole), whole


def _place(
    n: NDArray[np.int64], share: Fraction, definition: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return which score (from 1) the quantile starts from, and the weight of the one above it."""
    a, b, whole = _line(share, definition)
    numerator = _multipliable(n, whole) * a + b
    place, rest = np.asarray(numerator // whole).astype(np.int64), numerator % whole
    if definition in (1, 2, 3):
        at_jump = np.asarray(rest == 0)
        stay = {1: 0.0, 2: 0.5, 3: 0.0}[definition]
        if definition == 3:
            at_jump = at_jump & (place % 2 == 0)
        return place, np.where(at_jump, stay, 1.0)
    return place, np.asarray(rest / whole, dtype=np.float64)


def _multipliable(numbers: NDArray[np.int64], factor: int) -> NDArray[Any]:
    """Return the numbers as Python's own where their products with `factor` do not fit 64 bits."""
    most = int(numbers.max(initial=0)) + 1
    return numbers if most * factor < _FITS_64_BITS else numbers.astype(object)


def _between(
    low: NDArray[np.float64], high: NDArray[np.float64], upper: NDArray[np.float64]
) -> NDArray[np.float64]:
    return low + upper * (high - low)


def _ordered(
    cumulated: NDArray[np.int64], place: NDArray[np.int64], points: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the score of each place, from 1, in rising order: `place` is (2, ..., K) for (..., C) counts."""
    below = np.zeros(np.broadcast_shapes(place.shape, (*cumulated.shape[:-1], 1)), dtype=np.intp)
    for category in range(points.size):  # few, so that this is quicker than one comparison of them all
        below += cumulated[..., category, None] < place
    found: NDArray[np.float64] = points[np.minimum(below, points.size - 1)]
    return found


def _cumulated(
    numbers: NDArray[Any], values: ArrayLike, *, name: str
) -> tuple[NDArray[np.float64], NDArray[Any]]:
    points = np.asarray(values, dtype=np.float64)
    if points.ndim != 1 or not points.size or not np.all(np.isfinite(points)) or np.any(np.diff(points) <= 0):
        raise ValueError("values: expected at least one finite value, and each above the one before")
    if numbers.ndim == 0 or numbers.shape[-1] != points.size:
        raise ValueError(
            f"{name}: shape {numbers.shape}, expected {points.size} categories in the last place"
        )
    return points, np.cumsum(numbers, axis=-1)


def _weighed(weights: ArrayLike) -> NDArray[Any]:
    numbers = np.asarray(weights)
    if numbers.dtype.kind != "f":
        return whole_numbers(numbers, name="weights")
    if not np.all(np.isfinite(numbers) & (numbers >= 0)):
        raise ValueError("weights: expected finite numbers of 0 or more")
    return numbers


def _reached(
    cumulated: NDArray[Any], total: NDArray[Any], share: Fraction
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return where the cumulated weight reaches the share of the total, and where it passes it.

    It does neither before there is a weight, and both where the last one is in.
    """
    if cumulated.dtype.kind == "f":
        difference, slack = cumulated - total * float(share), WEIGHT_TOLERANCE * total
    else:
        whole = _multipliable(cumulated, share.denominator)
        difference, slack = whole * share.denominator - whole[..., -1:] * share.numerator, 0 * total
    begun, complete = cumulated > 0, cumulated == total
    return begun & (difference >= -slack), (begun & (difference > slack)) | complete


def _first(where: NDArray[np.bool_], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the point of the first category where it is so; the last one where it never is."""
    at = np.where(where.any(axis=-1), where.argmax(axis=-1), points.size - 1)
    first: NDArray[np.float64] = points[at]
    return first


def _weighted(
    scores: NDArray[np.float64], weights: NDArray[np.float64], share: Fraction, definition: int
) -> float | None:
    if weights.shape != scores.shape:
        raise ValueError(f"weights: {weights.size}, expected one for each of {scores.size} scores")
    used = ~np.isnan(scores) & (_weighed(weights) > 0)
    if not used.any():
        weighted_quantile_of_counts(
            [0], share, values=[0], definition=definition
        )  # a wrong definition is told
        return None
    _check_finite(scores[used])
    values, place = np.unique(scores[used], return_inverse=True)
    on_each = np.bincount(place, weights=weights[used])
    if np.all(weights[used] % 1 == 0):
        on_each = on_each.astype(np.int64)
    return float(weighted_quantile_of_counts(on_each, share, values=values, definition=definition))

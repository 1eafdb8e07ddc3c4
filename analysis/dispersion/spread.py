"""The usual measures of spread, from counts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.quantiles import quantile_of_counts


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Arrays over the leading axes of the counts; NaN where not computable.

    `mean` and `median` need one answer, `sd` (with n - 1), `cv` (sd / mean) and `iqr` two, `mad` one.
    """

    n: NDArray[np.int64]
    mean: NDArray[np.float64]
    median: NDArray[np.float64]
    sd: NDArray[np.float64]
    cv: NDArray[np.float64]
    iqr: NDArray[np.float64]
    mad: NDArray[np.float64]


def spread_of_counts(counts: ArrayLike, values: ArrayLike, *, definition: int = 7) -> Spread:
    """Describe where the answers to each outcome lie and how far apart.

    Parameters
    ----------
    counts : (..., C) integers, how often each value was given.
    values : (C,) the points of the scale, rising.
    definition : Hyndman-Fan type of the quartiles; the median is the middle score or the mean of the two.

    Returns
    -------
    Spread : arrays of shape (...,).

    Raises
    ------
    ValueError
        As `analysis.quantiles.quantile_of_counts`.

    Notes
    -----
    Rules on the IQR in use: at most 1 on four or five points, at most 2 or 3 on nine; the type decides many
    of them. The coefficient of variation needs a scale with a true zero, and moves when the points are
    renumbered ([1, 2, 3] .50, [7, 8, 9] .125): an extra, never a criterion. The MAD is the median distance
    from the median, not scaled to a normal distribution.
    """
    numbers, points = np.asarray(counts), np.asarray(values, dtype=np.float64)
    median = quantile_of_counts(numbers, 0.5, values=points, definition=2)
    quartiles = quantile_of_counts(numbers, (0.25, 0.75), values=points, definition=definition)
    n = numbers.sum(axis=-1)
    several = n > 1
    mean = _divided(numbers @ points, n, n > 0)
    squares = (numbers * (points - mean[..., None]) ** 2).sum(axis=-1)
    sd = np.sqrt(_divided(squares, n - 1, several))
    return Spread(
        n=n,
        mean=mean,
        median=median,
        sd=sd,
        cv=_divided(sd, mean, several & (mean != 0)),
        iqr=np.where(several, quartiles[..., 1] - quartiles[..., 0], np.nan),
        mad=_median_distance(numbers, points, median),
    )


def _median_distance(
    numbers: NDArray[np.int64], points: NDArray[np.float64], median: NDArray[np.float64]
) -> NDArray[np.float64]:
    distances = np.abs(points - median[..., None])
    order = np.argsort(distances, axis=-1)
    cumulated = np.cumsum(np.take_along_axis(numbers, order, axis=-1), axis=-1)
    rising = np.take_along_axis(distances, order, axis=-1)
    n = cumulated[..., -1]
    middle = [
        np.take_along_axis(rising, _first_that_reaches(cumulated, place)[..., None], axis=-1)[..., 0]
        for place in ((n + 1) // 2, n // 2 + 1)
    ]
    found: NDArray[np.float64] = np.where(n > 0, (middle[0] + middle[1]) / 2, np.nan)
    return found


def _first_that_reaches(cumulated: NDArray[np.int64], place: NDArray[np.int64]) -> NDArray[np.intp]:
    below: NDArray[np.intp] = (cumulated < place[..., None]).sum(axis=-1)
    at: NDArray[np.intp] = np.minimum(below, cumulated.shape[-1] - 1)
    return at


def _divided(
    numerator: NDArray[np.float64],
    denominator: NDArray[np.float64] | NDArray[np.int64],
    where: NDArray[np.bool_],
) -> NDArray[np.float64]:
    found = np.full(np.shape(numerator), np.nan)
    np.divide(numerator, denominator, out=found, where=where)
    return found

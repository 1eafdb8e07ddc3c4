"""Which category of a scale each rating is, for any list of categories."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.counting import count_scores, ends_of

MISSING = -1


def ascending_categories(categories: Sequence[float]) -> NDArray[np.float64]:
    """Return the categories as an array; ValueError unless they are finite numbers, each above the last."""
    points = np.asarray(categories, dtype=np.float64)
    if points.ndim != 1 or not points.size or not np.all(np.isfinite(points)):
        raise ValueError("categories: expected a row of finite numbers")
    if np.any(np.diff(points) <= 0):
        raise ValueError("categories: each must be above the one before it")
    return points


def ends_of_short_scale(categories: NDArray[np.float64]) -> tuple[int, int] | None:
    """Return the ends of ascending categories that are whole numbers in a row, few enough to count fast."""
    ends = ends_of(categories)
    return ends if ends is not None and ends[1] - ends[0] == len(categories) - 1 else None


def places_among(
    ratings: NDArray[np.float64], categories: NDArray[np.float64], *, name: str
) -> NDArray[np.intp]:
    """Return the place of each rating among ascending `categories`, 0 the first; `MISSING` for NaN.

    Raises ValueError naming `name` for a rating that is none of them.
    """
    places = np.minimum(np.searchsorted(categories, ratings), len(categories) - 1)
    missing = np.isnan(ratings)
    if np.any((categories[places] != ratings) & ~missing):
        raise ValueError(f"{name}: a rating that is none of the categories")
    places[missing] = MISSING
    return places


def counts_among(
    ratings: NDArray[np.float64], categories: NDArray[np.float64], *, name: str
) -> NDArray[np.int64]:
    """Return how many of (raters, outcomes) gave each of ascending `categories`, (outcomes, categories).

    Raises ValueError naming `name` for other than two dimensions, or a rating that is none of the categories.
    """
    if ratings.ndim != 2:
        raise ValueError(f"{name}: {ratings.ndim} dimensions, expected raters by outcomes")
    raters, outcomes = ratings.shape
    ends = ends_of_short_scale(categories)
    if ends is not None:
        everyone = np.zeros(raters, dtype=np.intp)
        try:
            counts: NDArray[np.int64] = count_scores(ratings, everyone, groups=1, low=ends[0], high=ends[1])[
                0
            ]
        except ValueError:
            pass  # below it is told by its name
        else:
            return counts
    places = places_among(ratings, categories, name=name)
    cells = places + np.arange(outcomes) * len(categories)
    found = np.bincount(cells[places != MISSING], minlength=outcomes * len(categories))
    return found.reshape(outcomes, len(categories)).astype(np.int64)

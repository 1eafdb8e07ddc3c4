"""By how much one group's scores lie above another's: the median of all differences between their people."""

from dataclasses import dataclass
from enum import StrEnum
from math import floor

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from analysis.comparison.rank_sum import pooled_variance
from analysis.comparison.rank_sum_null import cumulated_null, is_small_enough
from analysis.comparison.samples import scored, tallied

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

MOST_PEOPLE_FOR_EXACT = 60
MOST_DIFFERENCES = 250_000
_ROUNDING = 1e-12


class NullDistribution(StrEnum):
    """What the interval's ends were chosen by: the exact distribution of U, or a normal curve."""

    EXACT = "exact"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class HodgesLehmann:
    """The difference x less y in the unit of the scores; None where not computable.

    `low` and `high` are None where so few people can give no interval of this confidence. An interval that
    holds 0 is no proof of agreement: see how wide it is. One interval an outcome is many: report all or none.
    """

    estimate: float | None
    low: float | None
    high: float | None
    n_x: int
    n_y: int
    confidence: float
    method: NullDistribution | None


def hodges_lehmann(x: ArrayLike, y: ArrayLike, *, confidence: float = 0.95) -> HodgesLehmann:
    """Ask by how many points one group tends to lie above another.

    Parameters
    ----------
    x, y : (n,) the scores of each group, one a person; NaN is left out.
    confidence : share of such intervals that hold the true shift, between 0 and 1; at least that.

    Returns
    -------
    HodgesLehmann : estimate, interval, numbers of people, and what the interval rests on.

    Raises
    ------
    ValueError
        For more than one dimension, an infinite score, a confidence outside 0 to 1.

    Notes
    -----
    The median of the n_x n_y differences; the interval is the c-th lowest to the c-th highest of them, with
    c the largest for which P(U <= c - 1) <= (1 - confidence) / 2. U has its exact distribution without ties
    where n_x + n_y <= 60, or where one group has at most 8 and there are at most 100,000 pairs; else a normal
    curve with the variance less for ties and a continuity correction. With ties the interval is rather too
    wide than too narrow. c = 0 (3 people against 3, at 95 %): no interval. A group without scores: nothing is
    computable.

    References
    ----------
    Hodges and Lehmann (1963), Annals of Mathematical Statistics 34, 598-611, doi 10.1214/aoms/1177704172.
    Lehmann (1963), Annals of Mathematical Statistics 34, 1507-1512, doi 10.1214/aoms/1177703882 (interval).
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence: {confidence}, expected between 0 and 1")
    left, right = scored(x, "x"), scored(y, "y")
    pairs = left.size * right.size
    if not pairs:
        return HodgesLehmann(None, None, None, left.size, right.size, confidence, None)
    method = _method(left.size, right.size)
    from_end = _from_end(left, right, (1 - confidence) / 2, method)
    places = [(pairs + 1) // 2, pairs // 2 + 1]
    if from_end:
        places += [from_end, pairs + 1 - from_end]
    found = ordered_differences(left, right, places)
    low, high = found[2:] if from_end else (None, None)
    estimate = (found[0] + found[1]) / 2
    return HodgesLehmann(estimate, low, high, left.size, right.size, confidence, method)


def ordered_differences(
    x: Floats, y: Floats, places: list[int], *, most_at_once: int = MOST_DIFFERENCES
) -> tuple[float, ...]:
    """Return the differences x_i - y_j at these places, from 1, of all n_x n_y in rising order.

    Equal scores are taken together. At most `most_at_once` differences are held in memory: of more, pivots
    first cut away those that cannot be meant.
    """
    rows, times_x = np.unique(x, return_counts=True)
    columns, times_y = np.unique(y, return_counts=True)
    upto = np.concatenate(([0], np.cumsum(times_y[::-1])))
    grid = _Grid(rows, columns[::-1], times_x, upto)
    if rows.size * columns.size <= most_at_once:
        return grid.at_places(places, *grid.everything())
    return tuple(grid.at_places([place], *grid.narrowed(place, most_at_once))[0] for place in places)


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """The differences of `rows` less `columns`, rising along each row; never all of them at once.

    `times` is how often each row stands for one person; `upto` how many people the first columns stand for.
    """

    rows: Floats
    columns: Floats
    times: Whole
    upto: Whole

    def everything(self) -> tuple[Whole, Whole]:
        """Return where each row begins and ends."""
        return np.zeros(self.rows.size, dtype=np.int64), np.full(self.rows.size, self.columns.size)

    def narrowed(self, place: int, most: int) -> tuple[Whole, Whole]:
        """Return where each row may begin and end so that the difference at `place` is kept."""
        begin, end = self.everything()
        while int((end - begin).sum()) > most:
            pivot = self._pivot(begin, end)
            below = self._columns_before(pivot, begin, end, or_equal=False)
            upto = self._columns_before(pivot, begin, end, or_equal=True)
            if place <= self._people(below):
                end = below
            elif place > self._people(upto):
                begin = upto
            else:
                return below, upto
        return begin, end

    def at_places(self, places: list[int], begin: Whole, end: Whole) -> tuple[float, ...]:
        """Return the differences at `places`, which lie between `begin` and `end` of the rows."""
        lengths = end - begin
        row = np.repeat(np.arange(self.rows.size), lengths)
        column = np.arange(row.size) - np.repeat(np.cumsum(lengths) - lengths - begin, lengths)
        differences = self.rows[row] - self.columns[column]
        order = np.argsort(differences, kind="stable")
        people = self.times[row] * (self.upto[column + 1] - self.upto[column])
        reached = self._people(begin) + np.cumsum(people[order])
        return tuple(float(one) for one in differences[order][np.searchsorted(reached, places)])

    def _pivot(self, begin: Whole, end: Whole) -> float:
        """Return the middle of the rows' middles, each row weighing as much as is left of it."""
        used = np.flatnonzero(end > begin)
        middles = self.rows[used] - self.columns[(begin[used] + end[used]) // 2]
        order = np.argsort(middles, kind="stable")
        reached = np.cumsum((end - begin)[used][order])
        return float(middles[order][np.searchsorted(reached, reached[-1] / 2)])

    def _columns_before(self, pivot: float, begin: Whole, end: Whole, *, or_equal: bool) -> Whole:
        """Return for each row how many columns have a difference below the pivot, by halving."""
        low, high = begin.copy(), end.copy()
        while np.any(low < high):
            middle = (low + high) // 2
            difference = self.rows - self.columns[np.minimum(middle, self.columns.size - 1)]
            before = (difference <= pivot) if or_equal else (difference < pivot)
            before &= low < high
            low = np.where(before, middle + 1, low)
            high = np.where(before, high, np.minimum(middle, high))
        return low

    def _people(self, columns: Whole) -> int:
        """Return how many differences, each pair of people one, lie in the first `columns` of the rows."""
        return int((self.times * self.upto[columns]).sum())


def _method(n_x: int, n_y: int) -> NullDistribution:
    is_exact = n_x + n_y <= MOST_PEOPLE_FOR_EXACT or bool(is_small_enough(n_x, n_y))
    return NullDistribution.EXACT if is_exact else NullDistribution.NORMAL


def _from_end(x: Floats, y: Floats, tail: float, method: NullDistribution) -> int:
    """Return which difference from either end bounds the interval; 0 where none does."""
    if method is NullDistribution.EXACT:
        null = cumulated_null(x.size, y.size)
        return int(np.searchsorted(null, tail * (1 + _ROUNDING), side="right"))
    n_x, n_y = np.array(x.size), np.array(y.size)
    deviation = float(np.sqrt(pooled_variance(tallied((x, y)).sum(axis=0), n_x, n_y)))
    return max(0, floor(x.size * y.size / 2 + 0.5 + float(special.ndtri(tail)) * deviation))

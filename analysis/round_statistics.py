"""All measures of one outcome at a time, for every outcome of a round and every group at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.counts import ResponseCounts
from analysis.dispersion.agreement_a import van_der_eijk_a
from analysis.quantiles import AVERAGED_INVERTED_CDF, quantile_of_counts
from analysis.rand_ucla import POINTS, RandUclaArrays, appropriateness_of_quantiles
from analysis.study.scale import Box

EVERYONE = None
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class RoundStatistics:
    """One row a group and a last one for everyone, unweighted: arrays (G + 1, O); NaN where nobody rated.

    `rows` names them (None: everyone). `in_box` and `shares` are (boxes, G + 1, O). `iqr` is q3 - q1 by the
    study's quantile definition, NaN where fewer than two rated. `agreement` is van der Eijk's A. `rand_ucla`:
    None on a scale other than 1 to 9.
    """

    rows: tuple[str | None, ...]
    outcomes: tuple[str, ...]
    boxes: tuple[str, ...]
    n: NDArray[np.int64]
    in_box: NDArray[np.int64]
    shares: Floats
    mean: Floats
    median: Floats
    q1: Floats
    q3: Floats
    agreement: Floats
    rand_ucla: RandUclaArrays | None

    @property
    def iqr(self) -> Floats:
        """The interquartile range; one rating has none."""
        return np.where(self.n > 1, self.q3 - self.q1, np.nan)


def round_statistics(
    counts: ResponseCounts, *, boxes: Sequence[Box] = (), definition: int = 7
) -> RoundStatistics:
    """Describe the answers to each outcome, by group and over everyone.

    Parameters
    ----------
    counts : of one criterion of a rating round.
    boxes : the scale's boxes; each is counted.
    definition : Hyndman-Fan type of the quartiles and percentiles; the median is the middle score, or the
        mean of the two in the middle.

    Returns
    -------
    RoundStatistics

    Raises
    ------
    ValueError
        For an unknown definition.

    Notes
    -----
    Only counts are used, so the work does not grow with the panel. No kind of missing is in any n.
    """
    numbers = np.concatenate((counts.counts, counts.counts.sum(axis=0, keepdims=True)))
    points = np.asarray(counts.categories, dtype=np.float64)
    n = numbers.sum(axis=-1)
    found = quantile_of_counts(
        numbers,
        (0.5, 0.25, 0.75, 0.3, 0.7),
        values=points,
        definition=(AVERAGED_INVERTED_CDF, *[definition] * 4),
    )
    median, q1, q3, p30, p70 = np.moveaxis(found, -1, 0)
    in_box = (
        np.stack([_in_box(numbers, counts.categories, box) for box in boxes])
        if boxes
        else (np.zeros((0, *n.shape), dtype=np.int64))
    )
    nine_points = points.shape == POINTS.shape and bool((points == POINTS).all())
    return RoundStatistics(
        rows=(*counts.groups, EVERYONE),
        outcomes=counts.outcomes,
        boxes=tuple(box.code for box in boxes),
        n=n,
        in_box=in_box,
        shares=_over(in_box, n),
        mean=_over(numbers @ points, n),
        median=median,
        q1=q1,
        q3=q3,
        agreement=np.asarray(van_der_eijk_a(numbers), dtype=np.float64),
        rand_ucla=appropriateness_of_quantiles(n, median, p30, p70) if nine_points else None,
    )


def _in_box(numbers: NDArray[np.int64], categories: Sequence[int], box: Box) -> NDArray[np.int64]:
    inside = [at for at, point in enumerate(categories) if box.holds(point)]
    found: NDArray[np.int64] = numbers[..., inside].sum(axis=-1)
    return found


def _over(numerator: NDArray[np.int64] | Floats, n: NDArray[np.int64]) -> Floats:
    found = np.full(np.broadcast_shapes(numerator.shape, n.shape), np.nan)
    np.divide(numerator, n, out=found, where=n > 0)
    return found

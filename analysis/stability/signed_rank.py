"""Wilcoxon's signed-rank test between two rounds."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from analysis.counting import count_pairs, ends_of
from analysis.whole_numbers import whole_numbers

Zeros = Literal["wilcox", "pratt"]


@dataclass(frozen=True, slots=True, eq=False)
class Wilcoxon:
    """Numbers for one outcome (None where not computable), arrays for many (NaN there).

    `statistic`: the sum of the ranks of those who rose; `rank_biserial`: (rose - fell) / all, from -1 to 1;
    `n_paired`: rated both times; `n_changed` of them differently; `df` is None: the test has none.
    """

    statistic: Any
    p_value: Any
    z: Any
    rank_biserial: Any
    n_paired: Any
    n_changed: Any
    df: None = None


def wilcoxon(before: ArrayLike, after: ArrayLike, *, zeros: Zeros = "wilcox") -> Wilcoxon:
    """Test whether the same people moved their ratings up or down between two rounds.

    Parameters
    ----------
    before, after : (raters,) for one outcome or (raters, outcomes), the same people in the same order; NaN
        where missing. A pair with one of them missing is left out.
    zeros : those who did not change: "wilcox" leaves them out; "pratt" ranks them and leaves their ranks out.

    Returns
    -------
    Wilcoxon : not computable where nobody changed.

    Raises
    ------
    ValueError
        For shapes that differ, an infinite rating, or an unknown way with zeros.

    Notes
    -----
    Two-sided, normal approximation with the correction for ties and none for continuity, at every n: ratings
    tie too much for the exact distribution. "wilcox" asks which way those who moved went; "pratt" also weighs
    how many stayed. p > .05 is no proof of stability: show the share who changed beside it. One test an
    outcome is many tests: report all of them or none.

    References
    ----------
    Wilcoxon (1945), Biometrics Bulletin 1, 80-83, doi 10.2307/3001968.
    Pratt (1959), Journal of the American Statistical Association 54, 655-667, doi
    10.1080/01621459.1959.10501526.
    """
    first, second = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    if first.shape != second.shape or first.ndim not in (1, 2):
        raise ValueError(
            f"after: shape {second.shape}, expected {first.shape}, (raters,) or (raters, outcomes)"
        )
    _check_zeros(zeros)
    if first.ndim == 1:
        return _alone(_signed_ranks(*_by_size(first[:, None], second[:, None]), zeros))
    return _signed_ranks(*_by_size(first, second), zeros)


def wilcoxon_of_tables(tables: ArrayLike, *, zeros: Zeros = "wilcox") -> Wilcoxon:
    """Test whether people moved up or down, from tables of how many gave which two ratings; see `wilcoxon`.

    Parameters
    ----------
    tables : (..., C, C) integers, before by after, over points of a scale that lie equally far apart.
    zeros : as for `wilcoxon`.

    Returns
    -------
    Wilcoxon : numbers for one table, arrays over the leading axes for several.

    Raises
    ------
    ValueError
        For tables that are not square, numbers that are negative or not whole, or an unknown way with zeros.
    """
    table = whole_numbers(tables, name="tables")
    if table.ndim < 2 or table.shape[-1] != table.shape[-2]:
        raise ValueError(f"tables: shape {table.shape}, expected square tables")
    _check_zeros(zeros)
    if table.ndim == 2:
        return _alone(_signed_ranks(*_diagonals(table[None]), zeros))
    return _signed_ranks(*_diagonals(table), zeros)


def _check_zeros(zeros: Zeros) -> None:
    if zeros not in ("wilcox", "pratt"):
        raise ValueError(f"zeros: {zeros!r}, expected 'wilcox' or 'pratt'")


def _alone(found: Wilcoxon) -> Wilcoxon:
    """Return the numbers of the only outcome."""
    values = [getattr(found, name)[0] for name in ("statistic", "p_value", "z", "rank_biserial")]
    statistic, p_value, z, biserial = [None if np.isnan(value) else float(value) for value in values]
    return Wilcoxon(statistic, p_value, z, biserial, int(found.n_paired[0]), int(found.n_changed[0]))


def _by_size(
    before: NDArray[np.float64], after: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return how many rose and fell by each size of change, rising, (O, K) each; how many stayed, (O,)."""
    ends = ends_of(before, after)
    if ends is not None:
        try:
            return _diagonals(count_pairs(before, after, low=ends[0], high=ends[1]))
        except ValueError:
            pass  # some rating between the ends is not whole
    for name, ratings in (("before", before), ("after", after)):
        if np.any(np.isinf(ratings)):
            raise ValueError(f"{name}: an infinite value")
    difference = after - before
    sizes = np.unique(np.abs(difference[~np.isnan(difference) & (difference != 0)]))
    risen = np.stack([(difference == size).sum(axis=0) for size in (*sizes, np.inf)], axis=-1)
    fallen = np.stack([(difference == -size).sum(axis=0) for size in (*sizes, np.inf)], axis=-1)
    return risen, fallen, (difference == 0).sum(axis=0)


def _diagonals(
    table: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    sizes = range(1, max(table.shape[-1], 2))
    risen = [np.trace(table, offset=size, axis1=-2, axis2=-1) for size in sizes]
    fallen = [np.trace(table, offset=-size, axis1=-2, axis2=-1) for size in sizes]
    same = np.trace(table, axis1=-2, axis2=-1)
    return np.stack(risen, axis=-1), np.stack(fallen, axis=-1), np.asarray(same)


def _signed_ranks(
    risen: NDArray[np.int64], fallen: NDArray[np.int64], same: NDArray[np.int64], zeros: Zeros
) -> Wilcoxon:
    tied = (risen + fallen).astype(np.float64)
    zeros_ranked = same[..., None] * 1.0 if zeros == "pratt" else np.zeros((*same.shape, 1))
    ranks = zeros_ranked + np.cumsum(tied, axis=-1) - (tied - 1) / 2
    upward, downward = (risen * ranks).sum(axis=-1), (fallen * ranks).sum(axis=-1)
    n = (zeros_ranked[..., 0] + tied.sum(axis=-1)).astype(np.float64)
    without = zeros_ranked[..., 0]
    mean = (n * (n + 1) - without * (without + 1)) / 4
    full = n * (n + 1) * (2 * n + 1) - without * (without + 1) * (2 * without + 1)
    variance = full / 24 - (tied**3 - tied).sum(axis=-1) / 48
    computable = variance > 0
    z = np.full(variance.shape, np.nan)
    np.divide(upward - mean, np.sqrt(np.maximum(variance, 0)), out=z, where=computable)
    biserial = np.full(variance.shape, np.nan)
    np.divide(upward - downward, upward + downward, out=biserial, where=computable)
    changed = (risen + fallen).sum(axis=-1)
    return Wilcoxon(
        statistic=np.where(computable, upward, np.nan),
        p_value=2 * special.ndtr(-np.abs(z)),
        z=z,
        rank_biserial=biserial,
        n_paired=changed + same,
        n_changed=changed,
    )

"""Kendall's coefficient of concordance, W."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats

from analysis.counting import MOST_CATEGORIES, codes_of, ends_of

_CELLS_IN_A_BLOCK = 1 << 16
_WIDTH = MOST_CATEGORIES + 1


@dataclass(frozen=True, slots=True)
class KendallW:
    """W with its test. All but the numbers of people and outcomes are None where W is not computable.

    `w_uncorrected`: as if nobody had tied. `p_value`: from chi-squared; `p_permutation`: None unless asked
    for. `n_raters`: with an answer to every outcome; `n_uninformative` of them gave all the same answer.
    """

    w: float | None
    w_uncorrected: float | None
    chi2: float | None
    df: int | None
    p_value: float | None
    p_permutation: float | None
    n_raters: int
    n_outcomes: int
    n_uninformative: int


@dataclass(frozen=True, slots=True, eq=False)
class _RankSums:
    """Twice the rank sum of each outcome, and the sum of t cubed - t over all ties: whole numbers."""

    doubled: NDArray[np.int64]
    ties: int
    n_uninformative: int


def kendall_w(
    ratings: ArrayLike, *, permutations: int = 0, rng: np.random.Generator | None = None
) -> KendallW:
    """Say how far raters put the outcomes into the same order: 1 the same, 0 no more than by chance.

    Parameters
    ----------
    ratings : (raters, outcomes); a rater with a missing answer (NaN) is left out whole (complete cases).
    permutations : how many times to shuffle each rater's answers for `p_permutation`; 0: not asked for.
    rng : source of chance, needed with permutations.

    Returns
    -------
    KendallW

    Raises
    ------
    ValueError
        For a matrix that is not two-dimensional or holds an infinite value, for fewer than 0 permutations, or
        some without `rng`.

    Notes
    -----
    Mid-ranks within a rater; W = 12 S / (m^2 (n^3 - n) - m T), S the squared deviations of the n rank sums
    from their mean and T = sum of t^3 - t over all ties; chi2 = m (n - 1) W with n - 1 degrees. A rater who
    gives every outcome the same answer adds to m and T and nothing else; where all do, or with fewer than two
    raters or outcomes, W is not computable. With few raters chi-squared is too cautious: ask for
    permutations, p = (1 + as large) / (1 + all). W is made for rankings: on ratings full of nines it is low
    by construction, and describes, never decides.

    References
    ----------
    Kendall and Babington Smith (1939), Annals of Mathematical Statistics 10, 275-287, doi
    10.1214/aoms/1177732186.
    """
    matrix = np.asarray(ratings, dtype=np.float64)
    if matrix.ndim != 2:
        raise ValueError(f"ratings: {matrix.ndim} dimensions, expected raters by outcomes")
    if permutations < 0:
        raise ValueError(f"permutations: {permutations}, expected 0 or more")
    if permutations and rng is None:
        raise ValueError("rng: needed for permutations")
    matrix = _of_complete_raters(matrix)
    m, n = matrix.shape
    sums = _rank_sums(matrix)
    room = m * m * (n**3 - n) - m * sums.ties
    if m < 2 or n < 2 or room == 0:
        return KendallW(None, None, None, None, None, None, m, n, sums.n_uninformative)
    spread = _spread(sums.doubled, m)
    w, chi2 = 12 * spread / room, 12 * spread * (n - 1) * m / room
    shuffled = _permuted(matrix, spread, permutations, rng) if rng is not None and permutations else None
    return KendallW(
        w=w,
        w_uncorrected=12 * spread / (m * m * (n**3 - n)),
        chi2=chi2,
        df=n - 1,
        p_value=float(special.chdtrc(n - 1, chi2)),
        p_permutation=shuffled,
        n_raters=m,
        n_outcomes=n,
        n_uninformative=sums.n_uninformative,
    )


def _of_complete_raters(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(invalid="ignore", over="ignore"):
        complete = np.isfinite(matrix.sum(axis=1))
    if complete.all():
        return matrix
    others = matrix[~complete]
    if np.any(np.isinf(others)):
        raise ValueError("ratings: an infinite value")
    complete[~complete] = ~np.isnan(others).any(axis=1)
    answered: NDArray[np.float64] = matrix[complete]
    return answered


def _spread(doubled: NDArray[np.int64], m: int) -> float:
    """Return S: the squared deviations of the rank sums from m (n + 1) / 2."""
    deviations = doubled - m * (doubled.size + 1)
    return sum(int(deviation) ** 2 for deviation in deviations) / 4


def _rank_sums(matrix: NDArray[np.float64]) -> _RankSums:
    ends = ends_of(matrix)
    if ends is not None:
        try:
            return _of_categories(matrix, *ends)
        except ValueError:
            pass  # some score between the ends is not whole
    return _of_any_numbers(matrix)


def _of_categories(matrix: NDArray[np.float64], low: int, high: int) -> _RankSums:
    """Rank whole numbers of a short scale: how many of a rater's answers lie below one gives its rank."""
    m, n = matrix.shape
    doubled, ties, constant = np.zeros(n, dtype=np.int64), 0, 0
    rows = max(1, _CELLS_IN_A_BLOCK // n)
    starts = (np.arange(rows) * _WIDTH)[:, None]
    for start in range(0, m, rows):
        codes = codes_of(matrix[start : start + rows], low=low, high=high)
        cells = codes + starts[: codes.shape[0]]
        sizes = np.bincount(cells.ravel(), minlength=codes.shape[0] * _WIDTH).reshape(-1, _WIDTH)
        ranks = 2 * np.cumsum(sizes, axis=1) - sizes + 1
        doubled += ranks.ravel().take(cells).sum(axis=0)
        ties += int((sizes**3 - sizes).sum())
        constant += int((sizes == n).any(axis=1).sum())
    return _RankSums(doubled, ties, constant)


def _of_any_numbers(matrix: NDArray[np.float64]) -> _RankSums:
    ranks = stats.rankdata(matrix, axis=1) if matrix.size else matrix
    doubled = np.rint(2 * ranks).astype(np.int64)
    ties, constant = 0, 0
    for row in matrix:
        sizes = np.unique(row, return_counts=True)[1].astype(np.int64)
        ties += int((sizes**3 - sizes).sum())
        constant += int(sizes.size == 1)
    return _RankSums(doubled.sum(axis=0), ties, constant)


def _permuted(
    matrix: NDArray[np.float64], spread: float, permutations: int, rng: np.random.Generator
) -> float:
    """Return how often shuffled answers agree as much: ties stay within a rater, so S alone decides."""
    doubled = np.rint(2 * stats.rankdata(matrix, axis=1)).astype(np.int64)
    as_large = 0
    for _ in range(permutations):
        shuffled = rng.permuted(doubled, axis=1)
        as_large += _spread(shuffled.sum(axis=0), matrix.shape[0]) >= spread
    return (1 + as_large) / (1 + permutations)

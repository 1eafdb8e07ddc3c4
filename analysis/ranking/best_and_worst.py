"""Best-worst: how often an outcome is named among the best, less how often among the worst."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.ranking.ballots import read_places, read_weights, tied_order
from analysis.ranking.common_denominator import ExactNumbers, over


@dataclass(frozen=True, slots=True, eq=False)
class BestWorstResult:
    """Tallies by outcome; None where nobody voted.

    `best`, `worst` (outcomes,): the weight of those who named it so. `scores`: (best - worst) / `weight`,
    -1 to 1. `order`: highest score first, equal scores together. `weight`, `n_voters`: of those who named
    an outcome on either list. `n_named_both`: times that somebody named one outcome on both lists.
    """

    best: NDArray[np.float64] | None
    worst: NDArray[np.float64] | None
    scores: NDArray[np.float64] | None
    order: tuple[tuple[int, ...], ...] | None
    n_named_both: int
    weight: Fraction
    n_voters: int


def best_worst(top: ArrayLike, bottom: ArrayLike, *, weights: ExactNumbers | None = None) -> BestWorstResult:
    """Return by how much each outcome is named among the best more often than among the worst.

    Parameters
    ----------
    top, bottom : (voters, outcomes)
        Places on the voter's list of the best (say, top three) and of the worst; NaN = not on that list.
        Row v of both is the same voter. Which place does not matter, only that there is one.
    weights : (voters,), optional
        Not negative: ints, Fractions, Decimals or floats (read as the decimals that they are written as).

    Raises
    ------
    ValueError
        For a place below 1, two different shapes, or weights that cannot be added exactly.

    Notes
    -----
    score = (best - worst) / n, n = those (their weights) who named an outcome on either list; whoever
    named none is left out. An outcome never named scores 0, as does one that divides the panel evenly, so
    show `best` and `worst` beside the score. Somebody who names an outcome on both lists counts on both,
    which cancels out, and is stated. Ties are exact. Without voters, or all of weight 0, fields are None.

    References
    ----------
    Louviere, Flynn & Marley (2015), doi 10.1017/CBO9781107337855.
    """
    on_top = ~np.isnan(read_places(top, "top"))
    on_bottom = ~np.isnan(read_places(bottom, "bottom"))
    if on_top.shape != on_bottom.shape:
        raise ValueError(f"bottom: shape {on_bottom.shape}, expected that of top, {on_top.shape}")
    whole, denominator = read_weights(weights, *on_top.shape)
    voted = (on_top | on_bottom).any(axis=1)
    total, n_voters = int(whole[voted].sum()), int(np.count_nonzero(voted))
    both, weight = int(np.count_nonzero(on_top & on_bottom)), Fraction(total, denominator)
    if not total:
        return BestWorstResult(None, None, None, None, both, weight, n_voters)
    best, worst = whole @ on_top, whole @ on_bottom
    return BestWorstResult(
        best=over(best, denominator),
        worst=over(worst, denominator),
        scores=over(best - worst, total),
        order=tied_order(best - worst),
        n_named_both=both,
        weight=weight,
        n_voters=n_voters,
    )

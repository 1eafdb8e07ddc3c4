"""Bootstrap intervals of weighted shares."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.consensus.verdict_codes import Sums, weighted_ratio, whole_weights
from analysis.counts import ResponseCounts
from analysis.intervals import wilson_of_share
from analysis.study.scale import Box
from analysis.study.weighting import UNWEIGHTED, Weighting
from analysis.uncertainty.exact_shares import exact_ends
from analysis.uncertainty.resampling import SMALLEST_STRATUM, Strata, binomials, resampled, strata_of

Floats = NDArray[np.float64]
_ROUNDING = 1e-12  # what the order of summation can do to a share


@dataclass(frozen=True, slots=True, eq=False)
class BootstrapShares:
    """Shares of each outcome with the ends of their intervals, all (O,); NaN where not computable.

    `replicates`: panels drawn, None where all that could be drawn are taken into account. `is_wilson`:
    everyone or nobody of each stratum is in the box, so resampling cannot move, and the interval is Wilson's
    over `effective_n` people. `joined`: groups too small to be drawn from alone, drawn from together.
    """

    share: Floats
    low: Floats
    high: Floats
    effective_n: Floats
    is_wilson: NDArray[np.bool_]
    replicates: int | None
    joined: tuple[tuple[str, ...], ...]


def bootstrap_shares(
    counts: ResponseCounts,
    box: Box,
    *,
    weighting: Weighting = UNWEIGHTED,
    group: str | None = None,
    replicates: int = 2000,
    confidence: float = 0.95,
    rng: np.random.Generator,
) -> BootstrapShares:
    """Say between which ends the share in a box would mostly lie, had other such people been on the panel.

    Parameters
    ----------
    counts : of one criterion of a rating round.
    box : whose share.
    weighting : what a person of each group counts for; it does not matter with `group`.
    group : only this group's share; default: everyone's, weighted.
    replicates : how many panels are drawn, at least 100.
    confidence : share of replicates between the ends.
    rng : source of chance; the same state gives the same interval.

    Returns
    -------
    BootstrapShares

    Raises
    ------
    ValueError
        For an unknown group, a confidence outside 0 to 1, or fewer than 100 replicates.

    Notes
    -----
    People are drawn with replacement within their stakeholder group. For one outcome that is the same as
    drawing its counts from a multinomial distribution, so the cost does not grow with the panel. Up to 4,096
    weighted people, with weights that do not depend on turnout, the percentiles are those of all panels that
    could be drawn, without chance: endless replicates. Else they are of `replicates` panels (linear
    interpolation). Groups under 10 people are drawn from together; under 10 in all nothing is computed. A
    panel is no random sample: read it as sensitivity to who was on the panel.

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, Chapman and Hall, doi
    10.1201/9780429246593.
    """
    if replicates < 100:
        raise ValueError(f"replicates: {replicates}, expected 100 or more")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence: {confidence}, expected between 0 and 1")
    numbers, groups = _of_group(counts, group)
    weights = weighting if group is None else UNWEIGHTED
    inside = [at for at, point in enumerate(counts.categories) if box.holds(point)]
    sums = Sums(numbers[..., inside].sum(axis=-1), numbers.sum(axis=-1))
    share, _ = weighted_ratio(sums, groups=groups, weighting=weights)
    share = np.where(sums.n.sum(axis=0) < SMALLEST_STRATUM, np.nan, share)
    strata = strata_of(sums.n.max(axis=1, initial=0).tolist())
    whole = whole_weights(weights, groups)
    exact = exact_ends(sums, whole, confidence=confidence) if whole is not None and _apart(strata) else None
    say = _say_of_one(sums.n, groups, weights)
    if exact is None:
        panels = _ratios_of_panels(sums, strata, groups, weights, say, replicates, rng)
        low, high = _ends(panels, confidence)
        moves = ~(np.ptp(panels, axis=-1) < _ROUNDING)  # a panel without a share is no sign of standing still
    else:
        low, high = exact
        moves = ((sums.k > 0) & (sums.k < sums.n) & (np.nan_to_num(say) > 0)).any(axis=0)
    cannot_move = ~np.isnan(share) & (~moves | (share == 0) | (share == 1))
    effective = _effective_people(sums.n, say)
    edges = wilson_of_share(share, effective, confidence=confidence)
    return BootstrapShares(
        share=share,
        low=np.where(cannot_move, edges.low, np.where(np.isnan(share), np.nan, low)),
        high=np.where(cannot_move, edges.high, np.where(np.isnan(share), np.nan, high)),
        effective_n=effective,
        is_wilson=cannot_move,
        replicates=replicates if exact is None else None,
        joined=tuple(tuple(groups[at] for at in one) for one in strata.joined) if strata else (),
    )


def _of_group(counts: ResponseCounts, group: str | None) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    if group is None:
        return counts.counts, counts.groups
    if group not in counts.groups:
        raise ValueError(f"group: {group!r} is not one of {', '.join(counts.groups)}")
    at = counts.groups.index(group)
    return counts.counts[at : at + 1], (group,)


def _apart(strata: Strata | None) -> bool:
    """Say whether every group is drawn from alone."""
    return strata is not None and not strata.joined


def _ratios_of_panels(
    sums: Sums,
    strata: Strata | None,
    groups: tuple[str, ...],
    weighting: Weighting,
    say: Floats,
    replicates: int,
    rng: np.random.Generator,
) -> Floats:
    """Return the share of each drawn panel, (O, R); NaN for a panel that has no weight on an outcome."""
    if strata is None:
        return np.full((sums.n.shape[1], replicates), np.nan)
    if _apart(strata):  # then nobody's weight moves, and a share is a sum
        drawn = binomials(sums.n.ravel(), (sums.k / np.maximum(sums.n, 1)).ravel(), replicates, rng)
        ratios: Floats = np.einsum("go,gor->or", np.nan_to_num(say), drawn.reshape(*sums.n.shape, replicates))
        return ratios
    parts = np.stack((sums.k, sums.n - sums.k), axis=-1)
    panels = resampled(parts, strata, replicates=replicates, rng=rng)
    of_panels = Sums(panels[..., 0], panels.sum(axis=-1))
    return weighted_ratio(of_panels, groups=groups, weighting=weighting)[0].T


def _ends(panels: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Return the percentiles of each outcome's drawn shares; panels without a share are left out."""
    tails = ((1 - confidence) / 2, (1 + confidence) / 2)
    ends = np.quantile(panels, tails, axis=-1)
    without = np.isnan(panels)
    some = without.any(axis=-1) & ~without.all(axis=-1)
    if some.any():
        ends[:, some] = np.nanquantile(panels[some], tails, axis=-1)
    return ends[0], ends[1]


def _say_of_one(n: NDArray[np.int64], groups: tuple[str, ...], weighting: Weighting) -> Floats:
    """Return what one person of each group adds to the share by being in the box, (G, O)."""
    say = np.full(n.shape, np.nan)
    for at in range(len(groups)):
        alone = np.where(np.arange(len(groups))[:, None] == at, (n > 0).astype(np.int64), 0)
        say[at] = weighted_ratio(Sums(alone, n), groups=groups, weighting=weighting)[0]
    return say


def _effective_people(n: NDArray[np.int64], say: Floats) -> Floats:
    """Return (sum of weights) squared over the sum of squared weights, (O,); NaN where there is no weight."""
    return _over((say * n).sum(axis=0) ** 2, (say**2 * n).sum(axis=0))


def _over(numerator: Floats | NDArray[np.int64], denominator: Floats | NDArray[np.int64]) -> Floats:
    found = np.full(numerator.shape, np.nan)
    np.divide(numerator, denominator, out=found, where=denominator > 0)
    return found

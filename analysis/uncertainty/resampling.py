"""Drawing panels again: people drawn with replacement within their stakeholder group, as counts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SMALLEST_STRATUM = 10
_LARGEST_TABLE = 400  # people; beyond it the generator's own method is quicker than a table
_STEPS = 256
_DRAWS_AT_ONCE = 1 << 16  # so that a block of them stays in the cache

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Strata:
    """Groups that are drawn from together, as places in the order of groups."""

    of_groups: tuple[tuple[int, ...], ...]

    @property
    def joined(self) -> tuple[tuple[int, ...], ...]:
        """The strata of more than one group."""
        return tuple(stratum for stratum in self.of_groups if len(stratum) > 1)


def strata_of(people: Sequence[int], *, minimum: int = SMALLEST_STRATUM) -> Strata | None:
    """Say which groups can be drawn from alone, and which only together.

    Parameters
    ----------
    people : (G,) how many of each group answered.
    minimum : people that a stratum needs.

    Returns
    -------
    Strata: a group with fewer than `minimum` people is drawn from together with the other small ones, and,
    where these are too few, with the next smallest. Groups with nobody are in none. None where all are too
    few together.
    """
    present = sorted((number, at) for at, number in enumerate(people) if number > 0)
    small = [(number, at) for number, at in present if number < minimum]
    rest = present[len(small) :]
    while small and sum(number for number, _ in small) < minimum and rest:
        small.append(rest.pop(0))
    if small and sum(number for number, _ in small) < minimum:
        return None
    alone = [(at,) for _, at in sorted(rest, key=lambda one: one[1])]
    together = [tuple(sorted(at for _, at in small))] if small else []
    return Strata((*together, *alone)) if present else None


def resampled(counts: Counts, strata: Strata, *, replicates: int, rng: np.random.Generator) -> Counts:
    """Draw the answers to each outcome again.

    Parameters
    ----------
    counts : (G, O, A) whole numbers of answers in A parts, such as within a box and outside.
    strata : see `strata_of`.
    replicates : R, how many times.
    rng : source of chance.

    Returns
    -------
    (R, G, O, A) counts. A stratum keeps the number of people who answered each outcome; what is one person's
    answer to several outcomes is drawn for each outcome on its own, so only measures of one outcome may be
    taken of them.
    """
    groups, outcomes, parts = counts.shape
    drawn = np.zeros((groups, outcomes, parts, replicates), dtype=np.int64)
    for stratum in strata.of_groups:
        cells = counts[list(stratum)].transpose(1, 0, 2).reshape(outcomes, -1)
        found = _multinomials(cells, replicates, rng)
        drawn[list(stratum)] = found.reshape(outcomes, len(stratum), parts, replicates).transpose(1, 0, 2, 3)
    return np.moveaxis(drawn, -1, 0)


def _multinomials(cells: Counts, replicates: int, rng: np.random.Generator) -> Counts:
    """Draw each row of (O, K) counts again, (O, K, R): each cell of what the earlier ones left."""
    left = np.repeat(cells.sum(axis=1)[:, None], replicates, axis=1)
    weight = cells[:, ::-1].cumsum(axis=1)[:, ::-1]  # of this cell and all after it
    drawn = np.empty((*cells.shape, replicates), dtype=np.int64)
    for at in range(cells.shape[1] - 1):
        share = cells[:, at] / np.maximum(weight[:, at], 1)
        drawn[:, at] = (
            binomials(left[:, 0], share, replicates, rng) if at == 0 else rng.binomial(left, share[:, None])
        )
        left -= drawn[:, at]
    drawn[:, -1] = left
    return drawn


def binomials(n: Counts, share: NDArray[np.float64], replicates: int, rng: np.random.Generator) -> Counts:
    """Draw binomial numbers, (cells, replicates), for each of many (n, share), both (cells,).

    For up to 400 people by inverting the distribution function, from a table with an index into it; this
    needs one uniform number a draw and no loop over draws.
    """
    if n.size == 0 or n.max() > _LARGEST_TABLE:
        return rng.binomial(n[:, None], share[:, None], size=(n.size, replicates))
    drawn = np.empty((n.size, replicates), dtype=np.int64)
    cells = max(1, _DRAWS_AT_ONCE // max(1, replicates))
    for start in range(0, n.size, cells):
        block = slice(start, start + cells)
        drawn[block] = _from_table(n[block], share[block], rng.random((n[block].size, replicates)))
    return drawn


def _from_table(n: Counts, share: NDArray[np.float64], uniform: NDArray[np.float64]) -> Counts:
    """Turn uniform numbers (cells, R) into binomial ones."""
    flipped = share > 0.5
    cumulated = _distribution(n, np.where(flipped, 1 - share, share))
    row = np.arange(n.size)[:, None]
    steps = (uniform * _STEPS).astype(np.intp)
    steps += row * _STEPS
    drawn = _index(cumulated).ravel().take(steps)
    drawn += row * cumulated.shape[1]
    table, cell, value = cumulated.ravel(), drawn.ravel(), uniform.ravel()
    short = np.flatnonzero(value >= table.take(cell))
    while short.size:
        cell[short] += 1
        short = short[value[short] >= table.take(cell[short])]
    drawn -= row * cumulated.shape[1]
    return np.where(flipped[:, None], n[:, None] - drawn, drawn)


def _distribution(n: Counts, share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return P(at most k), (cells, max n + 1), for shares of at most a half; from k = n on it is above 1."""
    k = np.arange(int(n.max()))
    factors = np.maximum(n[:, None] - k, 0) / (k + 1) * (share / (1 - share))[:, None]
    masses = np.concatenate((np.ones((n.size, 1)), np.cumprod(factors, axis=1)), axis=1)
    cumulated = np.cumsum(masses * ((1 - share) ** n)[:, None], axis=1)
    cumulated[np.arange(k.size + 1) >= n[:, None]] = 2.0
    return cumulated


def _index(cumulated: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return, for each step of the uniform number, the first k that can be meant, (cells, steps)."""
    cells = cumulated.shape[0]
    step = np.minimum(np.ceil(cumulated * _STEPS).astype(np.intp), _STEPS) + np.arange(cells)[:, None] * (
        _STEPS + 1
    )
    passed = np.bincount(step.ravel(), minlength=cells * (_STEPS + 1)).reshape(cells, _STEPS + 1)
    return np.cumsum(passed[:, :_STEPS], axis=1)

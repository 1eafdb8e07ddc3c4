"""Shares, means and points of one outcome, exact: a sum over groups, weighted by group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from analysis.study.weighting import Weighting
from analysis.weights import group_weights


def share(k: int | Fraction, n: int | Fraction) -> Fraction | None:
    """Return k / n exactly; None where n = 0, which is not computable and never 0."""
    return Fraction(k) / n if n else None


@dataclass(frozen=True, slots=True)
class GroupTally:
    """For each outcome (O), by group (G): `k`, what is counted or summed, and `n`, the people behind it."""

    groups: tuple[str, ...]
    k: tuple[tuple[int, ...], ...]
    n: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Pooled:
    """One outcome over all groups: weighted `k` and `n`, and the heads without any weight."""

    k: Fraction
    n: Fraction
    heads: int
    weights: Mapping[str, Fraction]

    @property
    def ratio(self) -> Fraction | None:
        """The weighted share or mean; None where no weighted answer is left."""
        return share(self.k, self.n)


@dataclass(frozen=True, slots=True)
class _WholeWeights:
    numerators: tuple[int, ...]
    denominator: int
    by_group: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Pooler:
    """Adds groups up under one weighting; remembers the weights of each combination of n."""

    weighting: Weighting
    groups: tuple[str, ...]
    _known: dict[tuple[int, ...], _WholeWeights] = field(default_factory=dict, repr=False, compare=False)

    def pool(self, k: Sequence[int], n: Sequence[int]) -> Pooled:
        """Return the weighted sums of `k` and `n`, both one number a group."""
        weights = self._weights(tuple(n))
        # Whole numbers over one denominator: the same result as with fractions, several times faster.
        sums = (sum(w * x for w, x in zip(weights.numerators, numbers, strict=True)) for numbers in (k, n))
        weighted_k, weighted_n = (Fraction(total, weights.denominator) for total in sums)
        return Pooled(k=weighted_k, n=weighted_n, heads=sum(n), weights=weights.by_group)

    def _weights(self, n: tuple[int, ...]) -> _WholeWeights:
        if n not in self._known:
            by_group = group_weights(self.weighting, dict(zip(self.groups, n, strict=True)))
            exact = [by_group[group] for group in self.groups]
            denominator = lcm(*(weight.denominator for weight in exact))
            numerators = tuple(int(weight * denominator) for weight in exact)
            self._known[n] = _WholeWeights(numerators, denominator, by_group)
        return self._known[n]

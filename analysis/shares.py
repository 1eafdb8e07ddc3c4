"""Shares, means and points of one outcome, exact: a sum over groups, weighted by group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from operator import mul

from analysis.study.weighting import Weighting, WeightScheme
from analysis.weights import group_weights

_DEPEND_ON_N = (WeightScheme.EQUAL_GROUPS, WeightScheme.TARGET_SHARE)


def share(k: int | Fraction, n: int | Fraction) -> Fraction | None:
    """Return k / n exactly; None where n = 0, which is not computable and never 0."""
    return Fraction(k, n) if n else None


@dataclass(frozen=True, slots=True)
class GroupTally:
    """For each outcome (O), by group (G): `k`, what is counted or summed, and `n`, the people behind it."""

    groups: tuple[str, ...]
    k: tuple[tuple[int, ...], ...]
    n: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Pooled:
    """One outcome over all groups: weighted sums, as whole numbers over one denominator, and the heads."""

    k_times: int
    n_times: int
    denominator: int
    heads: int
    weights: Mapping[str, Fraction]

    @property
    def k(self) -> Fraction:
        """The weighted k."""
        return Fraction(self.k_times, self.denominator)

    @property
    def n(self) -> Fraction:
        """The weighted n."""
        return Fraction(self.n_times, self.denominator)

    @property
    def ratio(self) -> Fraction | None:
        """The weighted share or mean; None where no weighted answer is left."""
        return share(self.k_times, self.n_times)


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
        weights = self._weights(n)
        return Pooled(
            k_times=sum(map(mul, weights.numerators, k)),
            n_times=sum(map(mul, weights.numerators, n)),
            denominator=weights.denominator,
            heads=sum(n),
            weights=weights.by_group,
        )

    def weights(self, n: Sequence[int]) -> Mapping[str, Fraction]:
        """Return the weight of one person, by group, where `n` of each group answered."""
        return self._weights(n).by_group

    def _weights(self, n: Sequence[int]) -> _WholeWeights:
        key = tuple(n) if self.weighting.scheme in _DEPEND_ON_N else ()
        if key not in self._known:
            by_group = group_weights(self.weighting, dict(zip(self.groups, n, strict=True)))
            exact = [by_group[group] for group in self.groups]
            denominator = lcm(*(weight.denominator for weight in exact))
            numerators = tuple(int(weight * denominator) for weight in exact)
            self._known[key] = _WholeWeights(numerators, denominator, by_group)
        return self._known[key]

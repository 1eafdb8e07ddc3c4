"""What one person's answer counts for, exactly."""

from collections.abc import Mapping
from fractions import Fraction

from analysis.study.weighting import Weighting, WeightScheme


def group_weights(weighting: Weighting, n_by_group: Mapping[str, int]) -> Mapping[str, Fraction]:
    """Return the weight of one person of each group, for one outcome.

    `n_by_group`: group → those who answered about this outcome, so that a group that skips one outcome
    keeps its say on the others. Schemes:

    none: 1. multiplier: the group's factor, 1 for groups not named; does not depend on n.
    equal_groups: 1 / (G · n), G = the groups with an answer; the weights of all people add up to 1.
    target_share: share / n for a named group, the rest of the whole by head for the others; a named group
    without an answer leaves its share to those who answered, in proportion. They add up to 1.

    A group without an answer weighs 0 under the last two. Raises ValueError for a negative n.
    """
    for group, n in n_by_group.items():
        if n < 0:
            raise ValueError(f"n_by_group: {n} people in {group}")
    match weighting.scheme:
        case WeightScheme.NONE:
            return dict.fromkeys(n_by_group, Fraction(1))
        case WeightScheme.MULTIPLIER:
            return {group: Fraction(weighting.values.get(group, 1)) for group in n_by_group}
        case WeightScheme.EQUAL_GROUPS:
            return _by_share(dict.fromkeys(n_by_group, Fraction(1)), n_by_group)
        case WeightScheme.TARGET_SHARE:
            return _by_share(_target_shares(weighting, n_by_group), n_by_group)


def _target_shares(weighting: Weighting, n_by_group: Mapping[str, int]) -> dict[str, Fraction]:
    others = sum(n for group, n in n_by_group.items() if group not in weighting.values)
    rest = 1 - sum(weighting.values.values(), Fraction(0))
    return {
        group: Fraction(weighting.values[group])
        if group in weighting.values
        else rest * Fraction(n, others or 1)
        for group, n in n_by_group.items()
    }


def _by_share(shares: Mapping[str, Fraction], n_by_group: Mapping[str, int]) -> dict[str, Fraction]:
    whole = sum((shares[group] for group, n in n_by_group.items() if n), Fraction(0))
    return {
        group: shares[group] / (whole * n) if n and whole else Fraction(0) for group, n in n_by_group.items()
    }

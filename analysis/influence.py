"""How much of a say the weights give: by group, by one person, and what they cost in effective people."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from analysis.shares import share
from analysis.study.weighting import Weighting
from analysis.weights import group_weights


@dataclass(frozen=True, slots=True)
class Influence:
    """The say of groups and persons about one outcome, exact; None where no answer has a weight.

    `of_group`: each group's share of all weight. `of_one_person`: the share that one person of the group has.
    `largest`: the greatest of these. `effective_n`: people that equal weights would need for the same
    precision.
    """

    of_group: Mapping[str, Fraction | None]
    of_one_person: Mapping[str, Fraction | None]
    largest: Fraction | None
    effective_n: Fraction | None


def influence(weighting: Weighting, n_by_group: Mapping[str, int]) -> Influence:
    """Say how much of the result each group and each person makes up.

    Parameters
    ----------
    weighting : what one person of each group counts for.
    n_by_group : group to the people who answered about the outcome.

    Returns
    -------
    Influence : None throughout where nobody with a weight answered.

    Raises
    ------
    ValueError
        For a negative number of people.

    Notes
    -----
    A multiplier k for s people beside o others gives them k s / (k s + o). Effective people: (sum of w)
    squared over the sum of w squared, so ten at weight 2 with forty at 1 are 45. In a group of one, one
    person can outweigh twenty: show the largest.

    References
    ----------
    Kish (1965), Survey Sampling, Wiley.
    """
    weights = group_weights(weighting, n_by_group)
    held = {group: weights[group] * n for group, n in n_by_group.items()}
    whole = sum(held.values(), Fraction(0))
    squares = sum((weights[group] ** 2 * n for group, n in n_by_group.items()), Fraction(0))
    alone = {group: share(weights[group], whole) if n else None for group, n in n_by_group.items()}
    return Influence(
        of_group={group: share(held[group], whole) for group in n_by_group},
        of_one_person=alone,
        largest=max((one for one in alone.values() if one is not None), default=None),
        effective_n=share(whole**2, squares),
    )

"""Which figures would say too much about too few people."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is not shown of one outcome: `groups`; the `weighted` figures of all; `everything`."""

    groups: frozenset[str]
    weighted: bool = False
    everything: bool = False


NOTHING_HIDDEN = Hidden(frozenset())


def hidden_figures(n_by_group: Mapping[str, int], *, minimum: int, weights: Mapping[str, Fraction]) -> Hidden:
    """Return what to hide where a group with 1 to `minimum` - 1 answers is not shown.

    `weights`: of one person, by group. Whoever sees the figures of all and of the groups that are shown can
    subtract, so more is hidden than the small groups:

    - further groups, smallest first and those of the same weight before others, until at least two
      groups with together at least `minimum` answers are hidden: the difference is then of many people;
    - the weighted figures of all, where the hidden groups differ in weight: beside the unweighted
      ones they would be a second equation, and two equations tell two groups apart;
    - everything, where all who answered are fewer than `minimum`.

    Verdicts stay: that they are made by a rule on small numbers is not hidden.
    """
    answered = {group: n for group, n in n_by_group.items() if n}
    small = [group for group, n in answered.items() if n < minimum]
    if not small:
        return NOTHING_HIDDEN
    if sum(answered.values()) < minimum:
        return Hidden(frozenset(answered), weighted=True, everything=True)
    hidden = list(small)
    known = {weights[group] for group in small}
    others = sorted(
        (group for group in answered if group not in small),
        key=lambda group: (weights[group] not in known, answered[group]),
    )
    while others and (len(hidden) == 1 or sum(answered[group] for group in hidden) < minimum):
        hidden.append(others.pop(0))
    return Hidden(frozenset(hidden), weighted=len({weights[group] for group in hidden}) > 1)

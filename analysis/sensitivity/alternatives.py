"""Rules that others use, and the study's own with other numbers in it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from analysis.study.rules import (
    Comparator,
    ConsensusDefinition,
    EmptyGroups,
    Of,
    Rule,
    ShareRule,
    ShareTest,
    TopRule,
    TwoListRule,
    Verdict,
)
from analysis.study.scale import Box, Scale
from analysis.study.weighting import UNWEIGHTED, Weighting, WeightScheme

_THRESHOLDS = (60, 70, 80)
_SIZE_STEPS = (Fraction(3, 4), Fraction(5, 4))
_EQUAL_GROUPS = Weighting("equal_groups", WeightScheme.EQUAL_GROUPS)


@dataclass(frozen=True, slots=True)
class Alternative:
    """A consensus definition and weights to try, and what to call them."""

    label: str
    definition: ConsensusDefinition
    weighting: Weighting


def usual_alternatives(
    definition: ConsensusDefinition, weighting: Weighting, *, scale: Scale | None
) -> tuple[Alternative, ...]:
    """Return the study's own rule, then others to hold it against.

    Parameters
    ----------
    definition, weighting : the study's own.
    scale : of a rating round; None in a workshop.

    Returns
    -------
    The own rule first; the own rule without weights and with equal groups; lists a quarter shorter and
    longer; and, on a scale with three boxes, at least 60, 70 and 80 % in the highest, alone and with under 15
    % in the lowest, of everyone, and 70 % in every group and in any group.

    References
    ----------
    Williamson and others (2017), Trials 18 supplement 3, 280, doi 10.1186/s13063-017-1978-4 (70 and 15 %).
    """
    found = [Alternative("own rule", definition, weighting)]
    if weighting.scheme is not WeightScheme.NONE:
        found.append(Alternative("own rule, everyone counts once", definition, UNWEIGHTED))
    if weighting.scheme is not WeightScheme.EQUAL_GROUPS:
        found.append(Alternative("own rule, groups count equally", definition, _EQUAL_GROUPS))
    found.extend(Alternative(label, other, weighting) for label, other in _other_sizes(definition))
    boxes = sorted(scale.boxes, key=lambda box: box.low) if scale else []
    if len(boxes) == 3:
        found.extend(_share_rules(boxes[0], boxes[-1], definition, weighting))
    return tuple(found)


def _other_sizes(definition: ConsensusDefinition) -> Iterator[tuple[str, ConsensusDefinition]]:
    sizes = [rule.size for rule in definition.rules if isinstance(rule, (TopRule, TwoListRule))]
    for step in _SIZE_STEPS if sizes else ():
        rules = tuple(_resized(rule, step) for rule in definition.rules)
        new = [rule.size for rule in rules if isinstance(rule, (TopRule, TwoListRule))]
        if new != sizes:
            yield f"own rule, lists of {new[0]}", replace(definition, rules=rules)


def _resized(rule: Rule, step: Fraction) -> Rule:
    return rule if isinstance(rule, ShareRule) else replace(rule, size=max(1, round(rule.size * step)))


def _share_rules(
    lowest: Box, highest: Box, own: ConsensusDefinition, weighting: Weighting
) -> Iterator[Alternative]:
    """Return usual share rules, with the study's own smallest n and its verdict on what they do not take in.

    A group under the smallest n is left out of the rules on every and on any group: blocked by it, they would
    keep nothing.
    """
    few = ShareTest(lowest.code, Comparator.LESS_THAN, Fraction(15))
    many = {
        percent: ShareTest(highest.code, Comparator.AT_LEAST, Fraction(percent)) for percent in _THRESHOLDS
    }
    label = highest.label
    tried: list[tuple[str, tuple[ShareTest, ...], Of]] = []
    for percent, test in many.items():
        tried.append((f"{percent} % {label}", (test,), Of.POOLED))
        tried.append((f"{percent} % {label}, under 15 % {lowest.label}", (test, few), Of.POOLED))
    tried.append((f"70 % {label} in every group", (many[70],), Of.EVERY))
    tried.append((f"70 % {label} in any group", (many[70],), Of.ANY))
    for name, tests, of in tried:
        rules = (ShareRule(Verdict.IN, tests, of, empty_groups=EmptyGroups.IGNORE),)
        yield Alternative(name, replace(own, code="tried", rules=rules), weighting)

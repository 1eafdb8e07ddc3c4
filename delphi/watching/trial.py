"""The form of another rule: what can be turned in a consensus definition and its weights, and what was asked.

Pure: from the study's own rule and the words of the form to a rule to try, or faults.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from analysis.sentences import exact_number
from analysis.study.protocol import Group
from analysis.study.rules import ConsensusDefinition, Rule, ShareRule
from analysis.study.scale import Scale
from analysis.study.weighting import Weighting, WeightScheme

NUMBER = re.compile(r"\d{1,5}(\.\d{1,4})?")
WHOLE = re.compile(r"\d{1,5}")
OWN_WEIGHTS = (WeightScheme.NONE, WeightScheme.MULTIPLIER)
TRIED = "what_if"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A number of the rule that can be turned. `value`: as in the form; `fault` "": it can be read."""

    name: str
    label: str
    own: str
    value: str
    is_whole: bool
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A rule to try; where a setting cannot be read, the study's own stands in its place."""

    weights: tuple[Setting, ...]
    others: tuple[Setting, ...]
    definition: ConsensusDefinition
    weighting: Weighting

    @property
    def faults(self) -> tuple[Setting, ...]:
        """Settings that cannot be read."""
        return tuple(setting for setting in (*self.weights, *self.others) if setting.fault)


def trial_of(
    asked: Mapping[str, str],
    *,
    definition: ConsensusDefinition,
    weighting: Weighting,
    groups: Sequence[Group],
    scale: Scale,
) -> Trial:
    """Read a rule to try; whatever is not asked for stays as the study has it."""
    weights = tuple(_weights(asked, weighting, groups))
    others = (*_of_rules(asked, definition, scale), _minimum(asked, definition))
    good = {setting.name: setting.value or setting.own for setting in others if not setting.fault}
    rules = tuple(_turned(rule, at, good) for at, rule in enumerate(definition.rules))
    minimum = int(good.get("n", definition.minimum_n))
    return Trial(
        weights=weights,
        others=others,
        definition=replace(definition, code=TRIED, rules=rules, minimum_n=minimum),
        weighting=_weighting(weights, weighting),
    )


def _weights(asked: Mapping[str, str], weighting: Weighting, groups: Sequence[Group]) -> Iterator[Setting]:
    for group in groups:
        own = exact_number(weighting.values.get(group.code, Fraction(1)))
        shown = own if weighting.scheme in OWN_WEIGHTS else ""
        yield _setting(asked, f"w.{group.code}", label=group.label, own=shown)


def _of_rules(asked: Mapping[str, str], definition: ConsensusDefinition, scale: Scale) -> Iterator[Setting]:
    boxes = {box.code: box.label for box in scale.boxes}
    several = len(definition.rules) > 1
    for at, rule in enumerate(definition.rules):
        start = f"Rule {at + 1}. " if several else ""
        if isinstance(rule, ShareRule):
            for place, test in enumerate(rule.tests):
                label = f"{start}Percent who rated it “{boxes.get(test.box, test.box)}”"
                yield _setting(
                    asked, f"p.{at}.{place}", label=label, own=exact_number(test.percent), most=100
                )
        else:
            own = str(rule.size)
            yield _setting(asked, f"size.{at}", label=f"{start}Outcomes in the list", own=own, least=1)


def _minimum(asked: Mapping[str, str], definition: ConsensusDefinition) -> Setting:
    label, own = "Fewest people who must have rated it", str(definition.minimum_n)
    return _setting(asked, "n", label=label, own=own, least=1)


def _setting(
    asked: Mapping[str, str],
    name: str,
    *,
    label: str,
    own: str,
    most: int | None = None,
    least: int | None = None,
) -> Setting:
    """Read one number; `least` only of whole ones."""
    value = asked.get(name, own).strip().replace(",", ".")
    fault, is_whole = "", least is not None
    if value and not (WHOLE if is_whole else NUMBER).fullmatch(value):
        fault = "Enter a whole number." if is_whole else "Enter a number, such as 1.5."
    elif value and most is not None and Fraction(value) > most:
        fault = f"Enter a number from 0 to {most}."
    elif value and least is not None and int(value) < least:
        fault = f"Enter {least} or more."
    return Setting(name=name, label=label, own=own, value=value, is_whole=is_whole, fault=fault)


def _turned(rule: Rule, at: int, good: Mapping[str, str]) -> Rule:
    if not isinstance(rule, ShareRule):
        return replace(rule, size=int(good.get(f"size.{at}", rule.size)))
    tests = (
        replace(test, percent=Fraction(good.get(f"p.{at}.{place}", test.percent)))
        for place, test in enumerate(rule.tests)
    )
    return replace(rule, tests=tuple(tests))


def _weighting(weights: Sequence[Setting], own: Weighting) -> Weighting:
    """The study's own weights, unless another number stands in a field; an empty field counts once."""
    if all(setting.fault or setting.value == setting.own for setting in weights):
        return own
    values = {
        setting.name.removeprefix("w."): Fraction((not setting.fault and setting.value) or "1")
        for setting in weights
    }
    return Weighting(TRIED, WeightScheme.MULTIPLIER, values)

"""Rules, weights, verdicts and ties in plain English, put together from parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from analysis.consensus.outcome_verdict import TieAtCut
from analysis.study.protocol import Protocol
from analysis.study.rounds import Round
from analysis.study.rules import (
    BallotMeasure,
    Comparator,
    ConsensusDefinition,
    EmptyGroups,
    MeanMeasure,
    Measure,
    Of,
    Rule,
    ShareRule,
    ShareTest,
    TopRule,
    TwoListRule,
    Verdict,
)
from analysis.study.scale import Box
from analysis.study.weighting import Weighting, WeightScheme

VERDICT_WORDS = {
    Verdict.IN: "In",
    Verdict.OUT: "Out",
    Verdict.NONE: "No consensus",
    Verdict.NOT_COMPUTABLE: "Not computable",
}
_COMPARATOR_WORDS = {
    Comparator.AT_LEAST: "at least",
    Comparator.MORE_THAN: "more than",
    Comparator.LESS_THAN: "less than",
    Comparator.AT_MOST: "at most",
}
# Labels that read better with a verb of their own than as “most often rated …”.
_MOST = {"agree": "most agreed with", "disagree": "most disagreed with"}


@dataclass(frozen=True, slots=True)
class Words:
    """The labels that a protocol gives to its groups, boxes and ballots, by code."""

    groups: Mapping[str, str]
    boxes: Mapping[str, Box]
    ballots: Mapping[str, str]

    @classmethod
    def of(cls, protocol: Protocol, round_: Round) -> Self:
        """Collect the labels that sentences about `round_` need."""
        boxes = protocol.scale_of(round_).boxes if round_.scale else ()
        return cls(
            groups={group.code: group.label for group in protocol.groups},
            boxes={box.code: box for box in boxes},
            ballots={ballot.code: ballot.label for ballot in round_.ballots},
        )

    def group(self, code: str) -> str:
        """The group's label as it stands within a sentence."""
        return within_sentence(self.groups[code])


def within_sentence(label: str) -> str:
    """Return `label` with a small first letter, unless it begins with an abbreviation such as NGO."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def exact_number(value: Fraction | int) -> str:
    """Return `value` as a decimal where it ends, else as a fraction: 70, 72.5, 200/3."""
    value = Fraction(value)
    places = 0
    while places < len(str(value.denominator)) * 4 and (value * 10**places).denominator != 1:
        places += 1
    scaled = value * 10**places
    if scaled.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    return f"{float(value):.{places}f}" if places else str(value.numerator)


def definition_sentences(definition: ConsensusDefinition, *, words: Words) -> tuple[str, ...]:
    """Return the definition as sentences: each rule in order, what else applies, and the smallest n."""
    rules = (rule_sentence(rule, minimum_n=definition.minimum_n, words=words) for rule in definition.rules)
    return (
        *rules,
        f"Otherwise: {VERDICT_WORDS[definition.otherwise].lower()}.",
        f"Not computable: {_too_few_of_any(definition, words)}.",
    )


def rule_sentence(rule: Rule, *, minimum_n: int, words: Words) -> str:
    """Return one rule as a sentence that begins with the verdict it gives."""
    return f"{VERDICT_WORDS[rule.verdict]}: {_clause(rule, minimum_n=minimum_n, words=words)}."


def verdict_sentence(
    definition: ConsensusDefinition, verdict: Verdict, *, rule: int | None, words: Words
) -> str:
    """Return why an outcome has its verdict.

    `rule` is the place, from 0, of the rule that matched (None: none did), or that too few answered for.
    """
    start = f"{VERDICT_WORDS[verdict]}: "
    if verdict is Verdict.NOT_COMPUTABLE:
        group = _group_asked(definition.rules[rule or 0])
        return f"{start}{_too_few(definition.minimum_n, words.group(group) if group else 'people')} answered."
    if rule is not None:
        return rule_sentence(definition.rules[rule], minimum_n=definition.minimum_n, words=words)
    if len(definition.rules) > 1:
        return f"{start}none of the {len(definition.rules)} rules holds."
    only = definition.rules[0]
    if isinstance(only, ShareRule):
        return f"{start}it does not hold that {_clause(only, minimum_n=definition.minimum_n, words=words)}."
    return start + ", and ".join(f"not {part}" for part in _list_parts(only, words)) + "."


def weighting_sentence(weighting: Weighting, *, words: Words) -> str:
    """Return how much each group's answers count."""
    match weighting.scheme:
        case WeightScheme.NONE:
            return "Everyone counts once."
        case WeightScheme.EQUAL_GROUPS:
            return "Each group counts the same, however many of its people answered."
        case WeightScheme.MULTIPLIER:
            parts = [
                f"{words.groups[group]} count {_times(value)}" for group, value in weighting.values.items()
            ]
            everyone = len(weighting.values) == len(words.groups)
            return "; ".join(parts) + ("." if everyone else "; everyone else counts once.")
        case WeightScheme.TARGET_SHARE:
            parts = [
                f"{words.groups[group]} make up {exact_number(100 * value)} % of the whole"
                for group, value in weighting.values.items()
            ]
            return "; ".join(parts) + ", however many answered; the others share the rest by head."


def tie_sentence(tie: TieAtCut, *, words: Words) -> str:
    """Return that a list grew beyond its size because outcomes tie at its cut."""
    where = "overall" if tie.group is None else f"by {words.group(tie.group)}"
    tied = len(tie.outcomes)
    return (
        f"{tied} outcomes tie at place {tie.size} {where}; all are in, so that the list holds {tie.listed}."
    )


def _times(value: Fraction) -> str:
    return {Fraction(1): "once", Fraction(2): "twice"}.get(Fraction(value), f"{exact_number(value)} times")


def _too_few_of_any(definition: ConsensusDefinition, words: Words) -> str:
    groups = dict.fromkeys(filter(None, map(_group_asked, definition.rules)))
    named = (f", or {_too_few(definition.minimum_n, words.group(group))}" for group in groups)
    return f"{_too_few(definition.minimum_n)} answered{''.join(named)}"


def _too_few(minimum_n: int, whom: str = "people") -> str:
    if whom == "people":
        return "nobody" if minimum_n == 1 else f"fewer than {minimum_n} people"
    return f"none of {whom}" if minimum_n == 1 else f"fewer than {minimum_n} of {whom}"


def _group_asked(rule: Rule) -> str | None:
    """Return the one group that a rule asks; None where it asks several, or everyone."""
    return None if isinstance(rule, TwoListRule) else rule.group


def _clause(rule: Rule, *, minimum_n: int, words: Words) -> str:
    if isinstance(rule, ShareRule):
        return _share_clause(rule, minimum_n=minimum_n, words=words)
    return ", or ".join(_list_parts(rule, words))


def _share_clause(rule: ShareRule, *, minimum_n: int, words: Words) -> str:
    whom = {Of.POOLED: " of everyone", Of.GROUP: f" of {words.group(rule.group)}" if rule.group else ""}.get(
        rule.of, ""
    )
    tests = [_test(test, whom if at == 0 else "", words) for at, test in enumerate(rule.tests)]
    where = {
        Of.EVERY: "in every group ",
        Of.ANY: "in at least one group ",
        Of.AT_LEAST: f"in at least {rule.groups_needed} of the {len(words.groups)} groups ",
    }.get(rule.of, "")
    return where + " and ".join(tests) + (_empty(rule, minimum_n) if where else "")


def _test(test: ShareTest, whom: str, words: Words) -> str:
    box = words.boxes[test.box]
    points = f"{box.low}" if box.low == box.high else f"{box.low} to {box.high}"
    percent = f"{_COMPARATOR_WORDS[test.comparator]} {exact_number(test.percent)} %"
    return f"{percent}{whom} rated it {points} ({box.label})"


def _empty(rule: ShareRule, minimum_n: int) -> str:
    if rule.empty_groups is EmptyGroups.IGNORE:
        small = "without an answer" if minimum_n == 1 else f"with fewer than {minimum_n} answers"
        return f"; groups {small} are left out"
    small = "an answer" if minimum_n == 1 else f"{minimum_n} answers"
    return f", and every group has at least {small}"


def _list_parts(rule: TopRule | TwoListRule, words: Words) -> list[str]:
    groups = (None, rule.group) if isinstance(rule, TwoListRule) else (rule.group,)
    return [f"among the {rule.size} {_most(rule.measure, group, words)}" for group in groups]


def _most(measure: Measure, group: str | None, words: Words) -> str:
    whom = "overall" if group is None else f"by {words.group(group)}"
    if isinstance(measure, MeanMeasure):
        return f"with the highest mean score given {whom}"
    if isinstance(measure, BallotMeasure):
        return f"given most points {whom} on the ballot “{words.ballots[measure.ballot]}”"
    label = words.boxes[measure.box].label
    return f"{_MOST.get(label.lower(), f'most often rated “{label}”')} {whom}"

"""A planned Delphi design, whole and fitting together."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from math import floor

from analysis.simulation.parts import OutcomeClass, PlannedGroup, PlannedRound, RuleSet
from analysis.study.rules import BallotMeasure, ConsensusDefinition, Rule, ShareMeasure, ShareRule
from analysis.study.scale import Scale
from analysis.study.values import Requirements, repeated
from analysis.study.weighting import UNWEIGHTED, Weighting


@dataclass(frozen=True, slots=True)
class Scenario:
    """One row of the grid: the panel's size and the shares who leave, times so much; weights; rules."""

    panel_size: float
    attrition: float
    weights: str
    rules: str


@dataclass(frozen=True, slots=True)
class Design:
    """Who is asked what, in how many rounds, and by which rules an outcome is kept.

    `weights` and `rule_sets` are alternatives, as are `panel_sizes` (times the groups' sizes) and `attrition`
    (times the shares who leave, at most everybody): each combination is a scenario.
    """

    title: str
    groups: tuple[PlannedGroup, ...]
    scale: Scale
    rounds: tuple[PlannedRound, ...]
    definitions: tuple[ConsensusDefinition, ...]
    rule_sets: tuple[RuleSet, ...]
    classes: tuple[OutcomeClass, ...]
    weights: tuple[Weighting, ...] = (UNWEIGHTED,)
    panel_sizes: tuple[float, ...] = (1.0,)
    attrition: tuple[float, ...] = (1.0,)
    note: str = ""

    def __post_init__(self) -> None:
        with Requirements() as require:
            require(bool(self.title.strip()), "title", self.title, "the design's name")
            _check_lists(self, require)
            _check_rounds(self, require)
            _check_rules(self, require)
            _check_classes(self, require)
            for at, weighting in enumerate(self.weights):
                _known(require, weighting.values, self.group_codes, f"weights[{at}].values")

    @property
    def group_codes(self) -> tuple[str, ...]:
        """The groups' codes in their order."""
        return tuple(group.code for group in self.groups)

    @property
    def outcomes(self) -> int:
        """How many outcomes the first list holds."""
        return sum(one.outcomes for one in self.classes)

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """Every combination of panel size, attrition, weights and rules, in this order of change."""
        weights, rules = ((part.code for part in parts) for parts in (self.weights, self.rule_sets))
        grid = product(self.panel_sizes, self.attrition, weights, rules)
        return tuple(Scenario(*row) for row in grid)

    def invited(self, panel_size: float) -> tuple[int, ...]:
        """Return how many of each group are invited: the nearest whole number, halves up."""
        return tuple(nearest(group.size * panel_size) for group in self.groups)

    def definitions_of(self, rule_set: RuleSet) -> tuple[ConsensusDefinition, ...]:
        """Return the consensus definition of each round under `rule_set`."""
        by_code = {definition.code: definition for definition in self.definitions}
        return tuple(by_code[code] for code in rule_set.definitions)


def nearest(people: float) -> int:
    """Return the nearest whole number of people, halves up."""
    return floor(people + 0.5)


def _check_lists(design: Design, require: Requirements) -> None:
    for name in ("groups", "rounds", "definitions", "rule_sets", "classes", "weights"):
        parts = getattr(design, name)
        require(bool(parts), name, "", "at least one")
        for code in repeated(part.code for part in parts):
            at = max(place for place, part in enumerate(parts) if part.code == code)
            require(False, f"{name}[{at}].code", code, "each code only once")
    for name in ("panel_sizes", "attrition"):
        values = getattr(design, name)
        require(bool(values), name, "", "at least one number")
        require(len(set(values)) == len(values), name, values, "each number only once")
    for at, size in enumerate(design.panel_sizes):
        everybody = size > 0 and min(design.invited(size), default=1) >= 1
        require(everybody, f"panel_sizes[{at}]", size, "a number that leaves somebody in every group")
    for at, factor in enumerate(design.attrition):
        require(factor >= 0, f"attrition[{at}]", factor, "0 or more")


def _check_rounds(design: Design, require: Requirements) -> None:
    for at, planned in enumerate(design.rounds):
        for name in ("leaves", "joins"):
            _known(require, getattr(planned, name), design.group_codes, f"rounds[{at}].{name}")
    for first in design.rounds[:1]:
        require(not any(first.joins.values()), "rounds[0].joins", first.joins, "nobody in the first round")
        wanted = "0 in the first round, which has none before it"
        require(first.conformity == 0, "rounds[0].conformity", first.conformity, wanted)


def _check_rules(design: Design, require: Requirements) -> None:
    codes = [definition.code for definition in design.definitions]
    for at, rule_set in enumerate(design.rule_sets):
        field = f"rule_sets[{at}].definitions"
        wanted = f"{len(design.rounds)}, one for each round"
        require(len(rule_set.definitions) == len(design.rounds), field, len(rule_set.definitions), wanted)
        for place, code in enumerate(rule_set.definitions):
            require(code in codes, f"{field}[{place}]", code, _one_of(codes))
    for at, definition in enumerate(design.definitions):
        for place, rule in enumerate(definition.rules):
            _check_rule(design, require, rule, f"definitions[{at}].rules[{place}]")


def _check_rule(design: Design, require: Requirements, rule: Rule, field: str) -> None:
    groups, boxes = design.group_codes, [box.code for box in design.scale.boxes]
    require(rule.group is None or rule.group in groups, f"{field}.group", rule.group, _one_of(groups))
    if isinstance(rule, ShareRule):
        for at, test in enumerate(rule.tests):
            require(test.box in boxes, f"{field}.tests[{at}].box", test.box, _one_of(boxes))
        most = f"at most {len(groups)}, the number of groups"
        require((rule.groups_needed or 0) <= len(groups), f"{field}.groups_needed", rule.groups_needed, most)
    elif isinstance(rule.measure, ShareMeasure):
        require(rule.measure.box in boxes, f"{field}.measure.box", rule.measure.box, _one_of(boxes))
    else:
        ballot = isinstance(rule.measure, BallotMeasure)
        require(not ballot, f"{field}.measure", "ballot", "a share or a mean: ballots are not simulated")


def _check_classes(design: Design, require: Requirements) -> None:
    points = len(design.scale.points)
    for at, one in enumerate(design.classes):
        named = [answers.group for answers in one.answers]
        wanted = f"each group once: {', '.join(design.group_codes)}"
        require(sorted(named) == sorted(design.group_codes), f"classes[{at}].answers", tuple(named), wanted)
        for place, answers in enumerate(one.answers):
            given = len(answers.probabilities)
            field = f"classes[{at}].answers[{place}].probabilities"
            require(given in (0, points), field, given, f"{points}, one for each point of the scale")


def _known(require: Requirements, values: Mapping[str, object], groups: Collection[str], field: str) -> None:
    for name in values:
        require(name in groups, f"{field}.{name}", name, _one_of(groups))


def _one_of(names: Iterable[str]) -> str:
    return f"one of: {', '.join(names)}"

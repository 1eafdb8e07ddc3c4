"""A planned design refuses what does not fit, and names the field."""

from dataclasses import replace
from typing import Any

import pytest

from analysis.simulation.design import Design
from analysis.simulation.parts import GroupAnswers, OutcomeClass, PlannedGroup, PlannedRound, RuleSet, Should
from analysis.study.rules import BallotMeasure, MeanMeasure, Of, ShareMeasure, ShareRule, TopRule, Verdict
from analysis.study.values import DefinitionError
from tests.analysis.builders import defined, multiplier, share_test
from tests.analysis.designs import AGREE_70, ROUND_1, one_group

DESIGN = one_group(10, AGREE_70, probabilities=(0, 0.3, 0.7), rounds=[ROUND_1])


def rule(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a rule holds
    base = ShareRule(Verdict.IN, (share_test("agree", ">=", 70),))
    return {"definitions": (replace(defined(replace(base, **changed)), code="of_1"),)}


def top(measure: object) -> dict[str, Any]:
    return {"definitions": (replace(defined(TopRule(Verdict.IN, 2, measure)), code="of_1"),)}  # type: ignore[arg-type]


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"title": " "}, "title"),
    ({"groups": ()}, "groups"),
    ({"groups": (PlannedGroup("a", 1), PlannedGroup("a", 2))}, "groups[1].code"),
    ({"rounds": (PlannedRound("1", leaves={"b": 0.1}),)}, "rounds[0].leaves.b"),
    ({"rounds": (PlannedRound("1", joins={"a": 0.1}),)}, "rounds[0].joins"),
    ({"rounds": (PlannedRound("1", conformity=0.1),)}, "rounds[0].conformity"),
    ({"rounds": (ROUND_1, PlannedRound("2"))}, "rule_sets[0].definitions"),
    ({"rule_sets": (RuleSet("x", ("of_9",)),)}, "rule_sets[0].definitions[0]"),
    ({"rule_sets": ()}, "rule_sets"),
    ({"panel_sizes": ()}, "panel_sizes"),
    ({"panel_sizes": (1.0, 0.01)}, "panel_sizes[1]"),
    ({"panel_sizes": (1.0, 1.0)}, "panel_sizes"),
    ({"panel_sizes": (float("nan"),)}, "panel_sizes[0]"),
    ({"attrition": (-1.0,)}, "attrition[0]"),
    ({"weights": (multiplier(b=2),)}, "weights[0].values.b"),
    ({"classes": (OutcomeClass("x", Should.KEEP, 1, ()),)}, "classes[0].answers"),
    (
        {"classes": (OutcomeClass("x", Should.KEEP, 1, (GroupAnswers("a", (0.5, 0.5)),)),)},
        "classes[0].answers[0].probabilities",
    ),
    (rule(of=Of.GROUP, group="b"), "definitions[0].rules[0].group"),
    (rule(of=Of.AT_LEAST, groups_needed=2), "definitions[0].rules[0].groups_needed"),
    (rule(tests=(share_test("middle", ">=", 70),)), "definitions[0].rules[0].tests[0].box"),
    (top(ShareMeasure("middle")), "definitions[0].rules[0].measure.box"),
    (top(BallotMeasure("final", (1,))), "definitions[0].rules[0].measure"),
]


@pytest.mark.parametrize(("change", "field"), FAULTS)
def test_what_does_not_fit_is_named(change: dict[str, Any], field: str) -> None:
    with pytest.raises(DefinitionError) as raised:
        replace(DESIGN, **change)
    assert raised.value.field == field


PART_FAULTS: list[tuple[type, tuple[Any, ...], dict[str, Any], str]] = [
    (PlannedGroup, ("a", 0), {}, "size"),
    (PlannedGroup, ("A", 1), {}, "code"),
    (PlannedRound, ("1",), {"leaves": {"a": 1.1}}, "leaves.a"),
    (PlannedRound, ("1",), {"joins": {"a": -0.1}}, "joins.a"),
    (PlannedRound, ("1",), {"conformity": 2}, "conformity"),
    (GroupAnswers, ("a",), {}, "probabilities"),
    (GroupAnswers, ("a",), {"mean": 5}, "probabilities"),
    (GroupAnswers, ("a", (0.5, 0.5)), {"mean": 5, "spread": 1}, "probabilities"),
    (GroupAnswers, ("a",), {"mean": 5, "spread": 0}, "spread"),
    (GroupAnswers, ("a", (0.5, 0.4)), {}, "probabilities"),
    (GroupAnswers, ("a", (1.5, -0.5)), {}, "probabilities"),
    (GroupAnswers, ("a", (0.5, 0.5)), {"missing": 1.5}, "missing"),
    (OutcomeClass, ("x", Should.DROP, 0, ()), {}, "outcomes"),
    (RuleSet, ("no code", ()), {}, "code"),
]


@pytest.mark.parametrize(("kind", "arguments", "named", "field"), PART_FAULTS)
def test_a_part_that_cannot_be_is_refused(
    kind: type, arguments: tuple[Any, ...], named: dict[str, Any], field: str
) -> None:
    with pytest.raises(DefinitionError) as raised:
        kind(*arguments, **named)
    assert raised.value.field == field


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(DefinitionError) as raised:
        replace(DESIGN, title="", attrition=(-1.0,), weights=(multiplier(b=2),))
    assert [fault.field for fault in (raised.value, *raised.value.others)] == [
        "title",
        "attrition[0]",
        "weights[0].values.b",
    ]


def test_a_mean_can_be_a_lists_measure() -> None:
    assert isinstance(replace(DESIGN, **top(MeanMeasure())), Design)


def test_a_panel_of_half_the_size_is_rounded_halves_up() -> None:
    design = replace(DESIGN, groups=(PlannedGroup("a", 5),))
    assert [design.invited(size) for size in (0.5, 1.0, 1.5)] == [(3,), (5,), (8,)]


def test_probabilities_may_miss_one_by_what_decimals_leave_out() -> None:
    assert GroupAnswers("a", (0.333333, 0.333333, 0.333333)).mean is None

"""Which decisions stand, what overrides the rule, what a new wording changes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from analysis.study.records import Evidence
from analysis.study.rules import Verdict
from delphi.domain.deciding import (
    Decided,
    DecisionKind,
    evidence_for,
    new_code,
    newer_on,
    overrides,
    standing_decisions,
    words_changed,
)

KEEP, DROP, MERGE, UNDO = DecisionKind.KEEP, DecisionKind.DROP, DecisionKind.MERGE, DecisionKind.UNDO


def decided(number: int, kind: DecisionKind, *sources: str, undoes: int | None = None) -> Decided:
    return Decided(
        number=number,
        kind=kind,
        sources=sources,
        results=(),
        reason="Why.",
        told="Why.",
        cited=(),
        undoes=undoes,
        by="Ada",
        at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def numbers(*history: Decided) -> list[int]:
    return [each.number for each in standing_decisions(history)]


def test_a_later_decision_takes_the_place_of_every_one_that_shares_an_outcome() -> None:
    assert numbers(decided(1, MERGE, "a", "b"), decided(2, KEEP, "c"), decided(3, DROP, "b")) == [2, 3]


def test_an_undone_decision_does_not_stand_and_nothing_comes_back() -> None:
    history = (decided(1, KEEP, "a"), decided(2, DROP, "a"), decided(3, UNDO, "a", undoes=2))
    assert numbers(*history) == []


def test_only_decisions_on_the_same_outcomes_that_a_page_had_not_seen_are_newer() -> None:
    history = (decided(1, KEEP, "a"), decided(2, KEEP, "b"), decided(3, DROP, "c"))
    assert [each.number for each in newer_on(history, ("a", "b"), seen=1)] == [2]


@pytest.mark.parametrize(
    ("kind", "verdict", "against"),
    [
        (KEEP, Verdict.OUT, True),
        (MERGE, Verdict.OUT, True),
        (DROP, Verdict.OUT, False),
        (DROP, Verdict.IN, True),
        (DROP, Verdict.NONE, True),
        (KEEP, Verdict.NONE, False),
        (DROP, Verdict.NOT_COMPUTABLE, False),
        (DROP, None, False),
    ],
)
def test_against_the_rule_is_ending_what_it_keeps_or_keeping_what_it_ends(
    kind: DecisionKind, verdict: Verdict | None, *, against: bool
) -> None:
    assert overrides(kind, verdict) is against


@pytest.mark.parametrize(
    ("kind", "verdict", "cited", "evidence"),
    [
        (KEEP, Verdict.IN, (), Evidence.RULE),
        (DROP, Verdict.OUT, (7,), Evidence.RULE),
        (KEEP, Verdict.OUT, (7,), Evidence.COMMENTS),
        (KEEP, Verdict.OUT, (), Evidence.JUDGEMENT),
        (MERGE, Verdict.IN, (7,), Evidence.COMMENTS),
        (KEEP, None, (), Evidence.JUDGEMENT),
    ],
)
def test_only_what_the_rule_says_rests_on_the_rule(
    kind: DecisionKind, verdict: Verdict | None, cited: tuple[int, ...], evidence: Evidence
) -> None:
    one = replace(decided(1, kind, "a"), cited=cited)
    assert evidence_for(one, verdict, by_ballots=False) is evidence


def test_words_that_went_and_came_are_marked() -> None:
    pieces = words_changed("A place to live", "A warm place to stay")
    assert [(one.mark, one.text) for one in pieces] == [
        ("kept", "A"),
        ("new", "warm"),
        ("kept", "place to"),
        ("gone", "live"),
        ("new", "stay"),
    ]


@pytest.mark.parametrize(
    ("label", "code"),
    [("Safe Home!", "safe_home_2"), ("Été", "ete"), ("日本", "outcome"), ("x" * 90, "x" * 35)],
)
def test_a_new_code_is_made_of_the_name_and_is_nobody_elses(label: str, code: str) -> None:
    assert new_code(label, taken={"safe_home"}) == code

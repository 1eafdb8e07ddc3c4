"""The arithmetic of a stage, ancestors and descendants."""

import pytest

from analysis.lineage import LineageGraph, stage_arithmetic
from analysis.study.records import Evidence, LineageAction, LineageStep, Outcome
from analysis.study.rounds import Round, RoundKind
from analysis.study.values import Provenance

ORDER = ("a", "b", "c", "d", "e", "ab", "c2", "d1", "d2", "new", "abc")


def step(action: str, before: str, after: str, *, round_code: str = "1") -> LineageStep:
    kind = LineageAction(action)
    return LineageStep(
        round_code,
        kind,
        tuple(before.split()),
        tuple(after.split()),
        "Why.",
        Evidence.COMMENTS,
        Provenance.ASSUMED,
    )


EVERY_ACTION = (
    step("merged", "a b", "ab"),
    step("reworded", "c", "c2"),
    step("split", "d", "d1 d2"),
    step("dropped", "e", ""),
    step("added", "", "new"),
)


def test_every_action_of_one_stage_adds_up() -> None:
    stage = stage_arithmetic("abcde", EVERY_ACTION, order=ORDER)
    assert stage.listed_out == ("ab", "c2", "d1", "d2", "new")
    assert (stage.kept, stage.reworded) == (("c",), ("c2",))
    assert (stage.merged, stage.merged_into) == (("a", "b"), ("ab",))
    assert (stage.split, stage.split_into) == (("d",), ("d1", "d2"))
    assert (stage.dropped, stage.added) == (("e",), ("new",))
    before = (stage.kept, stage.merged, stage.split, stage.dropped)
    after = (stage.kept, stage.merged_into, stage.split_into, stage.added)
    assert sum(map(len, before)) == len(stage.listed_in)
    assert sum(map(len, after)) == len(stage.listed_out)


def test_an_outcome_without_a_row_is_kept() -> None:
    assert stage_arithmetic("ab", (), order=ORDER).kept == ("a", "b")


def test_an_ended_outcome_is_dropped_whatever_its_row_says() -> None:
    stage = stage_arithmetic(
        "abc", (step("merged", "a b", "ab"), step("kept", "c", "c")), order=ORDER, ended="ac"
    )
    assert (stage.dropped, stage.merged, stage.listed_out) == (("a", "c"), ("b",), ("ab",))


def test_a_row_that_is_left_with_no_outcome_does_not_happen() -> None:
    stage = stage_arithmetic(
        "ab", (step("merged", "a b", "ab"), step("reworded", "c", "c2")), order=ORDER, ended="ab"
    )
    assert stage.listed_out == ()


@pytest.fixture
def graph() -> LineageGraph:
    outcomes = [Outcome(code, code, "", "Domain", Provenance.PUBLISHED) for code in ORDER]
    rounds = [Round("1", RoundKind.COMMENT, "One"), Round("2", RoundKind.COMMENT, "Two")]
    later = (step("merged", "ab c2", "abc", round_code="2"), step("dropped", "d1", "", round_code="2"))
    return LineageGraph.of(outcomes, (*EVERY_ACTION, *later), rounds)


def test_lists_before_and_after_each_round(graph: LineageGraph) -> None:
    assert graph.list_before("1") == ("a", "b", "c", "d", "e")
    assert graph.list_after("1") == graph.list_before("2") == ("ab", "c2", "d1", "d2", "new")
    assert graph.list_after("2") == ("d2", "new", "abc")


def test_ancestors_and_descendants_the_nearest_first(graph: LineageGraph) -> None:
    assert graph.ancestors("abc") == ("ab", "c2", "a", "b", "c")
    assert graph.descendants("a") == ("ab", "abc")
    assert graph.ancestors("new") == graph.descendants("e") == ()


def test_an_outcomes_history_holds_the_rows_of_its_ancestors(graph: LineageGraph) -> None:
    assert [row.action.value for row in graph.history("abc")] == ["merged", "reworded", "merged"]
    assert [row.action.value for row in graph.history("d1")] == ["split", "dropped"]

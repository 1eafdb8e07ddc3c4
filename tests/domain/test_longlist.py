"""What the steps of a longlist make of reported outcomes."""

import pytest

from delphi.domain.longlist import (
    Entry,
    Group,
    Reported,
    Step,
    StepKind,
    counts_of,
    entries_of,
    exact_duplicates,
    in_the_way,
    joined,
    may_undo,
    newer_on,
    plain_text,
    provenance_of,
)

NAMES = ("Fear", "fear.", "Trust", "Hope")
SOURCES = (("A", "B"), ("b", "C"), (), ("D",))
REPORTED = tuple(
    Reported(number=at, load=1, name=name, sources=sources, area="Mind" if at == 3 else "")
    for at, (name, sources) in enumerate(zip(NAMES, SOURCES, strict=True), start=1)
)
LOAD = Step(number=1, kind=StepKind.LOAD, groups=(Group(rows=(1, 2, 3, 4)),))
JOIN = Step(number=2, kind=StepKind.JOIN, groups=(Group(rows=(1, 2), name="Fear"),))
DROP = Step(number=3, kind=StepKind.DROP, groups=(Group(rows=(3,)),), reason="too wide")


def undo(number: int, of: int) -> Step:
    return Step(number=number, kind=StepKind.UNDO, undoes=of)


def listed(*steps: Step) -> list[tuple[str, tuple[int, ...]]]:
    return [(each.name, each.rows) for each in entries_of(REPORTED, steps) if each.dropped is None]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Self-esteem", "self esteem!", True),
        ("FEAR  of\u00a0home", "Fear of home.", True),
        ("Straße", "STRASSE", True),
        ("CD4+", "CD4", False),
        ("ﬁnance", "finance", True),
        ("fear", "fears", False),
        ("मन", "मान", False),
        ("?", "!", False),
    ],
)
def test_exact_duplicates_differ_in_case_spaces_and_punctuation_only(
    one: str, other: str, is_same: bool
) -> None:
    assert (plain_text(one) == plain_text(other)) is is_same


def test_joined_lines_unite_their_sources_each_once() -> None:
    (fear, *_) = entries_of(REPORTED, (LOAD, JOIN))
    assert fear.rows == (1, 2)
    assert fear.sources == ("A", "B", "C")


def test_a_dropped_line_keeps_its_reason_and_can_be_put_back() -> None:
    back = Step(number=4, kind=StepKind.BACK, groups=(Group(rows=(3,)),))
    dropped = next(each for each in entries_of(REPORTED, (LOAD, DROP)) if each.number == 3)
    assert dropped.dropped == "too wide"
    assert listed(LOAD, DROP, back) == listed(LOAD)


def test_a_step_that_was_taken_back_counts_no_more() -> None:
    assert listed(LOAD, JOIN, undo(3, 2)) == listed(LOAD)
    assert listed(LOAD, undo(2, 1)) == []


def test_taken_apart_lines_have_their_own_names_and_the_area_of_the_whole() -> None:
    area = Step(number=3, kind=StepKind.AREA, groups=(Group(rows=(1, 2)),), area="Safety")
    apart = Step(number=4, kind=StepKind.APART, groups=(Group(rows=(1, 2)),))
    first, second, *_ = entries_of(REPORTED, (LOAD, JOIN, area, apart))
    assert [(each.name, each.area, each.rows) for each in (first, second)] == [
        ("Fear", "Safety", (1,)),
        ("fear.", "Safety", (2,)),
    ]


def test_a_joined_line_takes_the_area_that_most_of_its_reports_had() -> None:
    wide = Step(number=2, kind=StepKind.JOIN, groups=(Group(rows=(1, 3, 4), name="All"),))
    assert entries_of(REPORTED, (LOAD, wide))[0].area == "Mind"


def test_only_a_step_that_nothing_later_rests_on_can_be_taken_back() -> None:
    later = Step(number=4, kind=StepKind.JOIN, groups=(Group(rows=(1, 2, 4), name="Both"),))
    steps = (LOAD, JOIN, DROP, later)
    assert may_undo(steps) == {3, 4}
    assert in_the_way(steps, 2) == (later,)
    assert may_undo((*steps, undo(5, 4))) == {2, 3}


def test_what_is_newer_is_told_for_the_lines_that_it_touched_also_by_taking_back() -> None:
    steps = (LOAD, JOIN, DROP, undo(4, 2))
    assert [step.number for step in newer_on(steps, {1}, seen=2)] == [4]
    assert newer_on(steps, {4}, seen=1) == ()


def test_groups_of_exact_duplicates_leave_dropped_lines_out() -> None:
    assert [[each.number for each in group] for group in exact_duplicates(entries_of(REPORTED, (LOAD,)))] == [
        [1, 2]
    ]
    dropped = Step(number=2, kind=StepKind.DROP, groups=(Group(rows=(1,)),), reason="no")
    assert exact_duplicates(entries_of(REPORTED, (LOAD, dropped))) == ()


def test_a_group_gets_the_name_that_most_reports_have_of_equal_ones_the_first() -> None:
    rows = [Reported(number=at, load=1, name=name, sources=(), area="") for at, name in enumerate("aAA", 1)]
    lines = [Entry(reported=(row,), name=row.name, area="") for row in rows]
    assert joined(lines).name == "A"
    assert joined(lines[:2]).name == "a"


def test_the_path_counts_reports_different_texts_and_listed_lines() -> None:
    counts = counts_of(entries_of(REPORTED, (LOAD, JOIN, DROP)))
    assert (counts.reported, counts.different, counts.listed) == (4, 3, 2)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "A review found it 2 times, in 3 sources: A; B and 1 more."),
        (3, "A review found it once, without a source."),
        (4, "A review found it once, in 1 source: D."),
    ],
)
def test_where_an_outcome_comes_from_is_said_with_the_number_of_its_sources(number: int, words: str) -> None:
    entry = next(each for each in entries_of(REPORTED, (LOAD, JOIN)) if each.number == number)
    assert provenance_of(entry, named=2) == words

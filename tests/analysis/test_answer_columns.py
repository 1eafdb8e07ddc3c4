"""Counting answers that come as columns of codes."""

import numpy as np
import pytest

from analysis.answer_columns import AnswerColumns, CodedColumn, count_answers
from analysis.counts import ResponseCounts

GROUPS, OUTCOMES, POINTS = ("a", "b"), ("x", "y"), (1, 2, 3)
KINDS = ("skipped", "cannot_say")


def coded(text: str) -> CodedColumn:
    """Cells parted by spaces, "-" for nothing."""
    cells = text.split()
    names = tuple(dict.fromkeys(cell for cell in cells if cell != "-"))
    codes = [-1 if cell == "-" else names.index(cell) for cell in cells]
    return CodedColumn(np.array(codes, dtype=np.int64), names)


def columns(group: str, outcome: str, score: list[float], missing: str) -> AnswerColumns:
    return AnswerColumns(coded(group), coded(outcome), np.array(score, dtype=np.float64), coded(missing))


def counted(answers: AnswerColumns, *, groups: tuple[str, ...] = GROUPS) -> ResponseCounts:
    return count_answers(answers, groups=groups, outcomes=OUTCOMES, points=POINTS, source="part-1")


ANSWERS = columns("b a a b b", "x x y x x", [3, 1, np.nan, 3, np.nan], "- - skipped - cannot_say")


def test_each_row_is_counted_in_its_cell() -> None:
    # By hand: b gave x two 3s and one cannot_say; a gave x a 1 and skipped y.
    counts = counted(ANSWERS)
    assert counts.counts.tolist() == [[[1, 0, 0], [0, 0, 0]], [[0, 0, 2], [0, 0, 0]]]
    # Kinds in the order cannot say, no opinion, skipped.
    assert counts.missing.tolist() == [[[0, 0, 0], [0, 0, 1]], [[1, 0, 0], [0, 0, 0]]]


def test_the_axes_have_the_order_that_was_asked_for() -> None:
    counts = counted(ANSWERS, groups=("b", "a"))
    assert counts.groups == ("b", "a")
    assert counts.n.tolist() == [[2, 0], [1, 0]]


def test_rows_in_another_order_give_the_same_counts() -> None:
    other = columns("b b a b a", "x x y x x", [np.nan, 3, np.nan, 3, 1], "cannot_say - skipped - -")
    assert counted(other) == counted(ANSWERS)


def test_no_rows_give_zeros() -> None:
    assert counted(columns("", "", [], "")) == ResponseCounts.empty(
        groups=GROUPS, outcomes=OUTCOMES, categories=POINTS
    )


def test_names_that_no_row_uses_do_no_harm() -> None:
    group = CodedColumn(np.array([1]), ("unknown", "a"))
    answers = AnswerColumns(group, coded("x"), np.array([2.0]), coded("-"))
    assert counted(answers).n.sum() == 1
    assert group.used == {"a"}


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        (columns("c", "x", [1], "-"), "part-1: group: found 'c', expected one of: a, b"),
        (columns("-", "x", [1], "-"), "part-1: group: found nothing, expected one of: a, b"),
        (columns("a", "z", [1], "-"), "part-1: outcome: found 'z'"),
        (columns("a", "x", [4], "-"), "part-1: score: found 4, expected a point of the scale, 1 to 3"),
        (columns("a", "x", [0], "-"), "part-1: score: found 0"),
        (columns("a", "x", [1.5], "-"), "part-1: score: found 1.5"),
        (columns("a", "x", [np.inf], "-"), "part-1: score: found inf"),
        (columns("a", "x", [1], "skipped"), "part-1: score: found 1 in a row whose missing is 'skipped'"),
        (columns("a", "x", [np.nan], "-"), "part-1: score: found nothing"),
        (columns("a", "x", [np.nan], "asleep"), "part-1: missing: found 'asleep', expected one of: cannot"),
    ],
)
def test_a_row_that_cannot_be_counted_names_its_source_and_column(answers: AnswerColumns, fault: str) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the text is compared below, brackets and all
        counted(answers)
    assert str(raised.value).startswith(fault)


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="missing: 1 rows, expected 2"):
        columns("a a", "x x", [1, 2], "-")

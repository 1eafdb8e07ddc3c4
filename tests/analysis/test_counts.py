"""Counting answers: from a matrix, from rows, and adding."""

import numpy as np
import pytest

from analysis.counts import ResponseCounts
from analysis.ratings import RatingMatrix
from tests.analysis.builders import AGREE, SCALE_POINTS
from tests.data.small_study import SCALE, small_study

GROUPS, OUTCOMES = ("a", "b"), ("x", "y", "z")


def counted(rows: list) -> ResponseCounts:
    return ResponseCounts.from_rows(rows, groups=GROUPS, outcomes=OUTCOMES, categories=SCALE_POINTS)


def test_counts_of_other_outcomes_do_not_add() -> None:
    other = ResponseCounts.empty(groups=GROUPS, outcomes=("x",), categories=SCALE_POINTS)
    with pytest.raises(ValueError, match="outcomes"):
        counted([]) + other


def test_no_kind_of_missing_is_in_n() -> None:
    counts = counted(
        [("a", "x", 7, None, 2), ("a", "x", None, "cannot_say", 3), ("a", "x", None, "skipped", 1)]
    )
    assert counts.n[0, 0] == 2
    assert counts.missing[0, 0].tolist() == [3, 0, 1]  # cannot say, no opinion, skipped


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("c", "x", 5, None, 1), "group"),
        (("a", "q", 5, None, 1), "outcome"),
        (("a", "x", 10, None, 1), "score"),
        (("a", "x", None, "asleep", 1), "missing"),
        (("a", "x", 5, "skipped", 1), "score"),
        (("a", "x", None, None, 1), "score"),
        (("a", "x", 5, None, -1), "negative"),
    ],
)
def test_a_row_that_cannot_be_counted_names_its_column(row: tuple, column: str) -> None:
    with pytest.raises(ValueError, match=column):
        counted([row])


def test_a_matrix_and_a_group_by_give_the_same_counts() -> None:
    # Two of a and one of b: a gave x 9 and 7, b gave it 2; on y one a cannot say.
    scores = np.array([[9, np.nan], [7, np.nan], [2, np.nan]])
    missing = np.array([[-1, 0], [-1, -1], [-1, -1]])
    matrix = RatingMatrix(("p1", "p2", "p3"), ("a", "a", "b"), ("x", "y"), scores, missing)
    rows = [
        ("a", "x", 9, None, 1),
        ("a", "x", 7, None, 1),
        ("b", "x", 2, None, 1),
        ("a", "y", None, "cannot_say", 1),
    ]
    expected = ResponseCounts.from_rows(rows, groups=GROUPS, outcomes=("x", "y"), categories=SCALE.points)
    assert ResponseCounts.from_matrix(matrix, SCALE) == expected


def test_a_matrix_of_a_study_leaves_out_late_answers_and_those_who_gave_none() -> None:
    matrix = RatingMatrix.of(small_study(), "1")
    # r3 is the last row: papers (fourth) came late, family (last) has no answer; the rest is 9 9 8 . 7 .
    assert matrix.panellists[-1] == "r3"
    np.testing.assert_array_equal(matrix.scores[-1], [9, 9, 8, np.nan, 7, np.nan])
    assert "s6" not in matrix.panellists  # joins in Round 2


def test_a_score_off_the_scale_is_refused() -> None:
    matrix = RatingMatrix(("p",), ("a",), ("x",), np.array([[4.5]]), np.array([[-1]]))
    with pytest.raises(ValueError, match="whole number"):
        ResponseCounts.from_matrix(matrix, SCALE)


def test_a_cell_cannot_hold_a_score_and_a_kind_of_missing() -> None:
    with pytest.raises(ValueError, match="missing"):
        RatingMatrix(("p",), ("a",), ("x",), np.array([[4.0]]), np.array([[1]]))


def test_a_box_holds_both_of_its_ends() -> None:
    counts = counted([("a", "x", score, None, 10**place) for place, score in enumerate((6, 7, 8, 9))])
    assert counts.in_box(AGREE)[0, 0] == 1110


def test_an_outcome_that_nobody_answered_is_counted_with_zeros() -> None:
    counts = counted([("a", "y", 7, None, 2)]).of_outcomes(("new", "y"))
    assert counts.n[0].tolist() == [0, 2]


def test_counts_cannot_be_changed_once_made() -> None:
    counts = counted([("a", "x", 5, None, 1)])
    with pytest.raises(ValueError, match="read-only"):
        counts.counts[0, 0, 0] = 7

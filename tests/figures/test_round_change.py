"""Where groups stood before and after."""

from dataclasses import replace

import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.figures.round_change import Change, OutcomeChange, RoundChange, round_change
from tests.figures.gallery import CAPTION
from tests.figures.reading import lines_of, marks_in, svg_of, words_of


def one_outcome(*changes: Change | None) -> RoundChange:
    """Groups A, B, … about one outcome, in per cent."""
    groups = tuple("ABCDEFG"[: len(changes)])
    outcomes = (OutcomeChange("Life skills", changes),)
    return RoundChange(outcomes, groups, ("Round 1", "Round 2"), "Share in %", 0.0, 100.0, minimum=5)


def test_the_number_of_people_paired_stands_beside_each_group() -> None:
    words = words_of(
        round_change(one_outcome(Change(40.0, 60.0, 23), Change(None, None, 0)), caption=CAPTION)
    )
    assert " 23 " in words
    assert " 0 " in words


def test_a_group_with_too_few_pairs_is_hidden_with_its_number() -> None:
    figure = round_change(one_outcome(Change(25.0, 75.0, 4)), caption=CAPTION)
    words = words_of(figure)
    assert "hidden: fewer than 5" in words
    assert " 4 " not in words
    assert "0 rose" in (svg_of(figure)[1].text or "")


def test_a_withheld_group_is_explained() -> None:
    assert "hidden: fewer than 5, or shown it would tell" in words_of(
        round_change(one_outcome(None), caption=CAPTION)
    )


def test_ring_and_dot_stand_where_the_group_stood() -> None:
    figure = round_change(one_outcome(Change(0.0, 75.0, 9), Change(50.0, 100.0, 9)), caption=CAPTION)
    rings, dots = ([x for x, _ in marks_in(marks_of(figure, size))] for size in (7.5, 3.4))
    # A: from 0 to 75; B: from 50 to 100 on an axis of the same length. The key comes before them.
    assert dots[-2] - rings[-2] == pytest.approx(75 / 50 * (dots[-1] - rings[-1]))


def marks_of(figure: Figure, size: float) -> list[Line2D]:
    """The rows of marks of a size."""
    return [line for line in lines_of(figure) if line.get_marker() == "o" and line.get_markersize() == size]


def test_the_description_counts_ups_and_downs() -> None:
    changes = one_outcome(Change(1.0, 2.0, 9), Change(2.0, 1.0, 9), Change(2.0, 2.0, 9), Change(1.0, 5.0, 9))
    description = svg_of(round_change(changes, caption=CAPTION))[1].text or ""
    assert "2 rose, 1 fell, 1 stayed, 0 are hidden" in description


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"outcomes": ()}, "^outcomes: there is none"),
        ({"groups": ()}, "^groups: there is none"),
        ({"low": 100.0}, "^low: 100.0 is not below high"),
        ({"groups": ("A", "B")}, "^outcomes: 'Life skills' has not one entry"),
        ({"high": 50.0}, "^outcomes: 'Life skills' has 60.0, outside"),
    ],
)
def test_parts_that_do_not_fit_are_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(one_outcome(Change(40.0, 60.0, 23)), **change)  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    "change", [Change(None, 60.0, 9), Change(40.0, 60.0, 0), Change(float("nan"), 1.0, 9)]
)
def test_a_change_without_pairs_or_pairs_without_a_change_is_refused(change: Change) -> None:
    with pytest.raises(ValueError, match=r"^outcomes: 'Life skills' has"):
        one_outcome(change)

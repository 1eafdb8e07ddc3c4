"""Bars that part at the middle of the scale."""

from dataclasses import replace

import pytest
from matplotlib.figure import Figure

from analysis.figures.diverging_bars import AnswersByGroup, OutcomeAnswers, diverging_bars
from tests.figures.gallery import CAPTION
from tests.figures.reading import corners_of, lines_of, marks_in, patches_of, svg_of, words_of

BOXES = ("disagree", "in between", "agree")


def one_outcome(*counts: tuple[int, ...] | None, minimum: int = 5) -> AnswersByGroup:
    """Groups A, B, … about one outcome."""
    groups = tuple("ABCDEFG"[: len(counts)])
    return AnswersByGroup((OutcomeAnswers("Life skills", counts),), groups, BOXES, 1, 1, "agree", minimum)


def test_beside_each_bar_stands_how_many_of_how_many_agree() -> None:
    words = words_of(diverging_bars(one_outcome((2, 4, 6), (0, 0, 9)), caption=CAPTION))
    assert "6/12" in words
    assert "9/9" in words


def test_a_group_that_is_too_small_is_hidden_with_its_numbers() -> None:
    figure = diverging_bars(one_outcome((0, 1, 3), (2, 4, 6)), caption=CAPTION)
    words = words_of(figure)
    assert "hidden: fewer than 5" in words
    assert "3/4" not in words
    assert "1 bars are hidden" in (svg_of(figure)[1].text or "")


def test_a_group_of_just_the_minimum_is_shown() -> None:
    words = words_of(diverging_bars(one_outcome((0, 1, 4)), caption=CAPTION))
    assert "4/5" in words
    assert "hidden" not in words


def test_a_withheld_group_does_not_say_whether_it_is_small() -> None:
    words = words_of(diverging_bars(one_outcome(None, (2, 4, 6)), caption=CAPTION))
    assert " hidden " in words
    assert "hidden: fewer than 5, or shown it would tell" in words


def test_a_group_of_which_nobody_answered_has_no_bar() -> None:
    figure = diverging_bars(one_outcome((0, 0, 0)), caption=CAPTION)
    assert "0/0" in words_of(figure)
    assert bars_of(figure) == []


def bars_of(figure: Figure) -> list[tuple[float, float]]:
    """From where to where each part of the bars goes, in points."""
    bars = [patch for patch in patches_of(figure) if patch.get_linewidth() == 0.4]
    return [(corners_of(bar)[:, 0].min(), corners_of(bar)[:, 0].max()) for bar in bars]


def test_half_of_the_middle_is_on_each_side_of_the_line() -> None:
    figure = diverging_bars(one_outcome((2, 4, 6)), caption=CAPTION)
    (low, _), (middle_start, middle_end), (_, high) = bars_of(figure)
    zero, _ = marks_in([line for line in lines_of(figure) if line.get_linewidth() == 0.8])[0]
    assert (middle_start + middle_end) / 2 == pytest.approx(zero)
    # 2 and half of 4 of 12 are to the left.
    assert (zero - low) / (high - low) == pytest.approx(4 / 12)


def test_points_of_a_scale_can_be_drawn_one_by_one() -> None:
    nine = tuple(str(point) for point in range(1, 10))
    answers = AnswersByGroup(
        (OutcomeAnswers("Life skills", ((1,) * 9,)),), ("A",), nine, 3, 3, "rated it 7 to 9", 5
    )
    figure = diverging_bars(answers, caption=CAPTION)
    assert len(bars_of(figure)) == 9
    assert "3/9" in words_of(figure)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"outcomes": ()}, "^outcomes: there is none"),
        ({"groups": ()}, "^groups: there is none"),
        ({"groups": ("A", "B")}, "^outcomes: 'Life skills' has not one entry for each group"),
        ({"categories": ("disagree", "agree")}, "^outcomes: 'Life skills' has not one number"),
        ({"outcomes": (OutcomeAnswers("X", ((-1, 2, 3),)),)}, "^outcomes: 'X' has not one number"),
        ({"below": 2, "above": 2}, "^below: 2 and above: 2 of 3"),
        ({"below": -1}, "^below: -1"),
    ],
)
def test_parts_that_do_not_fit_are_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(one_outcome((2, 4, 6)), **change)  # type: ignore[arg-type]  # wrong on purpose

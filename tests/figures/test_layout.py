"""Words in figures: large enough, within the page, and none on another."""

import pytest

from analysis.figures.column_heads import Heads
from analysis.figures.lettering import width_of, wrapped
from analysis.figures.outcome_grid import in_blocks
from tests.figures.gallery import FIGURES, outcome_names
from tests.figures.reading import boxes_of, overlaps, texts_of, words_of

WITH_OUTCOMES = sorted(set(FIGURES) - {"path_flow", "attrition_flow", "leavers"})
ONE_DOT = 0.36  # at 200 dots to the inch


@pytest.mark.parametrize("number", [3, 72])
@pytest.mark.parametrize("name", sorted(FIGURES))
def test_no_word_leaves_the_page_or_lies_on_another(name: str, number: int) -> None:
    figure = FIGURES[name](number)
    boxes = boxes_of(figure)
    width, height = figure.get_size_inches() * 72
    texts = [text.get_text() for text in texts_of(figure)]
    outside = (boxes[:, :2].min(axis=1) < 0) | (boxes[:, 2] > width) | (boxes[:, 3] > height)
    assert [text for text, out in zip(texts, outside, strict=True) if out] == []
    assert [(texts[one], texts[other]) for one, other in overlaps(boxes, slack=ONE_DOT)] == []


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_figures_are_16_cm_wide_and_their_words_at_least_8_points_high(name: str) -> None:
    figure = FIGURES[name](3)
    assert figure.get_size_inches()[0] * 2.54 == pytest.approx(16)
    assert min(float(text.get_fontsize()) for text in texts_of(figure)) == 8


@pytest.mark.parametrize("name", WITH_OUTCOMES)
def test_long_names_are_broken_into_lines_and_nothing_of_them_is_lost(name: str) -> None:
    words = words_of(FIGURES[name](10))
    assert [outcome for outcome in outcome_names(10) if outcome not in words] == []


def test_a_line_is_as_wide_as_matplotlib_draws_it() -> None:
    # Two independent ways: our sum of the font's advances, and the box that Matplotlib lays out.
    figure = FIGURES["sensitivity_heat_map"](3)
    for text, box in zip(texts_of(figure), boxes_of(figure), strict=True):
        size, bold = float(text.get_fontsize()), text.get_fontweight() == "bold"
        at = 1 if text.get_rotation() else 0
        drawn = box[2 + at] - box[at]
        assert drawn == pytest.approx(width_of(text.get_text(), size=size, bold=bold), rel=0.04, abs=1.5)


def test_lines_keep_within_their_width_and_a_word_too_long_is_cut() -> None:
    text = "Freedom from " + "x" * 60 + " and other discrimination"
    lines = wrapped(text, 100.0)
    assert max(map(width_of, lines)) <= 100
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_the_first_line_leaves_room_for_a_word_before_it() -> None:
    text = "one two three four"
    assert wrapped(text, width_of(text)) == (text,)
    assert wrapped(text, width_of(text), indent=1.0) == ("one two three", "four")


def test_nothing_to_write_is_one_empty_line() -> None:
    assert wrapped(" \n ", 50.0) == ("",)


def test_a_letter_that_the_font_lacks_is_taken_to_be_square() -> None:
    assert width_of("字", size=8) == 8


@pytest.mark.parametrize(
    ("columns", "blocks"),
    [(1, [1]), (4, [4]), (5, [3, 2]), (8, [4, 4]), (9, [3, 3, 3])],
)
def test_many_groups_are_shared_out_over_blocks(columns: int, blocks: list[int]) -> None:
    assert [len(block) for block in in_blocks(columns)] == blocks
    assert [at for block in in_blocks(columns) for at in block] == list(range(columns))


def test_a_figure_grows_with_its_outcomes() -> None:
    low, high = (FIGURES["verdict_stability"](number).get_size_inches()[1] for number in (3, 72))
    assert high > 5 * low


def test_heads_stand_upright_where_a_word_would_have_to_be_cut() -> None:
    names = ("Among policymakers", "Top 12")
    wide, narrow = (Heads.of(names, width=width, bold=[0]) for width in (80.0, 30.0))
    assert (wide.are_upright, wide.lines) == (False, (("Among", "policymakers"), ("Top 12",)))
    assert narrow.are_upright
    assert narrow.height == pytest.approx(width_of("policymakers", bold=True))

"""The geometry of the small pictures."""

from fractions import Fraction
from itertools import pairwise

import pytest

from delphi.domain.distribution import BASELINE, TOP, WIDTH, distribution_of, tallest_share


def test_bars_stand_on_the_baseline_inside_the_picture_without_touching() -> None:
    bars = distribution_of([1, 0, 3, 2, 0, 0, 5, 9, 4], low=1).bars
    assert [bar.score for bar in bars] == list(range(1, 10))
    assert all(bar.y + bar.height == pytest.approx(BASELINE) for bar in bars)
    assert bars[0].x >= 0
    assert bars[-1].x + bars[-1].width <= WIDTH
    assert all(left.x + left.width < right.x for left, right in pairwise(bars))


def test_the_largest_share_fills_the_height() -> None:
    bars = distribution_of([1, 3], low=0).bars
    assert bars[1].height == BASELINE - TOP
    # one answer to three: a third of the height, to two decimals
    assert bars[0].height == round((BASELINE - TOP) / 3, 2)


def test_equal_bars_mean_equal_shares_across_groups() -> None:
    groups = [[8, 2], [1, 3]]
    tallest = tallest_share(groups)
    assert tallest == Fraction(4, 5)
    first, second = (distribution_of(row, low=1, tallest=tallest) for row in groups)
    # 3 of 4 against 4 of 5: 15/16 of the height
    assert second.bars[1].height == pytest.approx(first.bars[0].height * 15 / 16, abs=0.01)


def test_the_own_answer_is_marked_even_where_nobody_else_chose_it() -> None:
    picture = distribution_of([0, 4], low=1, own=1)
    assert picture.own is picture.bars[0]
    assert distribution_of([0, 4], low=1).own is None


def test_nobody_answering_draws_no_bar() -> None:
    picture = distribution_of([0, 0, 0], low=1)
    assert (picture.n, picture.plain_outline, picture.emphasised_outline) == (0, "", "")


def test_emphasised_points_are_drawn_apart_from_the_others() -> None:
    picture = distribution_of([1, 1, 1], low=7, emphasised=range(8, 10))
    assert picture.plain_outline.count("M") == 1
    assert picture.emphasised_outline.count("M") == 2


@pytest.mark.parametrize("counts", [[], [1, -1]])
def test_counts_that_cannot_be_drawn_are_refused(counts: list[int]) -> None:
    with pytest.raises(ValueError, match="counts"):
        distribution_of(counts, low=1)

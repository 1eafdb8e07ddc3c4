"""Those who stayed and those who left, one dot a person."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.figures.leavers import Leavers, LeaversGroup, leavers
from tests.figures.gallery import CAPTION
from tests.figures.reading import lines_of, marks_in, svg_of, words_of


def scores_of(stayed: int, left: int) -> Leavers:
    """One group with so many people, whose means crowd around 6."""
    draw = np.random.default_rng(6)
    means = [tuple(draw.normal(6, 0.6, number).clip(1, 9).tolist()) for number in (stayed, left)]
    return Leavers((LeaversGroup("Survivors", means[0], means[1]),), low=1.0, high=9.0, minimum=5)


def dots_of(figure: Figure) -> list[tuple[float, float]]:
    """Where the dots stand, without the one in the key."""
    return marks_in(swarms_of(figure))


def swarms_of(figure: Figure) -> list[Line2D]:
    """The rows of dots; the one in the key has an edge."""
    return [line for line in lines_of(figure) if line.get_marker() == "o" and not line.get_markeredgewidth()]


def test_everybody_of_groups_that_are_large_enough_is_a_dot() -> None:
    figure = leavers(scores_of(40, 5), caption=CAPTION)
    assert len(dots_of(figure)) == 45
    assert "40 people, median" in words_of(figure)


def test_of_a_small_group_neither_dots_nor_a_median_nor_its_number_are_drawn() -> None:
    figure = leavers(scores_of(40, 4), caption=CAPTION)
    assert len(dots_of(figure)) == 40
    words = words_of(figure)
    assert "hidden: fewer than 5" in words
    assert "4 people" not in words.replace("40 people", "").replace("64 people", "")
    assert "Survivors" not in (svg_of(figure)[1].text or "").replace("34 survivors", "")


def test_not_even_the_height_of_a_hidden_row_tells_how_the_few_scored() -> None:
    heights = {
        leavers(Leavers((LeaversGroup("A", (), few),), 1.0, 9.0, minimum=5), caption=CAPTION).get_figheight()
        for few in ((3.0,), (3.0, 5.0, 7.0), (5.0, 5.0, 5.0, 5.0))
    }
    assert len(heights) == 1


def test_where_nobody_left_that_is_said() -> None:
    assert "nobody" in words_of(leavers(scores_of(40, 0), caption=CAPTION))


@pytest.mark.parametrize("number", [5, 60, 200])
def test_dots_of_a_group_do_not_touch(number: int) -> None:
    figure = leavers(scores_of(number, 0), caption=CAPTION)
    (size,) = {line.get_markersize() for line in swarms_of(figure)}
    distances = [np.hypot(x - u, y - v) for (x, y), (u, v) in combinations(dots_of(figure), 2)]
    assert min(distances) > size


def test_dots_stand_at_their_means() -> None:
    means = (2.0, 3.0, 4.0, 5.0, 9.0)
    scores = Leavers((LeaversGroup("A", means, ()),), low=1.0, high=9.0, minimum=5)
    x = [x for x, _ in dots_of(leavers(scores, caption=CAPTION))]
    assert [(at - x[0]) / (x[-1] - x[0]) for at in x] == pytest.approx([0, 1 / 7, 2 / 7, 3 / 7, 1])


def test_the_order_of_people_changes_nothing() -> None:
    scores = scores_of(30, 0)
    group = scores.groups[0]
    turned = Leavers((LeaversGroup("Survivors", group.stayed[::-1], ()),), low=1.0, high=9.0, minimum=5)
    assert dots_of(leavers(turned, caption=CAPTION)) == dots_of(leavers(scores, caption=CAPTION))


def test_the_median_of_an_even_number_is_the_middle_of_the_two() -> None:
    scores = Leavers((LeaversGroup("A", (2.0, 3.0, 4.0, 5.0, 6.0, 7.0), ()),), low=1.0, high=9.0, minimum=5)
    assert "6 people, median 4.5" in words_of(leavers(scores, caption=CAPTION))


@pytest.mark.parametrize("bad", [0.5, 9.5, float("nan")])
def test_a_mean_off_the_scale_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match=r"^groups: 'A' has"):
        Leavers((LeaversGroup("A", (bad,), ()),), low=1.0, high=9.0, minimum=5)


def test_no_group_and_no_scale_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^groups: there is none"):
        Leavers((), low=1.0, high=9.0, minimum=5)
    with pytest.raises(ValueError, match=r"^low: 9.0 is not below high"):
        Leavers((LeaversGroup("A", (), ()),), low=9.0, high=9.0, minimum=5)

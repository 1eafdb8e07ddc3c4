"""Fills keep apart without colour."""

from itertools import pairwise, product

import pytest

from analysis.figures.palette import (
    BLANK,
    DARK,
    INK,
    LEAST_STEP,
    LIGHT,
    MEDIUM,
    PALE,
    PAPER,
    SOFT_INK,
    Fill,
    diverging_fills,
    lightness,
    shade,
)
from analysis.figures.verdict_marks import FILLS, LETTERS, verdict_entries
from analysis.study.rules import Verdict


@pytest.mark.parametrize(
    ("colour", "expected"),
    # L* of sRGB grey 119 is 50.03 and of pure red 53.24: Lindbloom's CIE calculator, D65.
    [("#000000", 0.0), ("#ffffff", 100.0), ("#777777", 50.03), ("#ff0000", 53.24)],
)
def test_lightness_is_that_of_the_cie(colour: str, expected: float) -> None:
    assert lightness(colour) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("middle", range(4))
def test_neighbours_in_a_bar_differ_in_grey(middle: int) -> None:
    for below, above in product(range(6), range(1, 6)):
        fills = diverging_fills(below, middle, above)
        assert [bool(fill.hatch) for fill in fills] == [True] * below + [False] * (middle + above)
        steps = [abs(lightness(one.colour) - lightness(other.colour)) for one, other in pairwise(fills)]
        # Where two sides meet without a middle, the hatch and the line between them tell them apart.
        meeting = below - 1 if not middle else None
        assert all(step >= LEAST_STEP - 0.5 for at, step in enumerate(steps) if at != meeting)


def test_the_named_fills_go_from_dark_to_light_in_steps() -> None:
    lights = [lightness(fill.colour) for fill in (DARK, MEDIUM, PALE, LIGHT, BLANK)]
    assert min(after - before for before, after in pairwise(lights)) >= LEAST_STEP


def test_a_shade_has_the_lightness_that_was_asked_for() -> None:
    for light in (5.0, 28.0, 50.0, 74.0, 95.0):
        assert lightness(shade((201, 124, 42), light)) == pytest.approx(light, abs=0.5)


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, from the luminance that CIE lightness stands for."""
    low, high = sorted(((lightness(colour) + 16) / 116) ** 3 for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def test_words_and_letters_can_be_read_on_what_they_stand_on() -> None:
    assert min(_contrast(colour, PAPER) for colour in (INK, SOFT_INK)) >= 4.5
    for fill in (DARK, PALE, LIGHT, BLANK, *FILLS.values()):
        assert _contrast(fill.ink, fill.colour) >= 4.5


def test_each_verdict_has_a_letter_of_its_own_and_only_those_that_occur_are_explained() -> None:
    assert set(LETTERS) == set(FILLS) == set(Verdict)
    assert len(set(LETTERS.values())) == len(set(FILLS.values())) == 4
    assert [entry.words for entry in verdict_entries([Verdict.OUT, Verdict.IN, Verdict.OUT])] == ["in", "out"]


def test_ink_turns_white_on_dark_fills() -> None:
    assert (Fill("#000000").ink, Fill("#ffffff").ink) == (PAPER, INK)

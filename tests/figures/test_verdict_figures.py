"""The figures of verdicts: under other rules, for other weights, in other panels."""

import pytest

from analysis.figures.flip_weight import FlipWeights, Interval, OutcomeWeights, flip_weight
from analysis.figures.sensitivity_heat_map import (
    MOST_RULES,
    OutcomeVerdicts,
    Sensitivity,
    sensitivity_heat_map,
)
from analysis.figures.verdict_stability import StableVerdict, verdict_stability
from analysis.study.rules import Verdict
from tests.figures.gallery import CAPTION
from tests.figures.reading import corners_of, patches_of, svg_of, texts_of, words_of

IN, OUT, NONE, NOT = Verdict.IN, Verdict.OUT, Verdict.NONE, Verdict.NOT_COMPUTABLE


def three_rules() -> Sensitivity:
    """Of two outcomes one has the same verdict everywhere, the other another under two rules."""
    rows = (OutcomeVerdicts("Life skills", (IN, IN, IN)), OutcomeVerdicts("Education", (OUT, NONE, NOT)))
    return Sensitivity(("Top 12", "Top 10", "70/15"), rows)


def test_cells_that_differ_from_the_study_s_rule_are_outlined() -> None:
    figure = sensitivity_heat_map(three_rules(), caption=CAPTION)
    (outlines,) = (patch for patch in patches_of(figure) if patch.get_linewidth() == 1.4)
    assert len(corners_of(outlines)) == 2 * 5  # two rectangles
    assert "1 have another verdict" in (svg_of(figure)[1].text or "")


def test_the_study_s_own_rule_comes_first_and_is_marked() -> None:
    figure = sensitivity_heat_map(three_rules(), caption=CAPTION)
    words = words_of(figure)
    assert "the study’s rule not as under the study’s rule" in words
    assert "Top 12 Top 10 70/15" in words
    assert {text.get_text() for text in texts_of(figure) if text.get_fontweight() == "bold"} >= {"Top 12"}


def test_under_each_rule_the_number_in_and_the_number_that_differ_are_told() -> None:
    words = words_of(sensitivity_heat_map(three_rules(), caption=CAPTION))
    assert "1 – 1 1 1 1" in words
    assert (three_rules().number_in(0), three_rules().number_of_differences(2)) == (1, 1)


def test_every_cell_has_its_letter() -> None:
    words = words_of(sensitivity_heat_map(three_rules(), caption=CAPTION)).split()
    # One of each is in the key.
    assert {letter: words.count(letter) - 1 for letter in "IONB?"} == {
        "I": 3,
        "O": 1,
        "N": 1,
        "B": -1,
        "?": 1,
    }


@pytest.mark.parametrize(
    ("rules", "outcomes", "message"),
    [
        ((), three_rules().outcomes, "^rules: there is none"),
        (("A",), (), "^outcomes: there is none"),
        (("A",), three_rules().outcomes, "^outcomes: 'Life skills' has not one verdict for each rule"),
        (("A",) * (MOST_RULES + 1), three_rules().outcomes, "^rules: .* do not fit"),
    ],
)
def test_verdicts_that_do_not_fit_the_rules_are_refused(
    rules: tuple[str, ...], outcomes: tuple[OutcomeVerdicts, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Sensitivity(rules, outcomes)


def test_as_many_rules_as_are_allowed_can_be_drawn() -> None:
    rules = tuple(f"Rule {at}" for at in range(MOST_RULES))
    sensitivity = Sensitivity(rules, (OutcomeVerdicts("Life skills", (IN,) * MOST_RULES),))
    assert f"Rule {MOST_RULES - 1}" in words_of(sensitivity_heat_map(sensitivity, caption=CAPTION))


@pytest.mark.parametrize(
    ("in_for", "words"),
    [
        (((0, None),), "any weight"),
        (((0.6, None),), "any weight from 0.6 up"),
        # Rounded inwards: at 0.63 it is not in yet, at 3.3 no more.
        (((0.634, None),), "any weight from 0.64 up"),
        (((0, 3.26),), "weights up to 3.2"),
        (((1.1, 2.0),), "weights from 1.1 to 2"),
        # In floats 100 times 0.56 is a little more than 56, and 100 times 0.57 a little less than 57.
        (((0.56, 0.57),), "weights from 0.56 to 0.57"),
        (((0, 0.4), (12.3, None)), "weights up to 0.4; any weight from 13 up"),
        (((0.012345, None),), "any weight from 0.013 up"),
        ((), "no weight"),
    ],
)
def test_weights_are_told_in_words_that_never_promise_too_much(
    in_for: tuple[Interval, ...], words: str
) -> None:
    assert OutcomeWeights("Life skills", in_for).words == words


def test_the_study_s_weight_and_the_words_stand_in_the_figure() -> None:
    rows = (OutcomeWeights("Life skills", ((0.6, None),)), OutcomeWeights("Education", ()))
    figure = flip_weight(FlipWeights(rows, "survivors", of_study=2.0), caption=CAPTION)
    words = words_of(figure)
    for part in ("the study’s weight, 2", "Weight of survivors", "any weight from 0.6 up", "no weight"):
        assert part in words
    assert "Of 2 outcomes 0 are in for any weight of survivors, 1 for none" in (svg_of(figure)[1].text or "")


@pytest.mark.parametrize(
    ("rows", "of_study", "most", "message"),
    [
        ((), 2.0, 10.0, "^outcomes: there is none"),
        ((OutcomeWeights("A", ()),), 11.0, 10.0, "^of_study: 11.0"),
        ((OutcomeWeights("A", ()),), 1.0, 1.0, "^most: 1.0"),
        ((OutcomeWeights("A", ((2.0, 1.0),)),), 1.0, 10.0, "^outcomes: the weights of 'A'"),
        ((OutcomeWeights("A", ((0.0, None), (1.0, 2.0))),), 1.0, 10.0, "^outcomes: the weights of 'A'"),
        ((OutcomeWeights("A", ((-1.0, 2.0),)),), 1.0, 10.0, "^outcomes: the weights of 'A'"),
    ],
)
def test_weights_that_make_no_sense_are_refused(
    rows: tuple[OutcomeWeights, ...], of_study: float, most: float, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        FlipWeights(rows, "survivors", of_study=of_study, most=most)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (1.0, "100 %"),
        (0.9995, "99 %"),
        (0.29, "29 %"),
        (0.0005, "< 1 %"),
        (0.0, "0 %"),
        (None, "not computable"),
    ],
)
def test_only_a_verdict_that_stays_in_every_resample_stays_in_100_per_cent(
    share: float | None, words: str
) -> None:
    assert StableVerdict("Life skills", IN, share).words == words


def test_stability_names_the_least_stable_verdict() -> None:
    verdicts = (StableVerdict("Life skills", IN, 1.0), StableVerdict("Education", OUT, 0.625))
    figure = verdict_stability(verdicts, resamples=2000, caption=CAPTION)
    assert "the least stable is that on Education, with 62 %" in (svg_of(figure)[1].text or "")
    assert "share of 2,000 resamples" in words_of(figure)


def test_where_no_share_could_be_computed_that_is_said() -> None:
    figure = verdict_stability((StableVerdict("A", NOT, None),), resamples=9, caption=CAPTION)
    assert "No share could be computed" in (svg_of(figure)[1].text or "")


def test_no_verdict_no_resample_and_no_share_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^verdicts: there is none"):
        verdict_stability((), resamples=9, caption=CAPTION)
    with pytest.raises(ValueError, match=r"^resamples: 0"):
        verdict_stability((StableVerdict("A", IN, 1.0),), resamples=0, caption=CAPTION)
    with pytest.raises(ValueError, match=r"^share: 1.2 of 'A'"):
        StableVerdict("A", IN, 1.2)

"""Counts to words. The expected sentences are written by hand from the rules in the docstrings."""

import pytest

from analysis.counts import ResponseCounts
from analysis.feedback_words import (
    OwnAnswer,
    Pattern,
    Shape,
    Span,
    feedback_of,
    groups_sentence,
    own_sentence,
    shape_of,
    spans_of,
)
from analysis.study.records import Missing
from analysis.study.scale import Box, Scale

NINE = (Span(1, 3), Span(4, 6), Span(7, 9))


@pytest.mark.parametrize(
    ("counts", "pattern", "spans"),
    [
        ([0, 0, 0, 0, 0, 0, 0, 12, 0], Pattern.ALL, (Span(8, 8),)),
        ([0, 0, 0, 0, 0, 0, 2, 5, 9], Pattern.ALL, (Span(7, 9),)),
        ([1, 0, 0, 0, 3, 0, 2, 5, 9], Pattern.MOST, (Span(7, 9),)),
        ([9, 4, 1, 0, 2, 0, 0, 0, 1], Pattern.MOST, (Span(1, 3),)),
        # 5 of 12 at each end
        ([5, 0, 0, 0, 2, 0, 0, 0, 5], Pattern.SPLIT, (Span(1, 3), Span(7, 9))),
        # 8 of 12 at one end, 4 at the other: a third is enough
        ([4, 0, 0, 0, 0, 0, 0, 0, 8], Pattern.SPLIT, (Span(1, 3), Span(7, 9))),
        # 4, 5 and 6 of 15: no span holds more than half, one end less than a third
        ([2, 1, 1, 2, 2, 1, 2, 2, 2], Pattern.SPREAD, ()),
        # exactly half is not most
        ([1, 1, 0, 2, 1, 0, 2, 2, 1], Pattern.SPREAD, ()),
        ([0] * 9, Pattern.NOBODY, ()),
    ],
)
def test_the_shape_of_a_groups_answers(counts: list[int], pattern: Pattern, spans: tuple[Span, ...]) -> None:
    shape = shape_of(counts, low=1, spans=NINE)
    assert (shape.pattern, shape.spans) == (pattern, spans)


@pytest.mark.parametrize(("answers", "few"), [(0, False), (1, True), (9, True), (10, False)])
def test_few_answers_are_said_to_be_few(answers: int, few: bool) -> None:
    assert shape_of([answers, 0], low=1, spans=(Span(1, 1), Span(2, 2))).few is few


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (1, 2, "1|2"),
        (1, 3, "1|2|3"),
        (1, 5, "1 to 2|3|4 to 5"),
        (0, 10, "0 to 3|4 to 6|7 to 10"),
        (1, 9, "1 to 3|4 to 6|7 to 9"),
    ],
)
def test_a_scale_without_boxes_is_cut_into_thirds(low: int, high: int, expected: str) -> None:
    scale = Scale("s", low, high, tuple("word" for _ in range(low, high + 1)), "Cannot say")
    assert "|".join(map(str, spans_of(scale))) == expected


def test_boxes_are_used_only_where_they_cover_the_scale() -> None:
    words = ("no", "", "", "", "yes")
    whole = Scale("s", 1, 5, words, "?", boxes=(Box("high", 5, 5, "yes"), Box("low", 1, 4, "no")))
    part = Scale("s", 1, 5, words, "?", boxes=(Box("high", 4, 5, "yes"),))
    assert spans_of(whole) == (Span(1, 4), Span(5, 5))
    assert spans_of(part) == (Span(1, 2), Span(3, 3), Span(4, 5))


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        (OwnAnswer(score=8), "You chose 8."),
        (OwnAnswer(score=0), "You chose 0."),
        (OwnAnswer(missing=Missing.CANNOT_SAY), "You said that you cannot say."),
        (OwnAnswer(missing=Missing.SKIPPED), "You skipped this."),
        (None, "You did not answer this."),
    ],
)
def test_the_own_answer_in_words(own: OwnAnswer | None, sentence: str) -> None:
    assert own_sentence(own) == sentence


def shape(pattern: Pattern, *spans: Span, n: int = 20) -> Shape:
    """A shape as `shape_of` would give it."""
    return Shape(pattern=pattern, spans=spans, n=n, few=n < 10)


@pytest.mark.parametrize(
    ("shapes", "sentence"),
    [
        ([], ""),
        (
            [
                ("Survivors", shape(Pattern.MOST, NINE[2])),
                ("Service providers", shape(Pattern.SPLIT, NINE[0], NINE[2])),
            ],
            "Most survivors chose 7 to 9; service providers were split: some chose 1 to 3, others 7 to 9.",
        ),
        (
            [("Survivors", shape(Pattern.MOST, NINE[2])), ("NHS staff", shape(Pattern.MOST, NINE[2]))],
            "Most survivors and NHS staff chose 7 to 9.",
        ),
        (
            [("Survivors", shape(Pattern.ALL, NINE[2])), ("Policymakers", shape(Pattern.ALL, NINE[2], n=6))],
            "All survivors chose 7 to 9; all policymakers chose 7 to 9 (only 6 answered).",
        ),
        ([("Researchers", shape(Pattern.SPREAD))], "Researchers chose many different numbers."),
        ([("Researchers", shape(Pattern.NOBODY))], "No researchers chose a number."),
    ],
)
def test_the_groups_in_words(shapes: list[tuple[str, Shape]], sentence: str) -> None:
    assert groups_sentence(shapes) == sentence


LABELS = {"s": "Survivors", "p": "Providers", "r": "Researchers"}
FIVE_POINTS = Scale("s", 1, 5, ("no", "", "", "", "yes"), "Cannot say")


def feedback(*rows: tuple[str, str, int, int], minimum: int = 5) -> dict[str, str]:
    """Sentences for rows of (group, outcome, score, number of people)."""
    counts = ResponseCounts.from_rows(
        [(group, outcome, score, None, number) for group, outcome, score, number in rows],
        groups=tuple(LABELS),
        outcomes=("home", "work"),
        categories=FIVE_POINTS.points,
    )
    return feedback_of(counts, group_labels=LABELS, scale=FIVE_POINTS, minimum=minimum)


def test_each_outcome_has_the_sentence_of_its_groups() -> None:
    found = feedback(("s", "home", 5, 12), ("p", "home", 1, 10), ("p", "home", 5, 10), ("s", "work", 3, 5))
    assert found == {
        "home": "All survivors chose 5; providers were split: some chose 1 to 2, others 4 to 5.",
        "work": "All survivors chose 3 (only 5 answered).",
    }


def test_a_group_too_small_is_left_out_with_a_second_that_would_give_it_away() -> None:
    # Researchers are 4; taking survivors and providers from the total would give them: providers are fewer.
    rows = ("s", "home", 5, 12), ("p", "home", 5, 10), ("r", "home", 1, 4)
    assert feedback(*rows)["home"] == "All survivors chose 5."
    assert feedback(*rows, minimum=4)["home"] == (
        "All survivors and providers chose 5; all researchers chose 1 (only 4 answered)."
    )


def test_an_outcome_without_a_group_to_show_has_no_sentence() -> None:
    assert feedback(("s", "home", 5, 2), ("p", "home", 5, 2)) == {"home": "", "work": ""}


def test_counts_of_another_scale_or_of_a_group_without_a_label_are_refused() -> None:
    counts = ResponseCounts.empty(groups=("s", "x"), outcomes=("home",), categories=range(1, 6))
    with pytest.raises(ValueError, match="group_labels: no label for x"):
        feedback_of(counts, group_labels=LABELS, scale=FIVE_POINTS, minimum=5)
    nine = Scale("nine", 1, 9, ("no", *[""] * 7, "yes"), "Cannot say")
    with pytest.raises(ValueError, match="counts: categories"):
        feedback_of(counts, group_labels=LABELS, scale=nine, minimum=5)

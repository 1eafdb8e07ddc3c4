"""Computed beside published."""

from dataclasses import replace

import pytest

from analysis.reproduce import Comparison, Status, compare
from analysis.study.published import Figure, FigureMeasure, Published, Source
from tests.data.small_study import small_study

SOURCE = Source("report", "The report", "Page 1")


def compared(measure: FigureMeasure, value: int | tuple[str, ...], *, stage: str | None = None) -> Comparison:
    figure = Figure(
        "f",
        measure,
        value,
        "report",
        should_reproduce=measure is not FigureMeasure.NONE,
        stage=stage,
        note="Why.",
    )
    study = replace(small_study(), published=Published((SOURCE,), (figure,)))
    return compare(study)[0]


FINAL = ("A safe home", "A doctor", "Work", "Friends and family")


@pytest.mark.parametrize(
    ("measure", "stage", "value"),
    [
        (FigureMeasure.OUTCOMES_OUT, "start", 6),
        (FigureMeasure.OUTCOMES_IN, "1", 6),
        (FigureMeasure.OUTCOMES_OUT, "1", 4),
        (FigureMeasure.RESPONDENTS, "2", 6),
        (FigureMeasure.FINAL_LABELS, None, tuple(reversed(FINAL))),
        (FigureMeasure.FINAL_LABELS, None, 4),
        (FigureMeasure.PUBLISHED_LABELS_OUTSIDE_FINAL, None, ("Papers", "Friends", "Family")),
        (FigureMeasure.DOMAINS, None, 2),
    ],
)
def test_each_measure_is_computed(
    measure: FigureMeasure, stage: str | None, value: int | tuple[str, ...]
) -> None:
    found = compared(measure, value, stage=stage)
    assert (found.status, found.fails) == (Status.REPRODUCED, False)


def test_a_figure_that_differs_has_both_values_and_fails_if_it_should_not() -> None:
    found = compared(FigureMeasure.RESPONDENTS, 7, stage="2")
    assert (found.computed, found.figure.value, found.status, found.fails) == (6, 7, Status.DIFFERS, True)


def test_one_name_too_many_differs() -> None:
    assert compared(FigureMeasure.FINAL_LABELS, (*FINAL, "Papers")).status is Status.DIFFERS


def test_a_figure_that_cannot_be_computed_says_why() -> None:
    found = compared(FigureMeasure.NONE, 1313)
    assert (found.status, found.computed, found.why, found.fails) == (
        Status.NOT_COMPUTABLE,
        None,
        "Why.",
        False,
    )


def test_respondents_before_the_first_round_cannot_be_computed() -> None:
    assert compared(FigureMeasure.RESPONDENTS, 3, stage="start").status is Status.NOT_COMPUTABLE

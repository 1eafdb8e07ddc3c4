"""Dissents are counted without telling small groups."""

import numpy as np
import pytest

from analysis.disclosure import shown_dissents

HIDDEN = np.nan


def shown(dissents: list[int], answered: list[int]) -> tuple[list[float], float]:
    found = shown_dissents([[n] for n in dissents], [[n] for n in answered], minimum=5)
    return found.by_group[:, 0].tolist(), float(found.everyone[0])


@pytest.mark.parametrize(
    ("dissents", "answered", "by_group", "everyone"),
    [
        ([1, 0], [30, 12], [1, 0], 1),  # one of many is nobody in particular
        ([1, 2, 4], [30, 3, 9], [1, HIDDEN, HIDDEN], 7),  # the second group hides the first
        ([0, 1], [2, 2], [HIDDEN, HIDDEN], HIDDEN),  # four people together are too few
        ([1, 0, 0], [0, 30, 9], [HIDDEN, 0, HIDDEN], 1),  # who gave no score is one of a small group
    ],
)
def test_what_is_shown_depends_on_how_many_there_are(
    dissents: list[int], answered: list[int], by_group: list[float], everyone: float
) -> None:
    found = shown(dissents, answered)
    np.testing.assert_equal(found, (by_group, everyone))


@pytest.mark.parametrize(
    ("dissents", "answered", "words"),
    [
        ([1], [1], "dissents: 1 dimensions"),
        ([[1]], [[1, 2]], "answered: shape"),
        ([[-1]], [[1]], "a negative number"),
    ],
)
def test_numbers_that_cannot_be_are_refused(dissents: list[int], answered: list[int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        shown_dissents(dissents, answered, minimum=5)

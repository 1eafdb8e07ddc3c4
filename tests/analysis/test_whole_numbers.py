"""Numbers of people are whole and not negative."""

import numpy as np
import pytest

from analysis.whole_numbers import whole_number, whole_numbers


@pytest.mark.parametrize("values", [[0, 3], [0.0, 3.0], np.array([0, 3], dtype=np.uint8), (np.int32(0), 3)])
def test_whole_numbers_of_any_kind_are_integers(values: object) -> None:
    found = whole_numbers(values, name="counts")  # type: ignore[arg-type]
    assert found.tolist() == [0, 3]
    assert found.dtype == np.int64


@pytest.mark.parametrize(
    "values",
    [
        [0.5],
        [-1],
        [-1.0],
        [float("nan")],
        [float("inf")],
        [2.0**53],
        [True],
        ["1"],
        [None],
        np.array([2**63]),
    ],
)
def test_anything_else_is_refused_by_name(values: object) -> None:
    with pytest.raises(ValueError, match=r"^counts:"):
        whole_numbers(values, name="counts")  # type: ignore[arg-type]


def test_no_numbers_are_whole_numbers() -> None:
    assert whole_numbers([], name="counts").dtype == np.int64


def test_several_numbers_are_not_one() -> None:
    assert whole_number(7, name="n") == 7
    with pytest.raises(ValueError, match=r"^n: 1 dimensions"):
        whole_number([7], name="n")  # type: ignore[arg-type]

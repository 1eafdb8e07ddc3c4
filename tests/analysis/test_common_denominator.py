"""Numbers as they are written, over one denominator."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from analysis.ranking.common_denominator import over, over_common_denominator


@pytest.mark.parametrize(
    ("values", "whole", "denominator"),
    [
        ([1, 2], [1, 2], 1),
        ([0.1, 0.25], [2, 5], 20),
        ([Fraction(1, 3), Decimal("0.5")], [2, 3], 6),
        (np.array([0.1, 2], dtype=np.float32), [1, 20], 10),
        (np.array([3, 0], dtype=np.uint8), [3, 0], 1),
        ([2**60 + 1, 0.0], [2**60 + 1, 0], 1),
        ([], [], 1),
        ([[1, 0.5], [0, 2]], [[2, 1], [0, 4]], 2),
    ],
)
def test_numbers_are_read_as_they_are_written(values: object, whole: list[int], denominator: int) -> None:
    found = over_common_denominator(values, name="weights", multiple=4)  # type: ignore[arg-type]
    assert (found[0].tolist(), found[1]) == (whole, denominator)
    assert found[0].dtype == np.int64


@pytest.mark.parametrize("value", [-1, -0.5, np.nan, np.inf, "much", None, True])
def test_what_is_no_weight_is_refused_by_name(value: object) -> None:
    with pytest.raises(ValueError, match=r"^weights:"):
        over_common_denominator([1, value], name="weights", multiple=1)  # type: ignore[arg-type, list-item]


def test_sums_that_would_not_fit_are_refused() -> None:
    # A third as a float has 16 decimals; 48 of them and 14 * 14 pairs are 3.1e19, beyond 2^63 = 9.2e18.
    with pytest.raises(ValueError, match=r"^weights: .*Fraction"):
        over_common_denominator([1 / 3] * 48, name="weights", multiple=196)
    assert over_common_denominator([Fraction(1, 3)] * 48, name="weights", multiple=196)[1] == 3


def test_the_largest_sum_that_fits_is_taken() -> None:
    largest = 2**63 - 1
    assert over_common_denominator([largest], name="weights", multiple=1)[0].tolist() == [largest]
    with pytest.raises(ValueError, match=r"^weights:"):
        over_common_denominator([largest, 1], name="weights", multiple=1)


def test_quotients_are_the_nearest_floats_whatever_the_denominator() -> None:
    assert over(np.array([[1, 2]]), 3).tolist() == [[1 / 3, 2 / 3]]
    assert over(np.array([1]), 10**30).tolist() == [1e-30]

"""The two-list rule on values."""

from fractions import Fraction

import numpy as np
import pytest

from analysis.ranking import two_list


def test_what_is_on_either_list_goes_on() -> None:
    result = two_list([18, 14, 12, 10, 6], [8, 4, 6, 9, 5], 2)
    assert result.selected == (0, 1, 3)
    assert result.in_overall.tolist() == [True, True, False, False, False]
    assert result.in_group.tolist() == [True, False, False, True, False]
    assert (result.cut_overall, result.cut_group, result.n) == (14, 8, 2)
    assert (result.ties_overall, result.ties_group) == ((), ())


def test_all_that_tie_at_a_cut_go_on_and_are_stated() -> None:
    result = two_list(np.array([9.0, 7.0, 7.0, 2.0]), np.array([1.0, 1.0, 1.0, 3.0]), 2)
    assert result.selected == (0, 1, 2, 3)
    assert (result.ties_overall, result.ties_group) == ((1, 2), (0, 1, 2))


def test_a_tie_above_the_cut_is_not_stated() -> None:
    assert two_list([9, 9, 7], [9, 9, 7], 2).ties_overall == ()


def test_a_value_that_is_missing_has_no_place() -> None:
    result = two_list(np.array([np.nan, 1.0, 2.0]), [3, None, None], 2)
    assert (result.in_overall.tolist(), result.in_group.tolist()) == (
        [False, True, True],
        [True, False, False],
    )
    assert (result.cut_overall, result.cut_group) == (1, 3)


def test_an_empty_list_adds_nothing() -> None:
    result = two_list([2, 1], [np.nan, np.nan], 1)
    assert (result.selected, result.cut_group) == ((0,), None)
    nothing = two_list([], [], 1)
    assert (nothing.selected, nothing.cut_overall, nothing.in_overall.tolist()) == ((), None, [])


def test_fractions_tie_where_floats_do_not() -> None:
    # 1/10 + 2/10 = 3/10, and 0.1 + 0.2 = 0.30000000000000004.
    assert two_list([0.1 + 0.2, 0.3], [0, 0], 1).in_overall.tolist() == [True, False]
    assert two_list([Fraction(1, 10) + Fraction(2, 10), Fraction(3, 10)], [0, 0], 1).ties_overall == (0, 1)


def test_a_list_longer_than_what_there_is_takes_all_that_has_a_value() -> None:
    assert two_list([3, 2, 0], [np.nan] * 3, 40).selected == (0, 1, 2)


@pytest.mark.parametrize("n", [0, -2, 2.5])
def test_a_length_below_one_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match=r"^n:"):
        two_list([1], [1], n)


def test_values_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^group: 1 values"):
        two_list([1, 2], [1], 1)
    with pytest.raises(ValueError, match=r"^overall: shape"):
        two_list(np.ones((2, 2)), [1], 1)

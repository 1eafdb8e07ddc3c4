"""What is hidden so that small groups cannot be had back."""

from collections.abc import Mapping
from fractions import Fraction

from analysis.disclosure import NOTHING_HIDDEN, Hidden, hidden_figures

ONE = dict.fromkeys("abcd", Fraction(1))
A_DOUBLE = {**ONE, "a": Fraction(2)}


def hidden(n: Mapping[str, int], *, weights: Mapping[str, Fraction] = ONE) -> Hidden:
    return hidden_figures(n, minimum=5, weights=weights)


def test_groups_that_are_large_enough_or_empty_are_shown() -> None:
    assert hidden({"a": 5, "b": 0, "c": 30}) == NOTHING_HIDDEN


def test_a_second_group_is_hidden_so_that_subtracting_does_not_give_the_first() -> None:
    assert hidden({"a": 30, "b": 3, "c": 9, "d": 12}) == Hidden(frozenset("bc"))


def test_two_small_groups_hide_each_other_when_together_they_are_enough() -> None:
    assert hidden({"a": 30, "b": 3, "c": 4}).groups == frozenset("bc")


def test_two_groups_too_small_even_together_hide_a_third() -> None:
    assert hidden({"a": 30, "b": 2, "c": 2, "d": 12}).groups == frozenset("bcd")


def test_the_second_group_is_one_of_the_same_weight_where_there_is_one() -> None:
    # c is larger than a, but a counts twice: hiding it would leave two unknowns in two equations.
    assert hidden({"a": 6, "b": 3, "c": 9}, weights=A_DOUBLE) == Hidden(frozenset("bc"))


def test_weighted_figures_are_hidden_where_they_would_be_a_second_equation() -> None:
    assert hidden({"a": 6, "b": 3}, weights=A_DOUBLE) == Hidden(frozenset("ab"), weighted=True)


def test_so_few_that_even_all_together_are_a_small_group_are_hidden_altogether() -> None:
    assert hidden({"a": 2, "b": 2}).everything

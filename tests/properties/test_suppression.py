"""What must hold of a suppressed table whatever is in it."""

from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure import suppress


def tables(most: int) -> st.SearchStrategy[list[list[int]]]:
    """Tables of up to so many rows and columns."""
    shapes = st.tuples(st.integers(1, most), st.integers(1, most))
    return shapes.flatmap(
        lambda shape: st.lists(
            st.lists(st.integers(0, 20), min_size=shape[1], max_size=shape[1]),
            min_size=shape[0],
            max_size=shape[0],
        )
    )


TABLES = tables(4)
MINIMA = st.integers(1, 6)


@given(TABLES, MINIMA)
def test_every_small_count_is_hidden_and_never_alone_in_its_row_or_column(
    table: list[list[int]], minimum: int
) -> None:
    found, counts = suppress(table, minimum=minimum), np.array(table)
    assert np.array_equal(found.primary, (counts > 0) & (counts < minimum))
    assert np.all(found.hidden[found.primary])
    assert np.array_equal(np.isnan(found.shown), found.hidden)
    if not found.totals_hidden:
        assert not np.any(found.hidden.sum(axis=1) == 1)
        assert not np.any(found.hidden.sum(axis=0) == 1)


@given(TABLES, MINIMA)
def test_what_is_left_of_each_line_is_too_much_to_tell_a_small_count(
    table: list[list[int]], minimum: int
) -> None:
    found, counts = suppress(table, minimum=minimum), np.array(table)
    if not found.totals_hidden:
        in_rows = np.where(found.hidden, counts, 0).sum(axis=1)
        assert np.all(in_rows[found.primary.any(axis=1)] >= minimum)


# Up to nine cells the search is always short enough to end with the fewest.
@given(tables(3), MINIMA, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_turning_or_shuffling_the_table_hides_as_many_cells_and_people(
    table: list[list[int]], minimum: int, random: Random
) -> None:
    counts = np.array(table)
    rows = random.sample(range(len(counts)), len(counts))
    one, other = suppress(counts, minimum=minimum), suppress(counts[rows].T, minimum=minimum)
    assert one.totals_hidden == other.totals_hidden
    assert one.hidden.sum() == other.hidden.sum()
    assert counts[one.hidden].sum() == counts[rows].T[other.hidden].sum()


@given(TABLES, MINIMA)
@settings(max_examples=60)
def test_empty_rows_add_nothing_but_cells_that_may_protect(table: list[list[int]], minimum: int) -> None:
    counts = np.array(table)
    one = suppress(counts, minimum=minimum)
    other = suppress(np.vstack((counts, np.zeros_like(counts[:1]))), minimum=minimum)
    assert other.totals_hidden == one.totals_hidden
    if not one.totals_hidden:
        assert not other.hidden[-1].any()  # its total is 0, so that each of its zeros is known

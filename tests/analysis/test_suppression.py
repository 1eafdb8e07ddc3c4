"""A table of counts tells nobody's small count, even by subtraction."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray

from analysis.disclosure import SuppressedTable, suppress

Counts = NDArray[np.int64]


def splits(total: int, most: list[int]) -> Iterator[tuple[int, ...]]:
    """All ways to split the total over cells, of which none holds more than its most."""
    if not most:
        if total == 0:
            yield ()
        return
    for first in range(min(total, most[0]) + 1):
        for rest in splits(total - first, most[1:]):
            yield (first, *rest)


def all_that_it_could_be(found: SuppressedTable) -> Iterator[Counts]:
    """Every table of whole numbers of 0 or more that agrees with what is shown; an attacker knows no more."""
    shown = np.where(found.hidden, 0, found.shown).astype(np.int64)
    left_in_rows = found.row_totals.astype(np.int64) - shown.sum(axis=1)
    left_in_columns = (found.column_totals - shown.sum(axis=0)).astype(np.int64)

    def below(row: int, left: Counts) -> Iterator[list[Counts]]:
        if row == len(shown):
            if not left.any():
                yield []
            return
        cells = np.flatnonzero(found.hidden[row])
        for split in splits(int(left_in_rows[row]), left[cells].tolist()):
            filled = np.zeros_like(left)
            filled[cells] = split
            for rest in below(row + 1, left - filled):
                yield [filled + shown[row], *rest]

    for rows in below(0, left_in_columns):
        yield np.array(rows)


def what_is_known(found: SuppressedTable) -> tuple[Counts, Counts]:
    """The lowest and highest that each cell could be."""
    tables = np.array(list(all_that_it_could_be(found)))
    return tables.min(axis=0), tables.max(axis=0)


def test_a_small_count_takes_three_more_with_it() -> None:
    # With 20 + 3 in the row and 3 + 8 in the column left, the 3 could be anything from 0 to 11. Of the four
    # rectangles around it 20 7 8 holds the fewest people, 35; the others 15 12 9, 20 10 12 and 15 8 30.
    found = suppress([[20, 3, 15], [10, 12, 9], [7, 8, 30]], minimum=5)
    assert found.hidden.tolist() == [[True, True, False], [False] * 3, [True, True, False]]
    assert (found.primary.sum(), found.totals_hidden) == (1, False)
    lowest, highest = what_is_known(found)
    assert (lowest[0, 1], highest[0, 1]) == (0, 11)


def test_what_is_shown_is_what_was_counted() -> None:
    table = np.array([[20, 3, 15], [10, 12, 9], [7, 8, 30]])
    found = suppress(table, minimum=5)
    assert np.array_equal(found.shown[~found.hidden], table[~found.hidden])
    assert np.isnan(found.shown[found.hidden]).all()
    assert (found.row_totals.tolist(), found.column_totals.tolist()) == ([38, 31, 45], [37, 23, 54])
    assert (found.grand_total, found.minimum) == (114, 5)


@pytest.mark.parametrize("table", [[[5, 0], [7, 30]], [[0, 0], [0, 0]], np.zeros((0, 3), dtype=int)])
def test_a_table_without_small_counts_is_shown(table: ArrayLike) -> None:
    found = suppress(table, minimum=5)
    assert not found.hidden.any()
    assert not found.totals_hidden


def test_a_minimum_of_one_hides_nothing() -> None:
    assert not suppress([[1, 2], [3, 0]], minimum=1).hidden.any()


def test_small_counts_that_hide_one_another_need_no_more() -> None:
    # Each could be 0 to 5: exactly wide enough.
    found = suppress([[3, 2, 20], [2, 3, 20], [20, 20, 20]], minimum=5)
    assert np.array_equal(found.hidden, found.primary)


def test_small_counts_that_narrow_one_another_take_more() -> None:
    # Alone among themselves each 1 could be 0, 1 or 2 only.
    found = suppress([[1, 1, 7], [1, 1, 7], [7, 7, 7]], minimum=5)
    assert found.hidden.sum() > found.primary.sum()
    lowest, highest = what_is_known(found)
    assert np.all((highest - lowest)[found.primary] >= 5)


def test_a_zero_is_shown_unless_it_protects() -> None:
    # The 3 can rise by what the 9s lose, and the 0 takes it up.
    found = suppress([[3, 9, 40], [9, 0, 40], [40, 40, 0]], minimum=5)
    assert found.hidden.tolist() == [[True, True, False], [True, True, False], [False] * 3]


@pytest.mark.parametrize(
    "table",
    [
        [[3, 20, 30]],  # one row: each column total is the count
        [[3], [20]],
        [[1, 2, 0], [20, 30, 40]],  # a row of three people: nobody in it can be more than three
        [[4]],
    ],
)
def test_where_totals_alone_tell_too_much_nothing_is_shown(table: ArrayLike) -> None:
    found = suppress(table, minimum=5)
    assert found.totals_hidden
    assert found.hidden.all()
    assert found.grand_total is None
    for values in (found.shown, found.row_totals, found.column_totals):
        assert np.isnan(values).all()


def test_no_attacker_who_thinks_of_every_table_learns_a_small_count() -> None:
    random = np.random.default_rng(11)
    attacked = 0
    for _ in range(120):
        shape = random.integers(2, 4, size=2)
        minimum = int(random.integers(2, 5))
        found = suppress(random.integers(0, random.integers(3, 9), size=shape), minimum=minimum)
        if found.totals_hidden or not found.primary.any():
            continue
        lowest, highest = what_is_known(found)
        assert np.all((highest - lowest)[found.primary] >= minimum)
        assert np.all(highest[found.hidden] > lowest[found.hidden])
        assert np.array_equal(lowest[~found.hidden], highest[~found.hidden])
        attacked += 1
    assert attacked > 30


def test_the_attacker_would_find_a_small_count_that_only_itself_is_hidden() -> None:
    table = np.array([[20, 3, 15], [10, 12, 9]])
    hidden = table == 3
    naive = SuppressedTable(
        minimum=5,
        shown=np.where(hidden, np.nan, table),
        hidden=hidden,
        primary=hidden,
        row_totals=table.sum(axis=1).astype(np.float64),
        column_totals=table.sum(axis=0).astype(np.float64),
        grand_total=69,
        totals_hidden=False,
    )
    lowest, highest = what_is_known(naive)
    assert lowest[0, 1] == highest[0, 1] == 3


def test_a_large_table_is_protected_without_a_search() -> None:
    table = np.random.default_rng(5).poisson(8, size=(12, 12))
    found = suppress(table, minimum=5)
    assert table.size > 100
    assert not found.totals_hidden
    assert found.primary.sum() < found.hidden.sum() < table.size
    for line in (found.hidden, found.hidden.T):
        assert not np.any(line.sum(axis=1) == 1)


def test_the_same_table_gives_the_same_answer() -> None:
    table = np.random.default_rng(6).poisson(9, size=(5, 9))
    first, second = suppress(table, minimum=5), suppress(table, minimum=5)
    assert np.array_equal(first.hidden, second.hidden)


@pytest.mark.parametrize(
    ("table", "minimum", "message"),
    [
        ([1, 2], 5, "table: 1 dimensions"),
        ([[1.0, 2.0]], 5, "table: float64"),
        ([[1, -2]], 5, "table: a negative number"),
        ([[1, 2]], 0, "minimum: 0"),
    ],
)
def test_bad_input_is_named(table: ArrayLike, minimum: int, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        suppress(table, minimum=minimum)

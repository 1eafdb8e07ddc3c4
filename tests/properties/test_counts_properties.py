"""Counts of parts of a panel, added."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.counts import ResponseCounts
from tests.analysis.builders import SCALE_POINTS

GROUPS, OUTCOMES = ("a", "b"), ("x", "y", "z")
ROWS = st.lists(
    st.tuples(
        st.sampled_from(GROUPS), st.sampled_from(OUTCOMES), st.integers(1, 9), st.none(), st.integers(0, 40)
    ),
    max_size=30,
)


def counted(rows: list) -> ResponseCounts:
    return ResponseCounts.from_rows(rows, groups=GROUPS, outcomes=OUTCOMES, categories=SCALE_POINTS)


@given(ROWS, ROWS)
def test_counts_of_two_parts_of_a_panel_add_up_to_the_counts_of_all(one: list, other: list) -> None:
    assert counted(one) + counted(other) == counted(one + other)

"""Two versions of the same lines are joined line by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delphi.domain.line_merge import Choice, Conflict, join_lines

LINES = st.lists(st.sampled_from("abcdefg"), max_size=6, unique=True)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "joined"),
    [
        ("", "", "", ""),
        ("a", "ab", "a", "ab"),
        ("a", "a", "ab", "ab"),
        ("a", "ab", "ac", "acb"),  # both added after the same line: both are kept, theirs first
        ("a", "ab", "ab", "ab"),  # both added the same
        ("ab", "xb", "ay", "xy"),  # each changed another line
        ("ab", "b", "abc", "bc"),  # one took a line away, the other added one
        ("abc", "ac", "ac", "ac"),
        ("a", "x", "ab", "xb"),  # one changed the only line, the other added one after it
    ],
)
def test_changes_to_different_lines_are_all_kept(base: str, ours: str, theirs: str, joined: str) -> None:
    assert "".join(join_lines(base, ours=ours, theirs=theirs).settled({})) == joined


@pytest.mark.parametrize(
    ("ours", "theirs", "conflict"),
    [
        ("x", "y", Conflict("x", "y")),
        ("", "y", Conflict(None, "y")),
        ("x", "", Conflict("x", None)),
    ],
)
def test_a_line_that_both_changed_is_a_conflict(ours: str, theirs: str, conflict: Conflict[str]) -> None:
    assert join_lines("a", ours=ours, theirs=theirs).conflicts == (conflict,)


@given(base=LINES, ours=LINES, theirs=LINES)
def test_nothing_that_somebody_wrote_is_lost_when_both_are_chosen(
    base: list[str], ours: list[str], theirs: list[str]
) -> None:
    joined = join_lines(base, ours=ours, theirs=theirs)
    settled = joined.settled(dict.fromkeys(range(len(joined.conflicts)), Choice.BOTH))
    assert (set(ours) | set(theirs)) - set(base) <= set(settled)


@given(base=LINES, new=LINES)
def test_who_changed_nothing_gets_what_the_other_wrote(base: list[str], new: list[str]) -> None:
    assert list(join_lines(base, ours=base, theirs=new).settled({})) == new
    assert list(join_lines(base, ours=new, theirs=base).settled({})) == new

"""What became of outcomes between one list and a later one."""

from analysis.study.records import LineageAction
from delphi.domain.lineage_story import After, Decision, story_of


def decision(action: LineageAction, sources: tuple[int, ...], results: tuple[int, ...] = ()) -> Decision:
    return Decision(action=action, sources=sources, results=results, reason="Why.")


MERGED = decision(LineageAction.MERGED, (2, 3), (23,))
DROPPED = decision(LineageAction.DROPPED, (4,))
KEPT = decision(LineageAction.KEPT, (1,), (1,))
ADDED = decision(LineageAction.ADDED, (), (9,))
FIRST = After(listed=(1, 2, 3, 4, 5), decisions=(KEPT, MERGED, DROPPED, ADDED), then=(1, 23, 9))
REWORDED = decision(LineageAction.REWORDED, (23,), (230,))
SECOND = After(listed=(1, 23, 9), decisions=(REWORDED,), then=None)
BY_RULE = Decision(action=LineageAction.DROPPED, sources=(5,), results=(), reason="")


def test_what_stayed_is_no_change_and_what_a_rule_dropped_is_one() -> None:
    assert FIRST.changes == (MERGED, ADDED, DROPPED, BY_RULE)


def test_a_row_that_drops_what_is_in_the_next_list_does_not_count() -> None:
    after = After(listed=(4,), decisions=(DROPPED,), then=(4,))
    assert after.changes == ()


def test_until_the_next_round_opens_only_rows_drop() -> None:
    assert After(listed=(4, 5), decisions=(DROPPED,), then=None).changes == (DROPPED,)


def test_what_an_outcome_was_made_into_is_followed_on() -> None:
    assert story_of(2, since=[FIRST, SECOND]) == (MERGED, REWORDED)
    assert story_of(4, since=[FIRST, SECOND]) == (DROPPED,)
    assert story_of(5, since=[FIRST, SECOND]) == (BY_RULE,)
    assert story_of(1, since=[FIRST, SECOND]) == ()

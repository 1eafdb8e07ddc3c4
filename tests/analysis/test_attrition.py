"""Who came, stayed, left and came back."""

from analysis.attrition import AttritionStep, flow, flow_of
from tests.data.small_study import small_study


def test_the_flow_of_the_small_study() -> None:
    # Round 1: s1 to s5, r1 to r3. Round 2: s1 s2 s3 s6 r1 r2; s4, s5 and r3 are lost, s6 joins.
    assert [step for step in flow(small_study()) if step.round == "2"] == [
        AttritionStep("2", None, responded=6, retained=5, lost=3, returned=0, joined=1),
        AttritionStep("2", "survivors", responded=4, retained=3, lost=2, returned=0, joined=1),
        AttritionStep("2", "researchers", responded=2, retained=2, lost=1, returned=0, joined=0),
    ]


def test_somebody_who_misses_a_round_is_lost_and_then_returned_not_joined() -> None:
    steps = flow_of({"1": {"p", "q"}, "2": {"q"}, "3": {"p", "q"}}, group_of={"p": "g", "q": "g"}, groups=())
    assert [(step.retained, step.lost, step.returned, step.joined) for step in steps] == [
        (0, 0, 0, 2),
        (1, 1, 0, 0),
        (1, 0, 1, 0),
    ]


def test_a_round_that_nobody_answered_is_passed_over() -> None:
    steps = flow_of({"1": {"p"}, "2": set(), "3": {"p"}}, group_of={"p": "g"}, groups=())
    assert [(step.round, step.retained) for step in steps] == [("1", 0), ("3", 1)]

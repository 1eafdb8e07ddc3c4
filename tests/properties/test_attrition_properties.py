"""However people come and go, the flow adds up."""

from collections.abc import Set

from hypothesis import given
from hypothesis import strategies as st

from analysis.attrition import flow_of

PEOPLE = {name: group for group, names in (("g", "abcd"), ("h", "efgh")) for name in names}


@given(st.lists(st.sets(st.sampled_from(sorted(PEOPLE)), min_size=1), min_size=1, max_size=5))
def test_groups_add_up_to_everyone_and_responders_to_how_they_came(rounds: list[Set[str]]) -> None:
    respondents = {str(place): people for place, people in enumerate(rounds)}
    steps = flow_of(respondents, group_of=PEOPLE, groups=("g", "h"))
    for everyone, *groups in zip(steps[::3], steps[1::3], steps[2::3], strict=True):
        for name in ("responded", "retained", "lost", "returned", "joined"):
            assert sum(getattr(group, name) for group in groups) == getattr(everyone, name)
        assert everyone.responded == everyone.retained + everyone.returned + everyone.joined

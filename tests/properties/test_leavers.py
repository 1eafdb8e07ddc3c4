"""However people rated and left, nobody is lost between the figures."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.attrition import compare_leavers

NAN = float("nan")
PERSON = st.tuples(
    st.lists(st.integers(1, 9) | st.just(NAN), min_size=3, max_size=3), st.sampled_from("srp"), st.booleans()
)
Person = tuple[list[float], str, bool]


@given(st.lists(PERSON, min_size=1, max_size=12))
def test_everyone_is_in_one_group_and_either_stayed_or_left_scored_or_not(people: list[Person]) -> None:
    scores, groups, stayed = zip(*people, strict=True)
    everyone, *by_group = compare_leavers(scores, groups=groups, retained=stayed)
    for name in ("n_stayed", "n_left", "unscored_stayed", "unscored_left"):
        assert sum(getattr(one, name) for one in by_group) == getattr(everyone, name)
    assert everyone.n_stayed + everyone.unscored_stayed == sum(stayed)
    assert everyone.n_left + everyone.unscored_left == len(stayed) - sum(stayed)
    assert sorted(mean for one in by_group for mean in one.means_left) == list(everyone.means_left)


@given(st.lists(PERSON, min_size=1, max_size=12), st.permutations([0, 1, 2]))
def test_the_order_of_people_and_of_outcomes_does_not_matter(people: list[Person], order: list[int]) -> None:
    scores, groups, stayed = zip(*people, strict=True)
    one = compare_leavers(scores, groups=groups, retained=stayed)
    turned = compare_leavers(
        np.array(scores)[::-1][:, order], groups=groups[::-1], retained=np.array(stayed)[::-1]
    )
    assert {found.group: found for found in turned} == {found.group: found for found in one}

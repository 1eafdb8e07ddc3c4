"""What is shown never gives a small group away."""

from fractions import Fraction
from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.disclosure import hidden_figures

ONE = dict.fromkeys("abcd", Fraction(1))
A_DOUBLE = {**ONE, "a": Fraction(2)}
NUMBERS = st.lists(st.integers(0, 9), min_size=2, max_size=4)


@given(NUMBERS, st.sampled_from([ONE, A_DOUBLE]))
def test_no_small_group_can_be_had_back_from_what_is_shown(
    numbers: list[int], weights: dict[str, Fraction]
) -> None:
    """Whatever each group said, another split of the same people shows the same figures."""
    n = dict(zip("abcd", numbers, strict=False))
    found = hidden_figures(n, minimum=5, weights=weights)
    small = [group for group, number in n.items() if 0 < number < 5]
    assume(small and not found.everything)
    assert set(small) <= found.groups
    assert len(found.groups) >= 2
    assert sum(n[group] for group in found.groups) >= 5
    # With half of each hidden group agreeing: all splits with the same sum, and weighted sum if shown.
    half = {group: n[group] // 2 for group in found.groups}
    same = [
        split
        for split in product(*(range(n[group] + 1) for group in half))
        if sum(split) == sum(half.values())
        and (
            found.weighted
            or sum(weights[g] * k for g, k in zip(half, split, strict=True))
            == sum(weights[g] * k for g, k in half.items())
        )
    ]
    for group in small:
        at = list(half).index(group)
        assert len({split[at] for split in same}) > 1 or sum(half.values()) == 0

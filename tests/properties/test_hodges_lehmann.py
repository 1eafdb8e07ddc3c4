"""What must hold of the difference between two groups whatever people rate."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison import mann_whitney
from analysis.hodges_lehmann import hodges_lehmann

NAN = float("nan")
GROUP = st.lists(st.integers(1, 9), max_size=15)
SOME = st.lists(st.integers(1, 9), min_size=1, max_size=15)


@given(SOME, SOME, st.integers(-5, 5))
def test_adding_to_every_score_of_one_group_adds_to_the_difference(
    x: list[int], y: list[int], more: int
) -> None:
    one, moved = hodges_lehmann(x, y), hodges_lehmann([score + more for score in x], y)
    for name in ("estimate", "low", "high"):
        before, after = getattr(one, name), getattr(moved, name)
        assert after == (None if before is None else before + more)


@given(SOME, SOME)
def test_the_other_way_round_it_is_the_same_below_zero(x: list[int], y: list[int]) -> None:
    one, other = hodges_lehmann(x, y), hodges_lehmann(y, x)
    assert one.estimate is not None
    assert other.estimate == -one.estimate
    assert other.low == (None if one.high is None else -one.high)


@given(GROUP, GROUP, st.integers(0, 3), st.randoms())
def test_neither_order_nor_people_who_skip_everything_matter(
    x: list[int], y: list[int], skipped: int, random: Random
) -> None:
    shuffled = random.sample([*x, *[NAN] * skipped], len(x) + skipped)
    assert hodges_lehmann(shuffled, [*y, *[NAN] * skipped]) == hodges_lehmann(x, y)


@given(SOME, SOME)
def test_the_interval_holds_the_estimate_and_widens_with_confidence(x: list[int], y: list[int]) -> None:
    wide, narrow = hodges_lehmann(x, y, confidence=0.95), hodges_lehmann(x, y, confidence=0.5)
    assert narrow.estimate == wide.estimate is not None
    if wide.low is not None and wide.high is not None:
        assert narrow.low is not None
        assert narrow.high is not None
        assert wide.low <= narrow.low <= wide.estimate <= narrow.high <= wide.high


@given(SOME, SOME)
def test_copies_of_people_keep_the_estimate_and_may_not_widen_the_interval(
    x: list[int], y: list[int]
) -> None:
    one, copied = hodges_lehmann(x, y), hodges_lehmann(x * 2, y * 2)
    assert copied.estimate == one.estimate
    if one.low is not None and one.high is not None:
        assert copied.low is not None
        assert copied.high is not None
        assert one.low <= copied.low <= copied.high <= one.high


@given(
    st.lists(st.integers(0, 10**6), unique=True, min_size=2, max_size=14),
    st.data(),
)
def test_the_interval_leaves_out_zero_just_where_the_exact_test_does(
    scores: list[int], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(1, len(scores) - 1))
    x, y = scores[:cut], scores[cut:]
    found, test = hodges_lehmann(x, y), mann_whitney(x, y)
    if found.low is not None and found.high is not None and test.p_value is not None:
        assert test.is_exact
        assert (found.low > 0 or found.high < 0) == (test.p_value <= 0.05 + 1e-12)

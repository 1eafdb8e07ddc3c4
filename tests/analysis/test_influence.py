"""How much of a say weights give: shares of groups and of one person, and effective people."""

from fractions import Fraction

import pytest

from analysis.influence import Influence, influence
from analysis.study.weighting import Weighting, WeightScheme
from tests.analysis.builders import EQUAL_GROUPS, UNWEIGHTED, multiplier

HALF_FOR_SURVIVORS = Weighting("half", WeightScheme.TARGET_SHARE, {"s": Fraction(1, 2)})


@pytest.mark.parametrize(("k", "survivors", "others"), [(2, 10, 40), (1, 3, 9), (0, 4, 4), ("1/2", 6, 7)])
def test_a_multiplier_gives_a_group_its_share_by_the_formula(
    k: int | str, survivors: int, others: int
) -> None:
    # k n_s / (k n_s + n_o)
    found = influence(multiplier(s=k), {"s": survivors, "o": others})
    expected = Fraction(k) * survivors / (Fraction(k) * survivors + others)
    assert found.of_group == {"s": expected, "o": 1 - expected}


def test_ten_people_at_weight_2_with_forty_at_1_are_45() -> None:
    # (10 * 2 + 40)^2 / (10 * 4 + 40) = 3600 / 80
    found = influence(multiplier(s=2), {"s": 10, "o": 40})
    assert found.effective_n == 45
    assert found.of_one_person == {"s": Fraction(2, 60), "o": Fraction(1, 60)}
    assert found.largest == Fraction(1, 30)


def test_without_weights_the_effective_people_are_the_people() -> None:
    found = influence(UNWEIGHTED, {"s": 3, "o": 4, "p": 0})
    assert found.effective_n == 7
    assert found.largest == Fraction(1, 7)
    assert found.of_group == {"s": Fraction(3, 7), "o": Fraction(4, 7), "p": 0}


def test_in_a_group_of_one_a_person_can_outweigh_twenty() -> None:
    # Two groups with a half each: 1/2 for the one, 1/40 for each of the twenty.
    found = influence(EQUAL_GROUPS, {"s": 1, "o": 20})
    assert found.largest == found.of_one_person["s"] == Fraction(1, 2)
    assert found.of_one_person["s"] == 20 * found.of_one_person["o"]
    # 1 / (1/4 + 20/1600) = 1 / (21/80)
    assert found.effective_n == Fraction(80, 21)


def test_a_target_share_is_the_share() -> None:
    found = influence(HALF_FOR_SURVIVORS, {"s": 4, "o": 11, "p": 1})
    assert found.of_group == {"s": Fraction(1, 2), "o": Fraction(11, 24), "p": Fraction(1, 24)}


def test_nobody_in_a_group_is_no_person_with_a_share() -> None:
    found = influence(EQUAL_GROUPS, {"s": 5, "o": 0})
    assert found.of_one_person == {"s": Fraction(1, 5), "o": None}
    assert found.of_group == {"s": 1, "o": 0}


@pytest.mark.parametrize(
    ("weighting", "n_by_group"),
    [
        (UNWEIGHTED, {"s": 0, "o": 0}),
        (EQUAL_GROUPS, {"s": 0, "o": 0}),
        (multiplier(s=0, o=0), {"s": 4, "o": 7}),
        (multiplier(s=0), {"s": 4, "o": 0}),
    ],
)
def test_where_nobody_with_a_weight_answered_nothing_is_said(
    weighting: Weighting, n_by_group: dict[str, int]
) -> None:
    nothing = dict.fromkeys(n_by_group)
    assert influence(weighting, n_by_group) == Influence(nothing, nothing, None, None)


def test_without_groups_nothing_is_said() -> None:
    assert influence(UNWEIGHTED, {}) == Influence({}, {}, None, None)


def test_a_negative_number_of_people_is_named() -> None:
    with pytest.raises(ValueError, match=r"^n_by_group: -1"):
        influence(UNWEIGHTED, {"s": -1})

"""What one person counts for, under each scheme."""

from fractions import Fraction

import pytest

from analysis.study.weighting import Weighting, WeightScheme
from analysis.weights import group_weights
from tests.analysis.builders import EQUAL_GROUPS, UNWEIGHTED, multiplier

HALF_FOR_SURVIVORS = Weighting("half", WeightScheme.TARGET_SHARE, {"s": Fraction(1, 2)})


def test_a_multiplier_leaves_groups_that_it_does_not_name_at_one() -> None:
    assert group_weights(multiplier(s="3/2"), {"s": 4, "o": 9}) == {"s": Fraction(3, 2), "o": 1}


def test_without_weights_everyone_counts_once() -> None:
    assert group_weights(UNWEIGHTED, {"s": 4, "o": 0}) == {"s": 1, "o": 1}


def test_equal_groups_share_the_whole_among_groups_that_answered() -> None:
    # Two of three groups answered: each has a half; 5 people share one, 14 the other.
    weights = group_weights(EQUAL_GROUPS, {"s": 5, "o": 14, "p": 0})
    assert weights == {"s": Fraction(1, 10), "o": Fraction(1, 28), "p": 0}


def test_a_target_share_holds_whatever_the_turnout() -> None:
    # 2 survivors share a half: 1/4 each. 6 others share the other half by head: 1/12 each.
    weights = group_weights(HALF_FOR_SURVIVORS, {"s": 2, "o": 4, "p": 2})
    assert weights == {"s": Fraction(1, 4), "o": Fraction(1, 12), "p": Fraction(1, 12)}


def test_the_share_of_a_group_that_did_not_answer_goes_to_those_who_did() -> None:
    assert group_weights(HALF_FOR_SURVIVORS, {"s": 0, "o": 4}) == {"s": 0, "o": Fraction(1, 4)}


def test_a_negative_number_of_people_is_refused() -> None:
    with pytest.raises(ValueError, match="n_by_group"):
        group_weights(UNWEIGHTED, {"s": -1})

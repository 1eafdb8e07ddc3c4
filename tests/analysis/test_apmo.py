"""The average percent of majority opinions of a round."""

import pytest

from analysis.apmo import average_percent_of_majority_opinions


def test_majorities_on_both_sides_are_counted_against_all_opinions() -> None:
    # By hand: 8 of 10 agree (8), 7 of 10 disagree (7), 4 : 3 of 10 has no majority (0): 15 of 30 opinions.
    found = average_percent_of_majority_opinions([8, 2, 4], disagree=[1, 7, 3], opinions=[10, 10, 10])
    assert found == 15 / 30


def test_an_even_split_has_no_majority() -> None:
    assert average_percent_of_majority_opinions([5], disagree=[5], opinions=[10]) == 0


def test_one_more_than_half_is_a_majority() -> None:
    assert average_percent_of_majority_opinions([6], disagree=[4], opinions=[10]) == 0.6


def test_those_who_are_neutral_can_leave_the_larger_side_without_a_majority() -> None:
    # 5 of 9 would be a majority of those who took a side; 5 of 10 opinions is none.
    assert average_percent_of_majority_opinions([5], disagree=[4], opinions=[10]) == 0


def test_an_outcome_that_more_people_answered_weighs_more() -> None:
    # 30 of 40 and 0 of 4, not the mean of 75 % and 0 %.
    found = average_percent_of_majority_opinions([30, 2], disagree=[10, 2], opinions=[40, 4])
    assert found == 30 / 44


def test_a_share_that_is_exactly_the_cut_off_reaches_it() -> None:
    # 7 of 10 and 14 of 20: 21 of 30, and each of them is 70 %.
    cut_off = average_percent_of_majority_opinions([7, 14], disagree=[0, 0], opinions=[10, 20])
    assert cut_off == 7 / 10 == 14 / 20


@pytest.mark.parametrize("numbers", [[], [0], [0, 0]])
def test_a_round_without_opinions_has_no_cut_off(numbers: list[int]) -> None:
    assert average_percent_of_majority_opinions(numbers, disagree=numbers, opinions=numbers) is None


@pytest.mark.parametrize(
    ("agree", "disagree", "opinions", "name"),
    [
        ([-1], [0], [3], "agree: a number that is neg"),
        ([1], [0.5], [3], "disagree: a value"),
        ([1], [1, 2], [3], "disagree: shape"),
        ([2], [2], [3], "opinions: fewer"),
        ([1], [1], [float("nan")], "opinions: a value"),
        ([[1]], [[1]], [[3]], "agree: shape"),
    ],
)
def test_what_cannot_be_counted_is_named(agree: list, disagree: list, opinions: list, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}"):
        average_percent_of_majority_opinions(agree, disagree=disagree, opinions=opinions)

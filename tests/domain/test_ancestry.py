"""Earlier forms of an outcome."""

import pytest

from delphi.domain.ancestry import earlier_forms

FIRST_LIST = {1, 2, 3, 4, 5}
# 1 goes on as it was, 2 and 3 are merged into 23, 4 is reworded to 40, 5 is split into 51 and 52, 6 is added
AFTER_ROUND_1 = {23: (2, 3), 40: (4,), 51: (5,), 52: (5,)}
# 23 and 40 are merged into 2340; 1 takes up 51 and keeps its own name
AFTER_ROUND_2 = {2340: (23, 40), 1: (1, 51)}


@pytest.mark.parametrize(
    ("outcome", "forms"), [(1, (1,)), (23, (2, 3)), (40, (4,)), (51, (5,)), (52, (5,)), (6, ())]
)
def test_one_round_back(outcome: int, forms: tuple[int, ...]) -> None:
    assert earlier_forms(outcome, decisions=[AFTER_ROUND_1], listed=FIRST_LIST) == forms


@pytest.mark.parametrize(("outcome", "forms"), [(2340, (2, 3, 4)), (1, (1, 5)), (52, (5,)), (6, ())])
def test_two_rounds_back(outcome: int, forms: tuple[int, ...]) -> None:
    assert earlier_forms(outcome, decisions=[AFTER_ROUND_1, AFTER_ROUND_2], listed=FIRST_LIST) == forms


def test_a_source_that_comes_back_on_two_ways_is_named_once() -> None:
    assert earlier_forms(9, decisions=[AFTER_ROUND_1, {9: (51, 52)}], listed=FIRST_LIST) == (5,)


def test_a_form_that_the_earlier_round_did_not_ask_about_is_left_out() -> None:
    assert earlier_forms(23, decisions=[AFTER_ROUND_1], listed={3}) == (3,)

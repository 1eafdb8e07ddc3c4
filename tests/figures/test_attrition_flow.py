"""Who answered each round."""

from dataclasses import replace
from typing import Any

import pytest

from analysis.figures.attrition_flow import AttritionRow, attrition_flow
from tests.figures.gallery import CAPTION
from tests.figures.reading import svg_of, words_of

# Everyone in Round 2 of the MSCOS bundle, from `python -m analysis attrition studies/mscos_2022`.
ROW = AttritionRow(
    group="Everyone", round="Round 2", responded=78, retained=52, lost=12, returned=3, joined=23, invited=97
)


def test_all_numbers_of_a_row_stand_beside_its_bar() -> None:
    words = words_of(attrition_flow([ROW], caption=CAPTION, minimum=5))
    assert "12 52 3 23 78 of 97" in words


def test_where_it_is_not_known_who_was_invited_only_those_who_answered_are_told() -> None:
    words = words_of(attrition_flow([replace(ROW, invited=None)], caption=CAPTION, minimum=5))
    assert words.split()[words.split().index("23") + 1] == "78"
    assert " of 97" not in words


@pytest.mark.parametrize(("minimum", "said"), [(80, "hidden: fewer than 80"), (5, "hidden")])
def test_a_hidden_row_shows_no_number(minimum: int, said: str) -> None:
    figure = attrition_flow([replace(ROW, hidden=True)], caption=CAPTION, minimum=minimum)
    words = words_of(figure)
    assert said in words
    assert not {"78", "52", "23", "97"} & set(words.split())
    assert "78" not in (svg_of(figure)[1].text or "")


def test_a_group_is_named_once_above_its_rounds() -> None:
    rows = [replace(ROW, round=round_) for round_ in ("Round 1", "Round 2", "Workshop")]
    assert words_of(attrition_flow(rows, caption=CAPTION, minimum=5)).count("Everyone") == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"retained": 51}, "^responded: 78 of 'Everyone', 'Round 2'"),
        ({"returned": -3, "retained": 58}, "^responded: a number of"),
        ({"invited": 77}, "^invited: 77 of 'Everyone', 'Round 2' is less"),
    ],
)
def test_numbers_that_do_not_fit_are_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(ROW, **change)


def test_no_rows_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^rows: there is none"):
        attrition_flow([], caption=CAPTION, minimum=5)

"""A study as it stood while a round was open."""

from dataclasses import replace

import pytest

from analysis.asof import as_of
from analysis.path import path_of
from analysis.study.records import Panellist
from tests.data.small_study import small_study, study_of_every_kind


def test_later_answers_rows_people_and_outcomes_are_left_out() -> None:
    then = as_of(small_study(), "1")
    assert {rating.round for rating in then.ratings} == {"1"}
    assert then.lineage == ()
    assert "ties" not in {outcome.code for outcome in then.outcomes}
    assert "s6" not in {person.code for person in then.panel}
    assert path_of(then).stages[0].listed_in == path_of(small_study()).stages[0].listed_in


def test_an_answer_that_came_late_was_not_there_yet() -> None:
    assert not any(rating.late for rating in as_of(small_study(), "1").ratings)
    assert any(rating.late for rating in as_of(small_study(), "2").ratings)


def test_somebody_who_withdrew_later_had_not_withdrawn() -> None:
    person = Panellist("r3", "researchers", "1")
    assert person in as_of(small_study(), "1").panel
    assert replace(person, withdrew="2") in as_of(small_study(), "2").panel


def test_answers_of_some_can_be_left_out_of_the_open_round_only() -> None:
    then = as_of(small_study(), "2", without={"s1"})
    assert {rating.round for rating in then.ratings if rating.panellist == "s1"} == {"1"}


def test_the_last_round_leaves_everything_but_what_came_after_it() -> None:
    study = study_of_every_kind()
    assert as_of(study, "workshop") == study


def test_an_unknown_round_is_refused() -> None:
    with pytest.raises(KeyError):
        as_of(small_study(), "9")

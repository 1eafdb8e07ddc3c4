"""Those who left beside those who stayed."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import ArrayLike

from analysis.attrition import compare_leavers, flow, leavers_of
from analysis.comparison import mann_whitney
from analysis.hodges_lehmann import hodges_lehmann
from tests.data.small_study import small_study, study_of_every_kind

NAN = float("nan")
SCORES: list[list[float]] = [[9, 8], [7, NAN], [5, 6], [NAN, NAN], [3, 3], [NAN, NAN]]
GROUPS = ["s", "r", "s", "s", "r", "r"]
RETAINED = [True, True, False, False, False, True]


def test_a_person_counts_once_by_the_mean_of_what_they_gave() -> None:
    # Stayed: (9 + 8) / 2 and 7; left: (5 + 6) / 2 and 3.
    everyone = compare_leavers(SCORES, groups=GROUPS, retained=RETAINED)[0]
    assert everyone.group is None
    assert (everyone.means_stayed, everyone.means_left) == ((7, 8.5), (3, 5.5))
    assert (everyone.median_stayed, everyone.median_left) == (7.75, 4.25)


def test_people_without_any_score_are_counted_apart() -> None:
    everyone, *_ = compare_leavers(SCORES, groups=GROUPS, retained=RETAINED)
    assert (everyone.n_stayed, everyone.n_left) == (2, 2)
    assert (everyone.unscored_stayed, everyone.unscored_left) == (1, 1)


def test_the_difference_is_stayed_less_left() -> None:
    # 8.5 and 7 less 5.5 and 3: 1.5 3 4 5.5. Each who stayed is above each who left.
    everyone, *_ = compare_leavers(SCORES, groups=GROUPS, retained=RETAINED)
    assert everyone.difference.estimate == 3.5
    assert everyone.test.probability_of_superiority == 1
    assert everyone.test == mann_whitney((7, 8.5), (3, 5.5))


def test_groups_come_in_the_order_in_which_they_are_named_and_add_up() -> None:
    everyone, survivors, researchers = compare_leavers(SCORES, groups=GROUPS, retained=RETAINED)
    assert (survivors.group, researchers.group) == ("s", "r")
    assert (survivors.means_stayed, researchers.means_left) == ((8.5,), (3,))
    for name in ("n_stayed", "n_left", "unscored_stayed", "unscored_left"):
        assert getattr(survivors, name) + getattr(researchers, name) == getattr(everyone, name)


def test_the_confidence_is_that_of_the_interval() -> None:
    scores = np.arange(12.0).reshape(12, 1)
    retained = np.arange(12) % 2 == 0
    found = compare_leavers(scores, groups=["g"] * 12, retained=retained, confidence=0.5)[0]
    assert found.difference == hodges_lehmann(range(0, 12, 2), range(1, 12, 2), confidence=0.5)


def test_where_nobody_left_nothing_is_compared() -> None:
    found = compare_leavers([[9.0], [8.0]], groups=["g", "g"], retained=[True, True])[0]
    assert (found.median_stayed, found.median_left) == (8.5, None)
    assert (found.test.p_value, found.difference.estimate) == (None, None)


def test_where_nobody_was_there_everyone_is_nobody() -> None:
    found = compare_leavers(np.empty((0, 3)), groups=[], retained=np.empty(0, dtype=bool))
    assert [(one.group, one.n_stayed, one.n_left) for one in found] == [(None, 0, 0)]


def test_the_means_are_in_rising_order_and_so_tell_no_person() -> None:
    found = compare_leavers([[9.0], [1.0], [5.0]], groups=["g"] * 3, retained=[True] * 3)[0]
    assert found.means_stayed == (1, 5, 9)


@pytest.mark.parametrize(
    ("scores", "groups", "retained", "message"),
    [
        ([1.0, 2.0], ["g"], [True], "scores: 1 dimensions"),
        ([[np.inf]], ["g"], [True], "scores: an infinite score"),
        ([[1.0]], ["g", "g"], [True], "groups: 2, expected one for each of 1"),
        ([[1.0]], ["g"], [True, False], "retained: bool"),
        ([[1.0]], ["g"], [1], "retained: int64"),
    ],
)
def test_bad_input_is_named(scores: ArrayLike, groups: list[str], retained: ArrayLike, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        compare_leavers(scores, groups=groups, retained=retained)


def test_the_leavers_of_the_small_study() -> None:
    # Round 1: s4 (9 8 c 4 7 7, mean 7), s5 (7 9 8 1 s 8, mean 6.6) and r3 (9 9 8, late, 7 ., mean 8.25) left.
    everyone, survivors, researchers = leavers_of(small_study(), "1", "2")
    assert everyone.means_left == (6.6, 7, 8.25)
    assert (survivors.group, survivors.n_stayed, survivors.n_left) == ("survivors", 3, 2)
    assert (researchers.group, researchers.n_stayed, researchers.n_left) == ("researchers", 2, 1)


def test_they_are_those_whom_the_flow_counts_as_retained_and_lost() -> None:
    study = small_study()
    steps = [step for step in flow(study) if step.round == "2"]
    for step, found in zip(steps, leavers_of(study, "1", "2"), strict=True):
        assert step.group == found.group
        assert step.retained == found.n_stayed + found.unscored_stayed
        assert step.lost == found.n_left + found.unscored_left


def test_whoever_only_wrote_a_comment_is_there_without_a_score() -> None:
    study = small_study()
    without_s2 = tuple(one for one in study.ratings if (one.round, one.panellist) != ("1", "s2"))
    found = leavers_of(replace(study, ratings=without_s2), "1", "2")[0]  # s2 wrote one in Round 1
    assert (found.n_stayed, found.unscored_stayed) == (4, 1)


def test_rounds_that_do_not_fit_are_refused() -> None:
    study = study_of_every_kind()
    with pytest.raises(KeyError):
        leavers_of(study, "1", "nine")
    with pytest.raises(ValueError, match=r"^later: round 1 does not come after round 2"):
        leavers_of(study, "2", "1")
    with pytest.raises(ValueError, match="asks for no ratings"):
        leavers_of(study, "order", "workshop")

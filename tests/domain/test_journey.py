"""Which page a panellist comes to."""

import pytest

from analysis.study.rounds import RoundKind
from delphi.domain.journey import Step, minutes_needed, step_of

RATING = RoundKind.RATING


@pytest.mark.parametrize(
    ("withdrawn", "open_kind", "agreed", "finished", "anything_left", "step"),
    [
        (True, RATING, True, False, True, Step.LEFT_STUDY),
        (False, None, None, False, False, Step.NOTHING_OPEN),
        (False, RoundKind.WORKSHOP, True, False, True, Step.NOT_ONLINE),
        (False, RoundKind.RANKING, None, False, True, Step.WELCOME),
        (False, RoundKind.RANKING, True, False, True, Step.RANK),
        # nothing is left of a ranking when its owner says so: an order may be as short as one likes
        (False, RoundKind.RANKING, True, False, False, Step.RANK),
        (False, RoundKind.RANKING, True, True, True, Step.DONE),
        (False, RATING, None, False, True, Step.WELCOME),
        (False, RATING, False, False, True, Step.DECLINED),
        # who takes the consent back after finishing is not asked anything more
        (False, RATING, False, True, False, Step.DECLINED),
        (False, RATING, True, False, True, Step.SECTION),
        (False, RoundKind.COMMENT, True, False, True, Step.SECTION),
        (False, RATING, True, False, False, Step.FINISH),
        (False, RATING, True, True, True, Step.DONE),
    ],
)
def test_the_page_follows_from_the_facts(
    withdrawn: bool,
    open_kind: RoundKind | None,
    agreed: bool | None,
    finished: bool,
    anything_left: bool,
    step: Step,
) -> None:
    found = step_of(
        withdrawn=withdrawn,
        open_kind=open_kind,
        agreed=agreed,
        finished=finished,
        anything_left=anything_left,
    )
    assert found is step


@pytest.mark.parametrize(
    ("agreed", "step"), [(None, Step.CONSENT_AGAIN), (False, Step.DECLINED), (True, Step.SECTION)]
)
def test_who_agreed_before_is_asked_again_without_the_long_welcome(agreed: bool | None, step: Step) -> None:
    found = step_of(
        withdrawn=False,
        open_kind=RATING,
        agreed=agreed,
        finished=False,
        anything_left=True,
        agreed_before=True,
    )
    assert found is step


# 34 outcomes at 25 seconds are 14 minutes and 10 seconds; 72 are 30 minutes exactly
@pytest.mark.parametrize(("outcomes", "minutes"), [(0, 5), (1, 5), (12, 5), (13, 10), (34, 15), (72, 30)])
def test_the_time_is_told_in_whole_fives(outcomes: int, minutes: int) -> None:
    assert minutes_needed(outcomes) == minutes


# 12 × (25 + 20) s are 9 minutes, 34 × (25 + 20) s 25:30, 12 × (25 + 10) s 7, 20 × (25 + 2 × 10 + 20) s 21:40
@pytest.mark.parametrize(
    ("outcomes", "questions", "shows_groups", "minutes"),
    [(12, 1, True, 10), (34, 1, True, 30), (12, 2, False, 10), (20, 3, True, 25)],
)
def test_others_answers_and_further_questions_take_longer(
    outcomes: int, questions: int, shows_groups: bool, minutes: int
) -> None:
    assert minutes_needed(outcomes, questions=questions, shows_groups=shows_groups) == minutes

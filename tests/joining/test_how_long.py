"""How long a round takes, as the pages before it say."""

import pytest
from flask import Flask

from analysis.study.rounds import Criterion, FeedbackShown
from tests.rating.panellists import signed_in
from tests.rating.rounds_to_rate import second_round
from tests.studies_on_app import load_study

FIVE_QUESTIONS = tuple(Criterion(f"c{number}", "How much?") for number in range(1, 6))


# four outcomes: 4 × (25 + 4 × 10) s are 4:20, 4 × (25 + 4 × 10 + 20) s are 5:40
@pytest.mark.parametrize(
    ("shown", "minutes"), [(FeedbackShown.NONE, 5), (FeedbackShown.OWN, 5), (FeedbackShown.GROUPS, 10)]
)
def test_reading_how_the_groups_answered_takes_its_time(
    app: Flask, shown: FeedbackShown, minutes: int
) -> None:
    study = load_study(app, second_round(criteria=FIVE_QUESTIONS, feedback=shown), open_round="2")
    welcome = signed_in(app, study, "s4").get("/rate/welcome")
    assert f"About {minutes} minutes." in welcome.text

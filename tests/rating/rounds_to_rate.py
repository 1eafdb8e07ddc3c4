"""The small study with another second round: its scale, its criteria, what it asks and shows."""

from dataclasses import replace
from typing import Any

from analysis.study.rounds import Criterion
from analysis.study.scale import Scale
from analysis.study.study import Study
from tests.data.small_study import INCLUSION, ROUND_1, ROUND_2, SCALE, small_study

EASE = Criterion("ease", "How easy is it to measure?")
YES_OR_NO = Scale("two", 1, 2, ("No", "Yes"), "I cannot say")
FIVE = Scale("five", 1, 5, ("Not at all", "A little", "Somewhat", "Much", "Very much"), "I cannot say")
NOUGHT_TO_TEN = Scale("eleven", 0, 10, ("Not at all", *[""] * 9, "Completely"), "I do not know")


def second_round(*scales: Scale, **changes: Any) -> Study:  # noqa: ANN401  # a round's own fields
    """The small study with a changed Round 2, and without the answers that were given in it.

    `scales` are further ones.
    """
    small = small_study()
    protocol = replace(small.protocol, rounds=(ROUND_1, replace(ROUND_2, **changes)), scales=(SCALE, *scales))
    answers = tuple(rating for rating in small.ratings if rating.round == "1")
    return replace(small, protocol=protocol, ratings=answers)


def on_scale(scale: Scale, *, criteria: tuple[Criterion, ...] = (INCLUSION,)) -> Study:
    """The small study whose second round is rated on another scale, and decides nothing."""
    return second_round(scale, scale=scale.code, criteria=criteria, definition=None)


def with_private_messages(study: Study) -> Study:
    """A study where one may write to the team alone."""
    ethics = replace(study.protocol.ethics, private_readers="Two people of the team read this.")
    return replace(study, protocol=replace(study.protocol, ethics=ethics))

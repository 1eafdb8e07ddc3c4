"""Which page a panellist comes to: from facts alone."""

from enum import StrEnum

from analysis.study.rounds import RoundKind

ANSWERED_ONLINE = frozenset({RoundKind.COMMENT, RoundKind.RATING, RoundKind.RANKING})
# Assumed, not measured (decision 28): to read a text and choose, to answer one more question about it, and to
# read how the groups answered.
SECONDS_TO_ANSWER, SECONDS_A_FURTHER_QUESTION, SECONDS_TO_SEE_OTHERS = 25, 10, 20


class Step(StrEnum):
    """The pages of a panellist's way through a round."""

    LEFT_STUDY = "left_study"
    NOTHING_OPEN = "nothing_open"
    NOT_ONLINE = "not_online"
    WELCOME = "welcome"
    CONSENT_AGAIN = "consent_again"
    DECLINED = "declined"
    RESTS = "rests"
    SECTION = "section"
    RANK = "rank"
    FINISH = "finish"
    DONE = "done"


def step_of(
    *,
    withdrawn: bool,
    open_kind: RoundKind | None,
    agreed: bool | None,
    finished: bool,
    anything_left: bool,
    agreed_before: bool = False,
    rests: bool = False,
) -> Step:
    """The page to show. `open_kind` None: no round is open; `agreed` None: not asked yet in this round.

    Earlier rounds play no part, save that who `agreed_before` is asked again without the long welcome: who
    missed them can answer now. While the round `rests` nobody is asked anything, and a no stays a no.
    """
    before_answering = _before_answering(withdrawn=withdrawn, open_kind=open_kind, agreed=agreed)
    if rests and before_answering in (None, Step.WELCOME):
        return Step.RESTS
    if before_answering is Step.WELCOME and agreed_before:
        return Step.CONSENT_AGAIN
    if before_answering is not None:
        return before_answering
    if finished:
        return Step.DONE
    if open_kind is RoundKind.RANKING:
        return Step.RANK
    return Step.SECTION if anything_left else Step.FINISH


def _before_answering(*, withdrawn: bool, open_kind: RoundKind | None, agreed: bool | None) -> Step | None:
    if withdrawn:
        return Step.LEFT_STUDY
    if open_kind is None:
        return Step.NOTHING_OPEN
    if open_kind not in ANSWERED_ONLINE:
        return Step.NOT_ONLINE
    if agreed is None:
        return Step.WELCOME
    return None if agreed else Step.DECLINED


def minutes_needed(outcomes: int, *, questions: int = 1, shows_groups: bool = False) -> int:
    """About how long a list takes, in whole fives of minutes upwards.

    `questions`: how many each outcome is asked; `shows_groups`: whether others' answers are to be read too.
    """
    seconds_each = SECONDS_TO_ANSWER + (questions - 1) * SECONDS_A_FURTHER_QUESTION
    if shows_groups:
        seconds_each += SECONDS_TO_SEE_OTHERS
    return max(5, -(-outcomes * seconds_each // 300) * 5)

"""How far panellists are with a round: from counts alone."""

from enum import StrEnum


class Response(StrEnum):
    """Where one panellist stands in a round."""

    NOT_STARTED = "not_started"
    STARTED = "started"
    FINISHED = "finished"


def response_of(*, began: bool, answered: int, of: int, said_finished: bool) -> Response:
    """Return where a panellist stands who gave `answered` of `of` answers (0: nothing to count).

    `began`: an answer of any kind. Who said so has finished, and who has nothing left to answer.
    """
    if said_finished or (of > 0 and answered >= of):
        return Response.FINISHED
    return Response.STARTED if began else Response.NOT_STARTED


def may_answer(round_position: int, *, joined: int, withdrew: int | None) -> bool:
    """Say whether a panellist may answer in a round: they have joined by then and have not withdrawn.

    All are positions of rounds in the study. Having missed a round plays no part.
    """
    return joined <= round_position and (withdrew is None or round_position < withdrew)

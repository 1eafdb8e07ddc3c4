"""How far a panellist is with a round."""

import pytest

from delphi.domain.response import Response, may_answer, response_of


@pytest.mark.parametrize(
    ("began", "answered", "of", "said", "response"),
    [
        (False, 0, 6, False, Response.NOT_STARTED),
        (True, 1, 6, False, Response.STARTED),
        (True, 6, 6, False, Response.FINISHED),
        (True, 1, 6, True, Response.FINISHED),
        (True, 0, 0, False, Response.STARTED),  # a round of comments: nothing to count
        (False, 0, 0, False, Response.NOT_STARTED),
    ],
)
def test_response_follows_from_counts(
    began: bool, answered: int, of: int, said: bool, response: Response
) -> None:
    assert response_of(began=began, answered=answered, of=of, said_finished=said) is response


@pytest.mark.parametrize(
    ("joined", "withdrew", "allowed"),
    [(0, None, True), (1, None, True), (2, None, False), (0, 1, False), (0, 0, False), (0, 2, True)],
)
def test_who_has_joined_and_not_withdrawn_may_answer(
    joined: int, withdrew: int | None, allowed: bool
) -> None:
    assert may_answer(1, joined=joined, withdrew=withdrew) is allowed

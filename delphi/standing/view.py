"""What the views of a panellist's pages share."""

from typing import Any

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current
from delphi.closing import close_due_rounds
from delphi.domain.rounds import is_due
from delphi.standing.facts import Standing, standing_of
from delphi.standing.made_up import standing_that_stands_in
from delphi.standing.told_next import tell_now
from delphi.web import clock, pages


def standing_in_view() -> Standing:
    """Where the signed-in panellist stands; only for views that the guard keeps to panellists.

    A round whose planned closing has passed is closed before anything is decided. In a preview, it is the
    standing of a panellist whom there is not.
    """
    made_up = standing_that_stands_in()
    if made_up is not None:
        return made_up
    panellist, now = current.panellist(), clock.now()
    standing = standing_of(panellist.panellist_id, now=now)
    if any(is_due(round_.closed_at, round_.closes_at, now=now) for round_ in standing.rounds):
        close_due_rounds(now=now, study_id=standing.study_id)
        standing = standing_of(panellist.panellist_id, now=now)
    return standing


def page_of(standing: Standing, template: str, *, status: int = 200, **parts: Any) -> Response:  # noqa: ANN401  # whatever the template takes
    """A page of a panellist's study, with its note on synthetic data and what is still to be told.

    `answer_until` in the template: when the open round is planned to close, None where it is not.
    """
    tell_now(standing)
    study = standing.protocol.study
    ribbon = study.note if study.synthetic else None
    until = standing.open_round.closes_at if standing.open_round else None
    return pages.render(template, ribbon=ribbon, status=status, answer_until=until, **parts)


def see(endpoint: str, **values: Any) -> AnyResponse:  # noqa: ANN401  # whatever the address takes
    """Go on to another page after a POST."""
    return redirect(url_for(endpoint, **values), code=303)

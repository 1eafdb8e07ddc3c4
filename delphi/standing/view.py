"""What the views of a panellist's pages share."""

from typing import Any

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current
from delphi.standing.facts import Standing, standing_of
from delphi.standing.told_next import tell_now
from delphi.web import pages


def standing_in_view() -> Standing:
    """Where the signed-in panellist stands; only for views that the guard keeps to panellists."""
    return standing_of(current.panellist().panellist_id)


def page_of(standing: Standing, template: str, *, status: int = 200, **parts: Any) -> Response:  # noqa: ANN401  # whatever the template takes
    """A page of a panellist's study, with its note on synthetic data and what is still to be told."""
    tell_now(standing)
    study = standing.protocol.study
    return pages.render(template, ribbon=study.note if study.synthetic else None, status=status, **parts)


def see(endpoint: str, **values: Any) -> AnyResponse:  # noqa: ANN401  # whatever the address takes
    """Go on to another page after a POST."""
    return redirect(url_for(endpoint, **values), code=303)

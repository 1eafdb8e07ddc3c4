"""Stopping reminders from a message: by its link, or by one click of a mail program (RFC 8058)."""

from flask import Blueprint, Response, abort
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import guard
from delphi.access.throttle import few_wrong_links
from delphi.extensions import csrf
from delphi.inviting.actions import panellist_of_stop, stop_reminders
from delphi.standing import page_of, see, standing_of
from delphi.web import clock, pages

blueprint = Blueprint("stopping", __name__)


@blueprint.get("/stop-reminders/<token>")
@guard.public
@few_wrong_links
def stop_reminders_page(token: str) -> AnyResponse:
    """Say what it does; looking changes nothing, since mail scanners look too."""
    panellist_id = panellist_of_stop(token)
    if panellist_id is None:
        abort(404)
    return page_of(standing_of(panellist_id, now=clock.now()), "inviting/stop.html")


@blueprint.post("/stop-reminders/<token>", endpoint="stop_reminders")
@csrf.exempt  # type: ignore[untyped-decorator]  # Flask-WTF has no types
@guard.public
@few_wrong_links
def stop(token: str) -> AnyResponse:
    """Stop reminders: no session and no CSRF token, the token in the address is enough."""
    panellist_id = panellist_of_stop(token)
    if panellist_id is None:
        abort(404)
    stop_reminders(panellist_id, now=clock.now())
    return see("stopping.stopped")


@blueprint.get("/stop-reminders")
@guard.public
def stopped() -> Response:
    """Say that it is done; nothing about any study."""
    return pages.render("inviting/stopped.html")

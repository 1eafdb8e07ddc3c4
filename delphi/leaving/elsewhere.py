"""Signing out on every other device: for panellists. Teams have theirs in `delphi/access/routes.py`."""

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.access.endings import end_other_sessions
from delphi.models import EntryMode
from delphi.standing import page_of, see, standing_in_view
from delphi.web import clock

blueprint = Blueprint("elsewhere", __name__, url_prefix="/rate")


@blueprint.post("/sign-out-elsewhere")
@guard.panellist
def sign_out_elsewhere() -> AnyResponse:
    """End the panellist's other sessions; not for who enters answers for them."""
    person = current.panellist()
    if person.entered is not EntryMode.SELF:
        return see("rating.start")
    end_other_sessions(person, now=clock.now())
    return see("elsewhere.signed_out_elsewhere")


@blueprint.get("/signed-out-elsewhere")
@guard.panellist
def signed_out_elsewhere() -> AnyResponse:
    """Say what happened, and when."""
    since = current.kept_at()
    if since is None:
        return see("leaving.settings")
    return page_of(standing_in_view(), "leaving/elsewhere.html", since=since)

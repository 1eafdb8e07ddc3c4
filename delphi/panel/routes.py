"""Pages about the panel, for those who run a study."""

from flask import Blueprint, Response, abort, request, url_for

from delphi.access import current, guard
from delphi.models import Role
from delphi.panel.actions import LINK_LASTS, make_personal_link
from delphi.panel.queries import EVERYONE, panel_page, panellist_in_view
from delphi.web import clock, pages

blueprint = Blueprint("panel", __name__)
RUNNING = (Role.OWNER, Role.FACILITATOR)


@blueprint.get("/studies/<study>/panel")
@guard.study(*RUNNING)
def panel(study: str) -> Response:
    """Everyone on the panel, by code."""
    page = panel_page(current.study().study_id, show=request.args.get("show", EVERYONE))
    return pages.render("panel/panel.html", ribbon=page.synthetic, page=page)


@blueprint.post("/studies/<study>/panel/<code>/link")
@guard.study(*RUNNING)
def make_link(study: str, code: str) -> Response:
    """Make a personal link and show it, this once.

    The answer to the POST is the page itself: a redirect would have to carry the token in an address or in
    the session cookie, where it would outlive the page. Sending the form again makes another link, no harm.
    """
    person = panellist_in_view(current.study().study_id, code)
    if person is None:
        abort(404)
    now = clock.now()
    token = make_personal_link(person.panellist_id, by=current.user().actor, now=now)
    return pages.render(
        "panel/link.html",
        ribbon=person.synthetic,
        person=person,
        address=url_for("access.enter", token=token, _external=True),
        good_until=now + LINK_LASTS,
    )

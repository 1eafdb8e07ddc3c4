"""Pages about the panel, for those who run a study."""

from collections.abc import Mapping

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.access.codes import LASTS
from delphi.access.current import load_panellist
from delphi.access.sessions import begin_entering
from delphi.models import EntryMode, LinkKind, Role
from delphi.panel import actions
from delphi.panel.actions import LINK_LASTS
from delphi.panel.asked import NOTHING_ASKED, Asked, asked_of_team
from delphi.panel.forms import EndForm, EntryForm, GroupForm
from delphi.panel.person import PersonPage, person_page
from delphi.panel.queries import (
    EVERYONE,
    PanellistInView,
    Shown,
    offers_open_link,
    open_link_page,
    panel_page,
    panellist_in_view,
)
from delphi.web import clock, pages

blueprint = Blueprint("panel", __name__, url_prefix="/studies/<study>")
RUNNING = (Role.OWNER, Role.FACILITATOR)
COUNTS_NOW = "Their answers count."


@blueprint.get("/panel")
@guard.study(*RUNNING)
def panel(study: str) -> Response:
    """Everyone on the panel, by code."""
    wish = Shown(
        group=request.args.get("group", EVERYONE),
        status=request.args.get("status", EVERYONE),
        page=request.args.get("page", 1, type=int),
    )
    page = panel_page(current.study().study_id, wish=wish, today=clock.local(clock.now()).date())
    return pages.render("panel/panel.html", ribbon=page.synthetic, page=page, asked=_asked())


@blueprint.get("/panel/<code>")
@guard.study(*RUNNING)
def person(study: str, code: str) -> Response:
    """One panellist: what they agreed to, and what can be done for them."""
    return _person(_person_or_404(code))


@blueprint.post("/panel/<code>/link")
@guard.study(*RUNNING)
def make_link(study: str, code: str) -> Response:
    """Make a personal link and show it, this once, with the address of its "no thank you".

    The answer to the POST is the page itself: a redirect would have to carry the token in an address or in
    the session cookie, where it would outlive the page. Sending the form again makes another link, no harm.
    """
    person = _in_view_or_404(code)
    now = clock.now()
    token = actions.make_personal_link(person.panellist_id, by=current.user().actor, now=now)
    return pages.render(
        "panel/link.html",
        ribbon=person.synthetic,
        person=person,
        address=url_for("access.enter", token=token, _external=True),
        no_thank_you=url_for("invitations.no_thank_you", token=token, _external=True),
        good_until=now + LINK_LASTS,
        asked=_asked().get(code, NOTHING_ASKED),
    )


@blueprint.post("/panel/<code>/code")
@guard.study(*RUNNING)
def make_code(study: str, code: str) -> Response:
    """Make a code to read out on the telephone and show it, this once, as with links."""
    person = _in_view_or_404(code)
    now = clock.now()
    spoken = actions.make_code_to_read_out(person.panellist_id, by=current.user().actor, now=now)
    return pages.render(
        "panel/code.html",
        ribbon=person.synthetic,
        person=person,
        code=spoken,
        address=url_for("access.enter_code", _external=True),
        good_until=now + LASTS[LinkKind.READ_OUT],
        asked=_asked().get(code, NOTHING_ASKED),
    )


@blueprint.post("/panel/<code>/enter")
@guard.study(*RUNNING)
def enter_answers(study: str, code: str) -> AnyResponse:
    """Begin to enter answers for a panellist, from paper or as a helper."""
    form, in_view = EntryForm(), _in_view_or_404(code)
    if not form.validate_on_submit():
        return _person(_person_or_404(code), entry=form, status=422)
    panellist = load_panellist(in_view.panellist_id)
    if panellist is None:
        abort(404)
    begin_entering(panellist, user=current.user(), mode=EntryMode(form.mode.data), now=clock.now())
    return redirect(url_for("rating.start"), code=303)


@blueprint.post("/panel/<code>/group")
@guard.study(*RUNNING)
def confirm_group(study: str, code: str) -> AnyResponse:
    """Confirm the group of somebody who joined by themselves, or give them another."""
    form, page = GroupForm(), _person_or_404(code)
    form.offer(page.groups)
    if page.is_confirmed:
        return _see_person(study, code)
    if not form.validate_on_submit():
        return _person(page, group=form, status=422)
    confirmed = actions.confirm_group(
        page.panellist_id,
        study_id=current.study().study_id,
        group=form.group.data,
        answered_closed=page.answered_closed,
        by=current.user().actor,
        now=clock.now(),
    )
    counts = "Their answers count, but in rounds that had closed." if page.answered_closed else COUNTS_NOW
    flash(f"The group of {code} is confirmed. {counts}" if confirmed else "Already confirmed.")
    return _see_person(study, code)


@blueprint.post("/open-link")
@guard.study(*RUNNING)
def make_open_link(study: str) -> AnyResponse:
    """Make the study's open link, if its protocol has one."""
    if not offers_open_link(current.study().study_id):
        abort(404)
    actions.make_open_link(current.study().study_id, by=current.user().actor, now=clock.now())
    return redirect(url_for("panel.panel", study=study), code=303)


@blueprint.route("/open-link/end", methods=["GET", "POST"])
@guard.study(*RUNNING)
def end_open_link(study: str) -> AnyResponse:
    """Ask, then end the open link: addresses that were printed or passed on stop working."""
    study_id, form = current.study().study_id, EndForm()
    page = open_link_page(study_id)
    if page is None:
        return redirect(url_for("panel.panel", study=study), code=303)
    if not form.validate_on_submit():
        return pages.render("panel/end_open_link.html", ribbon=page.synthetic, page=page)
    actions.end_open_link(study_id, by=current.user().actor, now=clock.now())
    flash("The open link has ended. Nobody can join by it.")
    return redirect(url_for("panel.panel", study=study), code=303)


def _asked() -> Mapping[str, Asked]:
    """What the study's panellists asked of the team, by code."""
    return asked_of_team(current.study().study_id, today=clock.local(clock.now()).date())


def _in_view_or_404(code: str) -> PanellistInView:
    found = panellist_in_view(current.study().study_id, code)
    if found is None:
        abort(404)
    return found


def _person_or_404(code: str) -> PersonPage:
    found = person_page(current.study().study_id, code)
    if found is None:
        abort(404)
    return found


def _person(
    page: PersonPage, *, entry: EntryForm | None = None, group: GroupForm | None = None, status: int = 200
) -> Response:
    if group is None:
        group = GroupForm(formdata=None, group=page.group.code)
        group.offer(page.groups)
    entry = entry or EntryForm(formdata=None)
    return pages.render(
        "panel/person.html",
        ribbon=page.synthetic,
        page=page,
        entry=entry,
        group=group,
        asked=_asked().get(page.code, NOTHING_ASKED),
        status=status,
    )


def _see_person(study: str, code: str) -> AnyResponse:
    return redirect(url_for("panel.person", study=study, code=code), code=303)

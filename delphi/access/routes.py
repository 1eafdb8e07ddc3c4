"""Signing in by personal link, by code or by password, and signing out."""

from flask import Blueprint, Flask, Response, redirect, request, url_for
from flask_babel import gettext

from delphi.access import current, guard
from delphi.access.codes import spend_code
from delphi.access.endings import end_other_sessions, end_session
from delphi.access.forms import CodeForm, EnterForm, SignInForm
from delphi.access.links import LinkInView, find_link, spend_link
from delphi.access.second_step import come_in
from delphi.access.sessions import begin_session
from delphi.access.staff import sign_in
from delphi.access.throttle import few_wrong_codes, few_wrong_links, few_wrong_passwords
from delphi.extensions import login_manager
from delphi.web import clock, pages
from delphi.web.pages import own_page

blueprint = Blueprint("access", __name__)


def prepare_sessions(app: Flask) -> None:
    """Know visitors by their session cookie, and tell the templates who it is."""
    # Flask-Login's own protection would sign people out when their telephone changes networks.
    login_manager.session_protection = None
    login_manager.init_app(app, add_context_processor=False)
    app.add_template_global(current.visitor, "visitor")


@blueprint.get("/enter/<token>")
@guard.public
@few_wrong_links
def enter(token: str) -> Response:
    """Show the button that spends a link. Mail scanners open links too, so looking changes nothing."""
    link, person = find_link(token, now=clock.now()), current.visitor()
    if link and person and link.session_id == person.get_id():
        return _see(person.place)
    if link is None or not link.is_good:
        return _refuse(link)
    return pages.render("access/enter.html", form=EnterForm(), signed_in_as_other=person is not None)


@blueprint.post("/enter/<token>")
@guard.public
@few_wrong_links
def spend(token: str) -> Response:
    """Spend a link and sign its person in."""
    now = clock.now()
    person = spend_link(token, now=now)
    if person is None:
        return _refuse(find_link(token, now=now))
    return _see(come_in(person, place=person.place, now=now))


@blueprint.route("/enter", methods=["GET", "POST"])
@guard.public
@few_wrong_codes
def enter_code() -> Response:
    """Sign a panellist in by a code that was read out to them, or that they made themselves."""
    form = CodeForm()
    if not form.validate_on_submit():
        return _ask_for_code(form, status=422 if form.errors else 200)
    now = clock.now()
    person = spend_code(form.code.data or "", now=now)
    if person is None:
        form.code.errors = [gettext("This sign-in code does not work. Check each letter and number.")]
        return _ask_for_code(form, status=422)
    begin_session(person, now=now)
    return _see(person.place)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@guard.public
@few_wrong_passwords
def sign_in_by_password() -> Response:
    """Sign a member of a study team in; the answer does not tell whether an account exists."""
    form = SignInForm()
    if not form.validate_on_submit():
        return pages.render("access/sign_in.html", form=form, status=422 if form.errors else 200)
    now = clock.now()
    person = sign_in(form.email.data or "", password=form.password.data or "", now=now)
    if person is None:
        form.email.errors = [gettext("There is no account with this e-mail address and password.")]
        return pages.render("access/sign_in.html", form=form, status=422)
    place = own_page(request.args.get("next", "")) or person.place
    return _see(come_in(person, place=place, now=now))


@blueprint.post("/sign-out")
@guard.public
def sign_out() -> Response:
    """End the session of whoever was signed in."""
    end_session(now=clock.now())
    return _see(url_for("front.home"))


@blueprint.post("/sign-out-elsewhere")
@guard.staff
def sign_out_elsewhere() -> Response:
    """End the other sessions of a member of a study team."""
    end_other_sessions(current.user(), now=clock.now())
    return _see(url_for("access.signed_out_elsewhere"))


@blueprint.get("/signed-out-elsewhere")
@guard.staff
def signed_out_elsewhere() -> Response:
    """Say what happened, and when."""
    since = current.kept_at()
    if since is None:
        return _see(current.user().place)
    return pages.render("access/elsewhere.html", since=since)


def _ask_for_code(form: CodeForm, *, status: int) -> Response:
    signed_in = current.visitor() is not None
    return pages.render("access/code.html", form=form, someone_signed_in=signed_in, status=status)


def _refuse(link: LinkInView | None) -> Response:
    return pages.render("access/link_refused.html", link=link, status=404 if link is None else 410)


def _see(place: str) -> Response:
    return Response(status=303, headers={"Location": redirect(place).location})

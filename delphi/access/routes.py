"""Signing in by personal link or by password, and signing out."""

from datetime import datetime

from flask import Blueprint, Flask, Response, redirect, request, session, url_for
from flask_babel import gettext
from flask_login import login_user, logout_user

from delphi.access import current, guard
from delphi.access.current import SIGNED_IN_AT, Visitor
from delphi.access.forms import EnterForm, SignInForm
from delphi.access.languages import CHOICE, take_along
from delphi.access.links import LinkInView, find_link, spend_link
from delphi.access.staff import sign_in
from delphi.access.throttle import few_wrong_links, few_wrong_passwords
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
    _begin_session(person, now=now)
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
    _begin_session(person, now=now)
    return _see(own_page(request.args.get("next", "")) or person.place)


@blueprint.post("/sign-out")
@guard.public
def sign_out() -> Response:
    """Forget who was signed in."""
    logout_user()
    session.clear()
    return _see(url_for("front.home"))


def _begin_session(person: Visitor, *, now: datetime) -> None:
    # A new session: nothing that another person left in this browser goes along, save the language they read.
    language = session.get(CHOICE)
    session.clear()
    take_along(language, person=person)
    login_user(person)
    session.pop(
        "_id", None
    )  # Flask-Login's hash of address and browser: nothing of theirs goes into the cookie
    session[SIGNED_IN_AT] = now.timestamp()


def _refuse(link: LinkInView | None) -> Response:
    return pages.render("access/link_refused.html", link=link, status=404 if link is None else 410)


def _see(place: str) -> Response:
    return Response(status=303, headers={"Location": redirect(place).location})

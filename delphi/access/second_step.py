"""The second step of signing in: after the password, and before there is any session."""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, current_app, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import guard, second_factor
from delphi.access.current import SignedInUser, Visitor, load_user
from delphi.access.endings import end_session
from delphi.access.forms import SecondStepForm
from delphi.access.sessions import begin_session
from delphi.access.staff import asks_second_factor
from delphi.access.throttle import few_wrong_codes_of_one, few_wrong_passwords
from delphi.web import clock, pages
from delphi.web.pages import own_page

blueprint = Blueprint("second_step", __name__)
WAITING, WAITING_SINCE = "waiting", "waiting_since"
WAITS = timedelta(minutes=10)


def come_in(person: Visitor, *, place: str, now: datetime) -> str:
    """Sign somebody in, or first ask for their second factor; return the address to go to."""
    if not isinstance(person, SignedInUser) or not asks_second_factor(person.user_id):
        begin_session(person, now=now)
        return place
    end_session(now=now)
    session[WAITING], session[WAITING_SINCE] = person.user_id, now.timestamp()
    return url_for("second_step.second_step", next=None if place == person.place else place)


def who_waits() -> int:
    """The id of whoever has given their password in this browser and not yet a code; 0 for nobody."""
    if WAITING not in session:
        return 0
    since = datetime.fromtimestamp(session[WAITING_SINCE], tz=UTC)
    return session[WAITING] if clock.now() - since < WAITS else 0


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@guard.public
@few_wrong_passwords
@few_wrong_codes_of_one(lambda: f"second step of {who_waits()}")
def second_step() -> AnyResponse:
    """Ask for a code of the authenticator, or a recovery code, and sign in with it."""
    person, form, now = load_user(who_waits()), SecondStepForm(), clock.now()
    if person is None:
        return pages.render("team/begin_again.html", status=410)
    if not form.validate_on_submit():
        return _ask(form, status=422 if form.errors else 200)
    keys = current_app.config["CONTACT_KEYS"]
    if not second_factor.accept(person.user_id, form.code.data or "", keys=keys, by=person.actor, now=now):
        form.code.errors = ["This code does not work. Wait for the next one in your app, and enter that."]
        return _ask(form, status=422)
    begin_session(person, now=now)
    return redirect(own_page(request.args.get("next", "")) or person.place, code=303)


def _ask(form: SecondStepForm, *, status: int) -> Response:
    return pages.render("team/second_step.html", form=form, status=status)

"""Pages about one's own account: the second factor, and where one is signed in."""

import segno
from flask import Blueprint, Response, abort, current_app, flash, redirect, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard, second_factor
from delphi.access.listed_sessions import end_listed, sessions_of
from delphi.access.passwords import verify_password
from delphi.access.throttle import few_wrong_passwords
from delphi.team.forms import ConfirmForm
from delphi.team.queries import password_hash_of
from delphi.web import clock, pages

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("")
@guard.staff
def account() -> Response:
    """One's own account."""
    user_id = current.user().user_id
    return pages.render(
        "team/account.html",
        factor=second_factor.state_of(user_id),
        has_password=password_hash_of(current.user().user_id) is not None,
        sessions=sessions_of(user_id, now=clock.now()),
    )


@blueprint.post("/sessions/<int:number>/end")
@guard.staff
def end_session(number: int) -> AnyResponse:
    """Sign oneself out in another browser."""
    user = current.user()
    if not end_listed(number, user_id=user.user_id, by=user.actor, now=clock.now()):
        abort(404)
    flash("That browser is signed out.")
    return _to_account()


@blueprint.post("/second-factor/begin")
@guard.staff
def begin() -> AnyResponse:
    """Make a key for an authenticator."""
    second_factor.begin(current.user().user_id, keys=_keys(), now=clock.now())
    return redirect(url_for("account.set_up"), code=303)


@blueprint.route("/second-factor/set-up", methods=["GET", "POST"])
@guard.staff
@few_wrong_passwords
def set_up() -> AnyResponse:
    """Show the key, and turn the second factor on once a code of it was entered."""
    user, form, now = current.user(), ConfirmForm(), clock.now()
    key = second_factor.unconfirmed_key(user.user_id, keys=_keys())
    if key is None:
        return _to_account()
    if _is_confirmed(form):
        codes = second_factor.confirm(
            user.user_id, form.code.data or "", keys=_keys(), by=user.actor, now=now
        )
        if codes is not None:
            return pages.render("team/recovery_codes.html", codes=codes, is_new=True)
        form.code.errors = ["This code does not fit. Check the clock of your telephone, and try the next."]
    status = 422 if form.errors else 200
    return pages.render("team/set_up.html", form=form, key=key, picture=_picture(key.address), status=status)


@blueprint.route("/second-factor/codes", methods=["GET", "POST"])
@guard.staff
@few_wrong_passwords
def codes() -> AnyResponse:
    """Make new recovery codes in place of the old ones."""
    user, form = current.user(), ConfirmForm()
    if second_factor.state_of(user.user_id).on_since is None:
        return _to_account()
    if not _has_both(form):
        return pages.render("team/renew_codes.html", form=form, status=422 if form.errors else 200)
    renewed = second_factor.renew_recovery_codes(user.user_id, by=user.actor, now=clock.now())
    return pages.render("team/recovery_codes.html", codes=renewed, is_new=False)


@blueprint.route("/second-factor/off", methods=["GET", "POST"])
@guard.staff
@few_wrong_passwords
def turn_off() -> AnyResponse:
    """Turn the second factor off."""
    user, form = current.user(), ConfirmForm()
    if second_factor.state_of(user.user_id).on_since is None:
        return _to_account()
    if not _has_both(form):
        return pages.render("team/turn_off.html", form=form, status=422 if form.errors else 200)
    second_factor.turn_off(user.user_id, by=user.actor, now=clock.now())
    flash("The second factor is off. From now on your password alone signs you in.")
    return _to_account()


def _has_both(form: ConfirmForm) -> bool:
    """Whether the form was sent with the password and a good code, which is used up with it."""
    if not _is_confirmed(form):
        return False
    user = current.user()
    if second_factor.accept(user.user_id, form.code.data or "", keys=_keys(), by=user.actor, now=clock.now()):
        return True
    form.code.errors = ["This code does not work. Wait for the next one in your app, and enter that."]
    return False


def _is_confirmed(form: ConfirmForm) -> bool:
    """Whether the form was sent with the password; who has none, and comes by links, is not asked for it."""
    password_hash = password_hash_of(current.user().user_id)
    if password_hash is None:
        del form.password
        return bool(form.validate_on_submit())
    if not form.validate_on_submit():
        return False
    if verify_password(form.password.data or "", against=password_hash):
        return True
    form.password.errors = ["This is not your password."]
    return False


def _picture(address: str) -> Markup:
    """The address as a QR code, made here: nobody else gets to know the key."""
    drawn = segno.make(address, micro=False).svg_inline(omitsize=True, dark="#000", light="#fff", border=4)
    return Markup(drawn)  # noqa: S704  # drawn from squares: no text of anybody is in it


def _keys() -> tuple[str, ...]:
    keys: tuple[str, ...] = current_app.config["CONTACT_KEYS"]
    return keys


def _to_account() -> AnyResponse:
    return redirect(url_for("account.account"), code=303)

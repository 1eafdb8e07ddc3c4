"""What a colleague sees who was invited to a team."""

from flask import Blueprint, Response, flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.access.current import SignedInUser
from delphi.access.second_step import come_in
from delphi.access.throttle import few_wrong_passwords
from delphi.team.forms import NewAccountForm
from delphi.team.invitations import (
    InvitationInView,
    InvitationRefused,
    find_invitation,
    join_with_account,
    join_with_new_account,
)
from delphi.team.queries import ROLE_WORDS
from delphi.web import clock, pages

blueprint = Blueprint("invited", __name__)


@blueprint.get("/invitation/<token>")
@guard.public
def invitation(token: str) -> Response:
    """What the invitation is to. Mail scanners open links too, so looking changes nothing."""
    found = find_invitation(token, now=clock.now())
    if found is None or not found.is_good:
        return _refuse(found)
    return _show(found, NewAccountForm(), token=token)


@blueprint.post("/invitation/<token>")
@guard.public
@few_wrong_passwords
def take_up(token: str) -> AnyResponse:
    """Join the team: as who is signed in, or with a new account."""
    now, person = clock.now(), current.visitor()
    found = find_invitation(token, now=now)
    if found is None or not found.is_good:
        return _refuse(found)
    try:
        if isinstance(person, SignedInUser):
            join_with_account(found, user=person, now=now)
            return _to_study(found)
        form = NewAccountForm()
        if found.has_account or not form.validate_on_submit():
            return _show(found, form, token=token)
        name, password = (form.name.data or "").strip(), form.password.data or ""
        place = url_for("setup.study", study=found.study_code)
        joined = join_with_new_account(found, name=name, password=password, now=now)
    except InvitationRefused:
        return _refuse(found)
    return redirect(come_in(joined, place=place, now=now), code=303)


def _to_study(found: InvitationInView) -> AnyResponse:
    flash(f"You are in the team of {found.study_title}.")
    return redirect(url_for("setup.study", study=found.study_code), code=303)


def _show(found: InvitationInView, form: NewAccountForm, *, token: str) -> Response:
    person = current.visitor()
    return pages.render(
        "team/invitation.html",
        status=422 if form.errors else 200,
        invitation=found,
        role_words=ROLE_WORDS[found.role],
        form=form,
        token=token,
        user=person if isinstance(person, SignedInUser) else None,
    )


def _refuse(found: InvitationInView | None) -> Response:
    return pages.render("team/no_invitation.html", status=404 if found is None else 410)

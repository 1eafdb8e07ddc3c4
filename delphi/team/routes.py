"""Pages about the people of a team: who is in it, in which role, who is invited."""

from flask import Blueprint, Response, abort, current_app, flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.mail_settings import MailSettings
from delphi.models import Role
from delphi.team.actions import LastOwner, NotInTeam, change_role, remove_member
from delphi.team.forms import InviteForm, RoleForm
from delphi.team.invitations import INVITATION_LASTS, InvitationRefused, end_invitation, invite
from delphi.team.queries import ROLE_WORDS, Member, TeamPage, team_page
from delphi.web import clock, pages

blueprint = Blueprint("team", __name__, url_prefix="/studies/<study>/team")
NEEDS_AN_OWNER = "A study needs an owner. Make somebody else an owner first. Nothing was changed."


@blueprint.get("")
@guard.study(*Role)
def team(study: str) -> Response:
    """Everybody in the team; owners also see how to reach them, and what they can change."""
    page = _page()
    return pages.render(
        "team/team.html",
        ribbon=page.synthetic,
        page=page,
        is_owner=current.study().role is Role.OWNER,
        own_id=current.user().user_id,
    )


@blueprint.route("/invite", methods=["GET", "POST"])
@guard.study(Role.OWNER)
def invite_colleague(study: str) -> Response:
    """Invite a colleague, and show the link, this once.

    The answer to the POST is the page itself, as with the personal links of panellists: a redirect would
    have to carry the token.
    """
    form, page, now = InviteForm(), _page(), clock.now()
    if not form.validate_on_submit():
        return _ask_whom(page, form)
    email, role = (form.email.data or "").strip(), Role(form.role.data)
    try:
        token = invite(
            email,
            study_id=current.study().study_id,
            role=role,
            by=current.user().actor,
            now=now,
            by_mail=_sends_mail(),
        )
    except InvitationRefused as reason:
        form.email.errors = [str(reason)]
        return _ask_whom(page, form)
    return pages.render(
        "team/invited.html",
        ribbon=page.synthetic,
        page=page,
        email=email,
        role_words=ROLE_WORDS[role],
        address=url_for("invited.invitation", token=token, _external=True),
        good_until=now + INVITATION_LASTS,
        by_mail=_sends_mail(),
    )


@blueprint.post("/invitations/<int:number>/end")
@guard.study(Role.OWNER)
def end(study: str, number: int) -> AnyResponse:
    """End an invitation that was not taken up."""
    in_view = current.study()
    end_invitation(number, study_id=in_view.study_id, by=current.user().actor, now=clock.now())
    flash("The invitation has ended. Its link does not work any more.")
    return _to_team(study)


@blueprint.route("/<int:member>/role", methods=["GET", "POST"])
@guard.study(Role.OWNER)
def role(study: str, member: int) -> AnyResponse:
    """Give a member another role."""
    page, in_view = _page(), current.study()
    person, form = _member_or_404(page, member), RoleForm()
    if not form.validate_on_submit():
        if not form.is_submitted():
            form.role.data = person.role.value
        return _show("team/role.html", page, person, form=form, status=422 if form.errors else 200)
    chosen, actor = Role(form.role.data), current.user().actor
    try:
        change_role(member, study_id=in_view.study_id, role=chosen, by=actor, now=clock.now())
    except (LastOwner, NotInTeam) as reason:
        return _refuse(study, reason)
    flash(f"{person.name} is now: {ROLE_WORDS[chosen].lower()}.")
    return _to_team(study)


@blueprint.get("/<int:member>/remove")
@guard.study(Role.OWNER)
def ask_to_remove(study: str, member: int) -> Response:
    """Ask before a member is removed."""
    page = _page()
    return _show("team/remove.html", page, _member_or_404(page, member))


@blueprint.post("/<int:member>/remove")
@guard.study(Role.OWNER)
def remove(study: str, member: int) -> AnyResponse:
    """Take a member out of the team."""
    person, in_view = _member_or_404(_page(), member), current.study()
    try:
        remove_member(member, study_id=in_view.study_id, by=current.user().actor, now=clock.now())
    except (LastOwner, NotInTeam) as reason:
        return _refuse(study, reason)
    flash(f"{person.name} is not in the team any more.")
    if person.user_id == current.user().user_id:
        return redirect(url_for("setup.studies"), code=303)
    return _to_team(study)


def _sends_mail() -> bool:
    """Whether a mail server is set; what is only kept on this machine reaches nobody."""
    mail: MailSettings | None = current_app.config["MAIL"]
    return mail is not None and mail.server is not None


def _page() -> TeamPage:
    return team_page(current.study().study_id, now=clock.now())


def _member_or_404(page: TeamPage, user_id: int) -> Member:
    person = page.member(user_id)
    if person is None:
        abort(404)
    return person


def _show(
    template: str, page: TeamPage, person: Member, *, form: RoleForm | None = None, status: int = 200
) -> Response:
    itself = person.user_id == current.user().user_id
    return pages.render(
        template, ribbon=page.synthetic, status=status, page=page, person=person, form=form, itself=itself
    )


def _ask_whom(page: TeamPage, form: InviteForm) -> Response:
    status = 422 if form.errors else 200
    return pages.render("team/invite.html", ribbon=page.synthetic, status=status, page=page, form=form)


def _refuse(study: str, reason: Exception) -> AnyResponse:
    words = NEEDS_AN_OWNER if isinstance(reason, LastOwner) else "This person is not in the team any more."
    flash(words, "refused")
    return _to_team(study)


def _to_team(study: str) -> AnyResponse:
    return redirect(url_for("team.team", study=study), code=303)

"""Pages about one person's contact, each look in the trail; adding a person by hand; targets of groups."""

from flask import Blueprint, Response, abort, current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.access.contacts import ContactDetails, forget_contact, keep_contact
from delphi.access.panellist_codes import new_panellist_code
from delphi.enrolling import actions
from delphi.enrolling.forms import ContactForm, DeleteForm, PersonForm, TargetsForm
from delphi.enrolling.people import Person
from delphi.enrolling.person_queries import PersonInView, contact_or_none, person_in_view, targets_of
from delphi.enrolling.queries import EnrollingPage, enrolling_page, is_on_panel
from delphi.enrolling.targets import FIELD, keep_targets, targets_in
from delphi.models import Role
from delphi.web import clock, pages

blueprint = Blueprint("contacts", __name__, url_prefix="/studies/<study>")
RUNNING = (Role.OWNER, Role.FACILITATOR)


@blueprint.route("/people/add", methods=["GET", "POST"])
@guard.study(*RUNNING)
def add(study: str) -> AnyResponse:
    """Put one person on the panel."""
    study_id, form = current.study().study_id, PersonForm()
    page = enrolling_page(study_id)
    form.offer(groups=page.groups, languages=page.languages)
    if page.joined_round_id is None or not form.validate_on_submit():
        return _add_page(page, form)
    contact = form.contact()
    if is_on_panel(contact, study_id=study_id, keys=_keys()):
        form.say_known()
        return _add_page(page, form)
    code = actions.add_person(
        Person(line=1, group=form.group.data, language=form.language.data or "", contact=contact),
        study_id=study_id,
        round_id=page.joined_round_id,
        keys=_keys(),
        new_code=new_panellist_code,
        by=current.user().actor,
        now=clock.now(),
    )
    flash(f"{code} is on the panel now.")
    return redirect(url_for("panel.person", study=study, code=code), code=303)


@blueprint.post("/panel/<code>/contact")
@guard.study(*RUNNING)
def look(study: str, code: str) -> Response:
    """Show a contact, once it is in the trail who looked.

    The answer to the POST is the page itself: a GET changes nothing, and a look adds a row.
    """
    person = _person_or_404(code)
    if not person.has_contact:
        abort(404)
    user, study_id = current.user(), current.study().study_id
    actions.note_look(person.panellist_id, study_id=study_id, by=user.actor, now=clock.now())
    contact = contact_or_none(person.panellist_id, keys=_keys())
    return _contact_page(person, _filled(contact), is_readable=contact is not None)


@blueprint.route("/panel/<code>/contact/change", methods=["GET", "POST"])
@guard.study(*RUNNING)
def change(study: str, code: str) -> AnyResponse:
    """Keep a contact: a first one, or another in its place. The page itself shows none that is kept."""
    person, form, study_id = _person_or_404(code), ContactForm(), current.study().study_id
    if request.method == "GET" and person.has_contact:
        return redirect(url_for("panel.person", study=study, code=code), code=303)
    if not form.validate_on_submit():
        return _contact_page(person, form, status=422 if form.is_submitted() else 200)
    contact = form.contact()
    if contact == ContactDetails():
        form.email.errors = ["Enter an e-mail, a telephone number or a reference."]
        return _contact_page(person, form, status=422)
    if is_on_panel(contact, study_id=study_id, keys=_keys(), without=person.panellist_id):
        form.say_known()
        return _contact_page(person, form, status=422)
    by, now = current.user().actor, clock.now()
    keep_contact(person.panellist_id, contact=contact, keys=_keys(), by=by, now=now)
    flash(f"The contact of {code} is saved.")
    return redirect(url_for("panel.person", study=study, code=code), code=303)


@blueprint.route("/panel/<code>/contact/delete", methods=["GET", "POST"])
@guard.study(*RUNNING)
def delete(study: str, code: str) -> AnyResponse:
    """Ask, then delete a contact for good; code and answers stay."""
    person, form = _person_or_404(code), DeleteForm()
    if not person.has_contact:
        return redirect(url_for("panel.person", study=study, code=code), code=303)
    if not form.validate_on_submit():
        page = enrolling_page(current.study().study_id)
        return pages.render("enrolling/delete.html", ribbon=page.synthetic, page=page, person=person)
    forget_contact(person.panellist_id, by=current.user().actor, now=clock.now())
    flash(f"The contact of {code} is deleted.")
    return redirect(url_for("panel.person", study=study, code=code), code=303)


@blueprint.route("/people/targets", methods=["GET", "POST"])
@guard.study(*RUNNING)
def targets(study: str) -> AnyResponse:
    """How many people each group should have."""
    study_id, form = current.study().study_id, TargetsForm()
    page = enrolling_page(study_id)
    sent = {code: request.form.get(FIELD + code, "").strip() for code, _ in page.groups}
    wanted, faults = targets_in(sent)
    if form.validate_on_submit() and not faults:
        keep_targets(wanted, study_id=study_id, by=current.user().actor, now=clock.now())
        flash("The targets are saved.")
        return redirect(url_for("panel.panel", study=study), code=303)
    if not form.is_submitted():
        sent, faults = {code: str(people) for code, people in targets_of(study_id).items()}, {}
    return pages.render(
        "enrolling/targets.html",
        ribbon=page.synthetic,
        page=page,
        form=form,
        written=sent,
        faults=faults,
        status=422 if form.is_submitted() else 200,
    )


def _add_page(page: EnrollingPage, form: PersonForm) -> Response:
    status = 422 if form.errors else 200
    return pages.render("enrolling/add.html", ribbon=page.synthetic, page=page, form=form, status=status)


def _contact_page(
    person: PersonInView, form: ContactForm, *, is_readable: bool = True, status: int = 200
) -> Response:
    page = enrolling_page(current.study().study_id)
    return pages.render(
        "enrolling/contact.html",
        ribbon=page.synthetic,
        page=page,
        person=person,
        form=form,
        is_readable=is_readable,
        status=status,
    )


def _filled(contact: ContactDetails | None) -> ContactForm:
    known = contact or ContactDetails()
    return ContactForm(formdata=None, email=known.email, telephone=known.telephone, reference=known.name)


def _person_or_404(code: str) -> PersonInView:
    found = person_in_view(current.study().study_id, code)
    if found is None:
        abort(404)
    return found


def _keys() -> tuple[str, ...]:
    keys: tuple[str, ...] = current_app.config["CONTACT_KEYS"]
    return keys

"""The pages of panellists who come in: URL, then one query or one action, then a page or a redirect."""

import secrets
from datetime import datetime

from flask import Blueprint, Response, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.access.codes import LASTS
from delphi.access.sessions import stop_entering
from delphi.domain.journey import Step
from delphi.joining import actions, queries
from delphi.joining.actions import ConsentAnswer
from delphi.joining.forms import YES, CodeForm, ConsentForm, ContinueForm
from delphi.joining.pages import ConsentCopy
from delphi.joining.profile import read_told
from delphi.joining.wordings import Wording, wording_with
from delphi.models import EntryMode, LinkKind
from delphi.standing import RoundFacts, Standing, page_of, see, standing_in_view
from delphi.web import clock

blueprint = Blueprint("joining", __name__, url_prefix="/rate")
WAITING = frozenset({Step.LEFT_STUDY, Step.NOTHING_OPEN, Step.NOT_ONLINE})
SEED_BITS = 63
CODE_FORM = "code_form"  # the number of the form that made the newest code, in the session


@blueprint.get("/joined")
@guard.panellist
def joined() -> AnyResponse:
    """Tell somebody who came by an open link what happens now, and how to come back."""
    standing = standing_in_view()
    if standing.withdrawn:
        return see("rating.start")
    page = queries.joined_page(standing)
    return page_of(standing, "joining/joined.html", form=CodeForm(), page=page, good_until=_good_until())


@blueprint.get("/welcome")
@guard.panellist
def welcome() -> AnyResponse:
    """What this is, who asks, how long it takes, what is kept, who reads it, how to leave."""
    standing = standing_in_view()
    round_ = _asked_in(standing)
    if round_ is None:
        return see("rating.start")
    page = queries.welcome_page(standing, round_=round_, today=clock.local(clock.now()).date())
    return page_of(standing, "joining/welcome.html", page=page, form=ContinueForm())


@blueprint.post("/welcome")
@guard.panellist
def go_on() -> AnyResponse:
    """Go on to the question whether one takes part."""
    return see("joining.consent")


@blueprint.route("/consent", methods=["GET", "POST"])
@guard.panellist
def consent() -> AnyResponse:
    """Ask for consent, and keep the answer with the wording that was shown."""
    standing = standing_in_view()
    round_, form = _asked_in(standing), ConsentForm()
    if round_ is None:
        return see("rating.start")
    page = queries.consent_page(standing, round_=round_)
    wording = _wording_answered(form, standing)
    if wording is None:
        status, form.shown.data = 422 if form.errors else 200, page.mark
        return page_of(standing, "joining/consent.html", status=status, form=form, page=page)
    person, agreed = current.panellist(), form.agree.data == YES
    actions.answer_consent(
        ConsentAnswer(agreed=agreed, wording=wording, entered=person.entered),
        standing=standing,
        round_=round_,
        seed=secrets.randbits(SEED_BITS),
        by=person.actor,
        now=clock.now(),
    )
    ask_about_oneself = agreed and page.is_first and standing.protocol.profile
    if ask_about_oneself:
        return see("joining.about_you")
    return see("leaving.reach" if agreed else "rating.start")


@blueprint.get("/consent/copy")
@guard.panellist
def copy_of_consent() -> AnyResponse:
    """What was asked and answered, to keep; the file's name says nothing."""
    page = queries.consent_copy(standing_in_view())
    if page is None:
        return see("rating.start")
    response = Response(_as_text(page), mimetype="text/plain")
    response.headers["Content-Disposition"] = "attachment; filename=copy.txt"
    return response


@blueprint.get("/declined")
@guard.panellist
def declined() -> AnyResponse:
    """Respect a no, and say that it can be changed."""
    standing = standing_in_view()
    if standing.step() is not Step.DECLINED:
        return see("rating.start")
    return page_of(standing, "joining/declined.html")


@blueprint.route("/about-you", methods=["GET", "POST"])
@guard.panellist
def about_you() -> AnyResponse:
    """Ask what the study asks about oneself; each question may be left, and changed later."""
    standing = standing_in_view()
    if not standing.protocol.profile or not _takes_part(standing):
        return see("rating.start")
    if request.method == "GET":
        return page_of(standing, "joining/about_you.html", page=queries.profile_page(standing))
    questions, shown = queries.own_questions(standing), standing.protocol.profile
    told = read_told(request.form, questions=questions, shown=shown)
    person = current.panellist()
    actions.keep_profile(
        told.answers, standing=standing, by=person.actor, entered=person.entered, now=clock.now()
    )
    if told.faults:
        page = queries.profile_page(standing, told=told)
        return page_of(standing, "joining/about_you.html", status=422, page=page)
    return see("leaving.reach")


@blueprint.get("/come-back")
@guard.panellist
def come_back() -> AnyResponse:
    """Explain how to come back on another device."""
    standing = standing_in_view()
    if not _may_make_a_code(standing):
        return see("rating.start")
    return page_of(standing, "joining/come_back.html", form=CodeForm(), good_until=_good_until())


@blueprint.post("/come-back")
@guard.panellist
def make_come_back_code() -> AnyResponse:
    """Make a code and show it, this once.

    The answer to the POST is the page itself, as with personal links: a redirect would have to carry the code
    in an address or in the session cookie. So a browser that loads the page again sends the form again: that
    makes no other code, or the one on paper would end.
    """
    standing = standing_in_view()
    if not _may_make_a_code(standing):
        return see("rating.start")
    once, now = CodeForm().once.data or "", clock.now()
    if session.get(CODE_FORM) == once:
        form = CodeForm(formdata=None)
        return page_of(standing, "joining/come_back_again.html", form=form, good_until=_good_until(now))
    code = actions.make_come_back_code(standing.panellist_id, by=current.panellist().actor, now=now)
    session[CODE_FORM] = once
    return page_of(
        standing,
        "joining/come_back_code.html",
        code=code,
        address=url_for("access.enter_code", _external=True),
        good_until=_good_until(now),
    )


@blueprint.post("/stop-entering")
@guard.panellist
def stop_entering_answers() -> AnyResponse:
    """Bring a member of the team who entered answers for a panellist back to the panel."""
    standing, panellist = standing_in_view(), current.panellist()
    if stop_entering(panellist, now=clock.now()) is None:
        return see("rating.start")
    return see("panel.person", study=standing.protocol.study.code, code=panellist.code)


def _asked_in(standing: Standing) -> RoundFacts | None:
    """The open round whose consent question can be answered, None if there is none."""
    return None if standing.step() in WAITING else standing.open_round


def _wording_answered(form: ConsentForm, standing: Standing) -> Wording | None:
    """The wording of the page that a whole answer came from, None if none came: the form then says why."""
    if not form.validate_on_submit():
        return None
    wording = wording_with(form.shown.data or "", standing=standing)
    if wording is None:
        text = gettext("The text has changed since you opened this page. Read it again, then choose.")
        form.agree.errors, form.agree.data = [text], None
    return wording


def _takes_part(standing: Standing) -> bool:
    """Whether somebody has said yes, in this round or in one before."""
    here = standing.open_round
    return not standing.withdrawn and (standing.agreed_before or bool(here and here.agreed))


def _may_make_a_code(standing: Standing) -> bool:
    """Whether it is the panellist who asks: for somebody else the team makes a code on the panel's page."""
    return not standing.withdrawn and current.panellist().entered is EntryMode.SELF


def _good_until(made_at: datetime | None = None) -> datetime:
    """Until when a code is good that is made then, or now."""
    return (made_at or clock.now()) + LASTS[LinkKind.COME_BACK]


def _as_text(page: ConsentCopy) -> str:
    lines = (
        gettext("A copy of your choice"),
        gettext("Study: %(study)s", study=page.study_title),
        page.round_label,
        gettext("Date: %(date)s", date=clock.as_date_and_time(page.answered_at)),
        gettext("Version of the text: %(version)s", version=page.version),
        gettext("Your answer: %(answer)s", answer=page.answer),
        page.entered_words,
        gettext("This is what you were asked:"),
        page.wording,
        *((gettext("How to reach the study team"), page.team_contact) if page.team_contact else ()),
    )
    return "\n\n".join(line for line in lines if line).replace("\r\n", "\n") + "\n"

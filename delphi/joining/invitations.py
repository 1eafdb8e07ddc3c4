"""Pages for people who are not signed in: a study's open link, and the "no thank you" of a message."""

from dataclasses import replace

from flask import Blueprint, Response, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.access.links import LinkInView, find_link, hash_of
from delphi.access.panellist_codes import new_panellist_code
from delphi.access.sessions import FORMS, begin_session
from delphi.access.throttle import few_new_people, few_wrong_links
from delphi.domain.joining import Door
from delphi.extensions import csrf
from delphi.joining.actions import join_study, say_no_thank_you
from delphi.joining.forms import JoinForm, NoThankYouForm, refusal_wording
from delphi.joining.pages import JoinPage
from delphi.joining.queries import join_page
from delphi.joining.wordings import wording_now
from delphi.standing import page_of, see, standing_of
from delphi.web import clock, pages

blueprint = Blueprint("invitations", __name__)
JOINED_BY = "joined_by"  # the number of the form by which this session's person joined


@blueprint.get("/join/<token>")
@guard.public
@few_wrong_links
def join(token: str) -> AnyResponse:
    """What a study is, and which groups take part in it."""
    page = join_page(token, now=clock.now())
    if page is None or page.door is not Door.OPEN:
        return _closed(page)
    return _ask_to_join(page, form=JoinForm())


@blueprint.post("/join/<token>")
@csrf.exempt  # type: ignore[untyped-decorator]  # Flask-WTF has no types
@guard.public
@few_wrong_links
@few_new_people
def come_in(token: str) -> AnyResponse:
    """Give somebody a place on the panel and sign them in.

    The button may be pressed again while the next page is on its way. By then this browser's forms are made
    from another secret, so the CSRF token is asked for only after that has been seen.
    """
    form = JoinForm()
    if form.once.data and session.get(JOINED_BY) == form.once.data:
        return see("joining.joined")
    csrf.protect()
    page = join_page(token, now=clock.now())
    if page is None or page.door is not Door.OPEN:
        return _closed(page)
    form.offer([group.code for group in page.groups])
    if not form.validate_on_submit():
        return _ask_to_join(page, form=form, status=422)
    now = clock.now()
    sent = _name_of(form)
    person = join_study(page, group=form.group.data, code=new_panellist_code(), form=sent, now=now)
    begin_session(person, now=now)
    session[JOINED_BY] = form.once.data
    return see("joining.joined")


@blueprint.get("/no-thank-you/<token>")
@guard.public
@few_wrong_links
def no_thank_you(token: str) -> AnyResponse:
    """Say what "no thank you" does; looking changes nothing, since mail scanners look too."""
    now = clock.now()
    link = find_link(token, now=now)
    if link is None or link.panellist_id is None or link.is_expired:
        return _no_such_link(link)
    return page_of(
        standing_of(link.panellist_id, now=now), "joining/no_thank_you.html", form=NoThankYouForm()
    )


@blueprint.post("/no-thank-you/<token>")
@guard.public
@few_wrong_links
def say_no(token: str) -> AnyResponse:
    """Keep the no, also where the link was used before; it is not spent by it, and signs nobody in."""
    now = clock.now()
    link = find_link(token, now=now)
    if link is None or link.panellist_id is None or link.is_expired:
        return _no_such_link(link)
    standing = standing_of(link.panellist_id, now=now)
    wording = replace(wording_now(standing), text=refusal_wording())
    say_no_thank_you(standing, wording=wording, by=f"panellist:{link.panellist_id}", now=now)
    return see("invitations.said_no")


@blueprint.get("/no-thank-you")
@guard.public
def said_no() -> Response:
    """Thank somebody for their answer; nothing about any study."""
    return pages.render("joining/said_no.html")


def _name_of(form: JoinForm) -> str:
    """What the database keeps of a form that was sent.

    Who sends a form again goes on as the person whom it made. So its number is good in this browser alone,
    and as long as it has not signed in or out since: as long as its forms are made from the same secret.
    """
    return hash_of(f"{form.once.data} {session[FORMS]}")


def _ask_to_join(page: JoinPage, *, form: JoinForm, status: int = 200) -> Response:
    person = current.visitor()
    back = None
    if isinstance(person, current.SignedInPanellist) and person.study_id == page.study_id:
        back = url_for("rating.start")
    return pages.render(
        "joining/join.html",
        ribbon=page.ribbon,
        page=page,
        form=form,
        own_pages=back,
        someone_signed_in=person is not None,
        status=status,
    )


def _closed(page: JoinPage | None) -> Response:
    return pages.render("joining/closed.html", status=404 if page is None else 410)


def _no_such_link(link: LinkInView | None) -> Response:
    known = link is not None and link.panellist_id is not None
    return pages.render("joining/no_such_link.html", status=410 if known else 404)

"""Who may see which page: each view carries exactly one mark, or the app does not start."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, Response, abort, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from delphi import closing
from delphi.access import current
from delphi.access.current import SignedInPanellist, SignedInUser, StudyInView
from delphi.extensions import db
from delphi.models import Membership, Role, Study
from delphi.web import clock, pages

View = TypeVar("View", bound=Callable[..., Any])
MARK = "access_mark"
SIGN_IN = "access.sign_in_by_password"
SIGNED_OUT = "leaving.signed_out"
LOOKING = frozenset({"GET", "HEAD"})
ERRORS = frozenset({400, 404, 405, 413, 429, 500})  # their pages hold nothing of a study


class Level(StrEnum):
    """Kinds of visitor that a view is for."""

    PUBLIC = "public"
    PANELLIST = "panellist"
    STAFF = "staff"
    STUDY = "study"


FOR_TEAMS = frozenset({Level.STAFF, Level.STUDY})


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Whom a view is for; `roles` only at the level of a study.

    `after_timeout`: also for panellists whom the time-out has signed out, to hand in what they wrote.
    """

    level: Level
    roles: frozenset[Role] = frozenset()
    after_timeout: bool = False


class UnguardedView(Exception):
    """A view that does not say whom it is for, or whose URL does not fit what it says."""


def public(view: View) -> View:
    """Anybody may see it."""
    return _marked(view, Mark(level=Level.PUBLIC))


def panellist(view: View) -> View:
    """Signed-in panellists only."""
    return _marked(view, Mark(level=Level.PANELLIST))


def panellist_handing_in(view: View) -> View:
    """Panellists, also those whom the time-out has signed out: what they wrote is kept, they see nothing.

    `current.panellist` is theirs. The view says `current.note_answers_kept()` when it is on disk. To somebody
    signed out only JSON is passed on: it must hold no words of theirs. Pages and redirects become a page
    that says how to come back.
    """
    return _marked(view, Mark(level=Level.PANELLIST, after_timeout=True))


def staff(view: View) -> View:
    """Any signed-in user; the view shows only what is theirs."""
    return _marked(view, Mark(level=Level.STAFF))


def study(*roles: Role) -> Callable[[View], View]:
    """Members of the study `<study>` in the URL who have one of the roles.

    To everybody else a study looks as if it did not exist; a member with another role is told so.
    """
    if not roles:
        raise ValueError("name at least one role")
    return lambda view: _marked(view, Mark(level=Level.STUDY, roles=frozenset(roles)))


def mark_of(app: Flask, endpoint: str) -> Mark:
    """The mark of an endpoint; raises UnguardedView if there is none."""
    mark = getattr(app.view_functions[endpoint], MARK, None)
    if not isinstance(mark, Mark):
        raise UnguardedView(f"{endpoint} has no access mark")
    return mark


def keep_watch(app: Flask) -> None:
    """Check each request before anything else looks at it."""
    app.before_request(lambda: None if request.endpoint is None else _admit(mark_of(app, request.endpoint)))
    app.after_request(_show_nothing_after_timeout)


def refuse_unmarked_views(app: Flask) -> None:
    """Raise UnguardedView unless every URL rule has a mark that fits it."""
    for rule in app.url_map.iter_rules():
        in_study = mark_of(app, rule.endpoint).level is Level.STUDY
        if in_study is not ("study" in rule.arguments):
            raise UnguardedView(f"{rule.rule}: <study> in the URL and @guard.study go together")


def _marked(view: View, mark: Mark) -> View:
    if hasattr(view, MARK):
        raise UnguardedView(f"{view.__qualname__} has two access marks")
    setattr(view, MARK, mark)
    return view


def _admit(mark: Mark) -> ResponseReturnValue | None:
    if mark.level is Level.PUBLIC:
        return None
    person = current.visitor() or (current.admit_writer() if mark.after_timeout else None)
    if person is None:
        return _ask_to_sign_in(mark)
    _note_seen(person)
    if mark.level in FOR_TEAMS and isinstance(person, SignedInPanellist) and person.entered_by is not None:
        return _say_they_are_entering(person)
    if mark.level is Level.STUDY:
        _bring_study_into_view(person, roles=mark.roles)
    elif not isinstance(person, SignedInPanellist if mark.level is Level.PANELLIST else SignedInUser):
        abort(403)
    return None


def _say_they_are_entering(person: SignedInPanellist) -> ResponseReturnValue:
    # The same for every address, so that it does not tell which studies there are.
    sent = request.method not in LOOKING
    return pages.render("access/entering_answers.html", status=403, panellist=person, sent=sent)


def _note_seen(person: current.Visitor) -> None:
    # The answer to a script would bring back the session if it came after "Exit this page" had ended it.
    # A page's own request is given up by the browser when it goes to another site.
    by_script = request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
    if isinstance(person, SignedInPanellist) and not by_script and not current.writer_after_timeout():
        current.note_seen(at=clock.now())


def _show_nothing_after_timeout(response: Response) -> Response:
    if current.writer_after_timeout() is None or response.is_json or response.status_code in ERRORS:
        return response
    session.pop("_flashes", None)  # it would be shown on the next page, to anybody
    kept = "yes" if current.answers_kept() else None
    return Response(status=303, headers={"Location": url_for(SIGNED_OUT, kept=kept)})


def _ask_to_sign_in(mark: Mark) -> ResponseReturnValue:
    current.forget_ended_session()
    if mark.level is Level.PANELLIST or request.method not in LOOKING:
        abort(401)
    return redirect(url_for(SIGN_IN, next=request.path), code=303)


def _bring_study_into_view(person: current.Visitor, *, roles: frozenset[Role]) -> None:
    if not isinstance(person, SignedInUser):
        abort(404)
    code = (request.view_args or {})["study"]
    membership = (Membership.study_id == Study.id) & (Membership.user_id == person.user_id)
    now = clock.now()
    due = closing.has_due_round(now=now).label("is_due")
    query = select(Study.id, Study.title, Membership.role, due).join(Membership, membership)
    row = db.session.execute(query.where(Study.code == code)).one_or_none()
    if row is None:
        abort(404)
    if row.role not in roles:
        abort(403)
    if row.is_due:
        closing.close_due_rounds(now=now, study_id=row.id)
    g.study_in_view = StudyInView(study_id=row.id, code=code, title=row.title, role=row.role)

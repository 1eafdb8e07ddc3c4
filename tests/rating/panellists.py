"""Panellists who come to rate."""

from datetime import datetime

from flask import Flask
from sqlalchemy import select, update

from delphi.access.contacts import ContactDetails, keep_contact
from delphi.extensions import db
from delphi.models import AuditRow, Comment, Panellist, Rating, Round, TextKind
from delphi.web import clock
from tests.studies_on_app import StudyOnApp
from tests.web_client import Fields, PageClient, filled_in, sign_in_panellist

CRITERION = "inclusion"


def signed_in(app: Flask, study: StudyOnApp, code: str) -> PageClient:
    """A panellist who has just opened their link, and has read how to leave at once."""
    client = PageClient(app)
    sign_in_panellist(client, study.panellists[code])
    client.get("/rate/exit-help")
    return client


def who_agreed(app: Flask, study: StudyOnApp, code: str) -> PageClient:
    """A panellist who has agreed to take part and stands where they go on."""
    client = signed_in(app, study, code)
    client.get("/rate/consent")
    client.submit({"agree": "yes"})
    if client.page and client.page.url == "/rate/reach":  # asked once a round, whom the team can reach
        client.submit(button="Save and continue")
    client.get("/rate")
    return client


def give_contact(app: Flask, study: StudyOnApp, code: str) -> None:
    """Let the team know how to reach a panellist."""
    contact = ContactDetails(name="Ada", email="ada@a.example")
    with app.app_context():
        keys, now = app.config["CONTACT_KEYS"], clock.now()
        keep_contact(study.panellists[code], contact=contact, keys=keys, by="command line", now=now)


def came_by_open_link(app: Flask, study: StudyOnApp, code: str) -> None:
    """Let a panellist be one who joined by the study's open link, whom nobody knows."""
    with app.app_context():
        whose = Panellist.id == study.panellists[code]
        db.session.execute(update(Panellist).where(whose).values(join_form=f"the form of {code}"))
        db.session.commit()


def rating_of(study: StudyOnApp, outcome: str, criterion: str = CRITERION) -> str:
    """The name of an outcome's field."""
    return f"rating-{study.outcomes[outcome]}-{criterion}"


def comment_on(study: StudyOnApp, outcome: str) -> str:
    """The name of an outcome's comment box."""
    return f"comment-{study.outcomes[outcome]}"


def rows_of(
    app: Flask, study: StudyOnApp, panellist: str, *, round_code: str = "2"
) -> list[tuple[str, str, bool]]:
    """A panellist's ratings in a round, oldest first: outcome, answer, late."""
    outcomes = {outcome_id: code for code, outcome_id in study.outcomes.items()}
    query = (
        select(Rating)
        .where(
            Rating.round_id == study.rounds[round_code], Rating.panellist_id == study.panellists[panellist]
        )
        .order_by(Rating.id)
    )
    with app.app_context():
        return [
            (outcomes[row.outcome_id], str(row.score if row.missing is None else row.missing.value), row.late)
            for row in db.session.scalars(query)
        ]


def comments_of(
    app: Flask, study: StudyOnApp, panellist: str, *, round_code: str = "2"
) -> list[tuple[str, bool]]:
    """A panellist's comments in a round, oldest first: text, late."""
    mine = Comment.panellist_id == study.panellists[panellist]
    query = select(Comment).where(Comment.round_id == study.rounds[round_code], mine).order_by(Comment.id)
    with app.app_context():
        return [(row.text, row.late) for row in db.session.scalars(query)]


def close(app: Flask, study: StudyOnApp, round_code: str, *, at: datetime) -> None:
    """Close a round."""
    with app.app_context():
        db.session.execute(update(Round).where(Round.id == study.rounds[round_code]).values(closed_at=at))
        db.session.commit()


def audit_rows(app: Flask, panellist_id: int) -> list[tuple[str, dict[str, object]]]:
    """What the trail tells of a panellist, oldest first: action, detail."""
    query = select(AuditRow).where(AuditRow.actor == f"panellist:{panellist_id}").order_by(AuditRow.id)
    with app.app_context():
        return [(row.action, row.detail) for row in db.session.scalars(query)]


def text_on(study: StudyOnApp, outcome: str, kind: TextKind) -> str:
    """The name of an outcome's text box of a kind."""
    return f"{kind.value}-{study.outcomes[outcome]}"


def texts_of(
    app: Flask, study: StudyOnApp, panellist: str, *, round_code: str = "2"
) -> list[tuple[str | None, str, str]]:
    """A panellist's texts in a round, oldest first: outcome, kind, text."""
    outcomes = {outcome_id: code for code, outcome_id in study.outcomes.items()}
    mine = Comment.panellist_id == study.panellists[panellist]
    query = select(Comment).where(Comment.round_id == study.rounds[round_code], mine).order_by(Comment.id)
    with app.app_context():
        return [
            (outcomes.get(row.outcome_id or 0), row.kind.value, row.text) for row in db.session.scalars(query)
        ]


def filled(client: PageClient, fields: Fields) -> dict[str, list[str]]:
    """What the form of the page that a panellist sees would send now, with these fields filled."""
    if client.page is None:
        raise LookupError("there is no page yet")
    return filled_in(client.page.form(), fields)

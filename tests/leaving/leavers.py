"""Panellists who are away, or leave."""

from flask import Flask
from sqlalchemy import select

from delphi.access.current import SEEN_AT, SIGNED_IN_AT
from delphi.extensions import db
from delphi.models import ContactWish
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient

LEAVES = {"kept": "Leave and keep my answers", "removed": "Delete my answers and leave"}
MINUTE, DAY = 60, 24 * 60 * 60


def be_away(client: PageClient, *, seconds: int) -> None:
    """Do nothing for a while: everything that the session remembers was so much earlier."""
    with client.http.session_transaction() as session:
        for moment in (SIGNED_IN_AT, SEEN_AT):
            if moment in session:
                session[moment] -= seconds


def leave(client: PageClient, way: str) -> None:
    """Leave the study by its pages, up to the receipt."""
    client.get("/rate/leave")
    client.submit({"way": way}, button="Continue")
    client.submit(button=LEAVES[way])


def wishes_of(app: Flask, study: StudyOnApp, code: str) -> list[ContactWish]:
    """What a panellist wished, oldest first."""
    mine = ContactWish.panellist_id == study.panellists[code]
    with app.app_context():
        return list(db.session.scalars(select(ContactWish).where(mine).order_by(ContactWish.id)))

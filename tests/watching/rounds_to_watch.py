"""A running round and those who watch it."""

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import update

from delphi.extensions import db
from delphi.models import Role, Round
from delphi.web import clock
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient, sign_in_user

ROUND = "/studies/small/rounds/2"
PROGRESS, PLAN = f"{ROUND}/progress", f"{ROUND}/planned-closing"
ON_TIME = {"day": "2999-04-30", "hour": "18:00"}


def member(app: Flask, study: StudyOnApp, role: Role = Role.OWNER) -> PageClient:
    """A signed-in member of the team."""
    client = PageClient(app)
    sign_in_user(client, study.team[role])
    return client


def let_the_time_come(app: Flask, study: StudyOnApp, *, ago: timedelta = timedelta(hours=1)) -> datetime:
    """The planned closing of Round 2 was `ago`, and nobody has looked since."""
    moment = clock.now() - ago
    with app.app_context():
        times = {"opened_at": moment - timedelta(days=2), "closes_at": moment}
        db.session.execute(update(Round).where(Round.id == study.rounds["2"]).values(times))
        db.session.commit()
    return moment


def round_2(app: Flask, study: StudyOnApp) -> Round:
    """The round's row."""
    with app.app_context():
        return db.session.get_one(Round, study.rounds["2"])

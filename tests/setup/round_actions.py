"""Studies at the point where a round can be opened or closed, and the actions on them by code."""

from dataclasses import replace

from flask import Flask
from sqlalchemy import select

from analysis.study.study import Study
from delphi.extensions import db
from delphi.models import AuditRow, Role, Round
from delphi.setup.actions import close_round, open_round
from delphi.web import clock
from tests.data.small_study import small_study
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient, sign_in_user


def study_before_round_2(*, code: str = "small") -> Study:
    """The small study with its first round answered and decided on, and nothing of the second."""
    study = small_study(code=code)
    return replace(study, ratings=tuple(rating for rating in study.ratings if rating.round == "1"))


def load_before_round_2(app: Flask) -> StudyOnApp:
    """Round 1 closed, Round 2 not opened."""
    return load_study(app, study_before_round_2(), open_round=None)


def member(app: Flask, study: StudyOnApp, role: Role = Role.OWNER) -> PageClient:
    """A signed-in member of the team."""
    client = PageClient(app)
    sign_in_user(client, study.team[role])
    return client


def open_by_code(study: StudyOnApp, code: str) -> str:
    """Open a round; needs an app context."""
    return open_round(
        study.study_id, round_id=study.rounds[code], round_code=code, by="user:1", now=clock.now()
    )


def close_by_code(study: StudyOnApp, code: str) -> None:
    """Close a round; needs an app context."""
    close_round(study.study_id, round_id=study.rounds[code], round_code=code, by="user:1", now=clock.now())


def facts_of(app: Flask, study: StudyOnApp, code: str) -> Round:
    """The round's row."""
    with app.app_context():
        return db.session.get_one(Round, study.rounds[code])


def acts_of(app: Flask, study: StudyOnApp) -> list[str]:
    """What the audit trail says happened in the study, first to last."""
    with app.app_context():
        query = select(AuditRow.action).where(AuditRow.study_id == study.study_id).order_by(AuditRow.id)
        return list(db.session.scalars(query))

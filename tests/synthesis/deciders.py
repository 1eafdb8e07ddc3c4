"""A study whose first round is over and undecided, and people who decide on it."""

from dataclasses import replace
from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from analysis.study.protocol import FeedbackPolicy
from analysis.study.study import Study
from delphi.extensions import db
from delphi.models import Role, Round
from delphi.web import clock
from tests.data.small_study import LIST_1, small_study
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import Page, PageClient, sign_in_user

URL = "/studies/small/rounds/1/decisions"
OUTCOMES = f"{URL}/outcomes"
SAVE = "Save this decision"


def undecided_study() -> Study:
    """The small study at the end of Round 1: nothing decided, nothing of Round 2, small groups shown."""
    small = small_study()
    return replace(
        small,
        protocol=replace(small.protocol, feedback=FeedbackPolicy(minimum_group_size=2)),
        outcomes=small.outcomes[: len(LIST_1)],
        lineage=(),
        panel=tuple(replace(one, joined="1", withdrew=None) for one in small.panel),
        ratings=tuple(one for one in small.ratings if one.round == "1"),
    )


def load_closed(app: Flask, study: Study) -> StudyOnApp:
    """Load a study whose Round 1 has just closed."""
    loaded = load_study(app, study, open_round="1")
    with app.app_context():
        closed = update(Round).where(Round.id == loaded.rounds["1"])
        db.session.execute(closed.values(closed_at=clock.now() + timedelta(seconds=1)))
        db.session.commit()
    return loaded


def member(app: Flask, study: StudyOnApp, role: Role) -> PageClient:
    """A browser with somebody of the team."""
    client = PageClient(app)
    sign_in_user(client, study.team[role])
    return client


def decide(client: PageClient, outcome: str, action: str, **fields: str | list[str]) -> Page:
    """Decide on an outcome."""
    client.get(f"{OUTCOMES}/{outcome}/{action}")
    return client.submit({"reason": f"Because of {outcome}.", **fields}, button=SAVE)


def accept_rule(client: PageClient) -> Page:
    """Accept the rule for what is undecided."""
    client.get(f"{URL}/rule")
    return client.submit({"reason": "The rule."}, button="Accept the rule for these outcomes")

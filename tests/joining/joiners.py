"""Studies that people can join, and people who come."""

from dataclasses import replace

from flask import Flask
from sqlalchemy import select, update

from analysis.study.rounds import SectionOrder
from analysis.study.study import Study
from analysis.study.taking_part import Joining, ProfileKind, ProfileQuestion
from delphi.extensions import db
from delphi.models import Consent, OpenLink, Panellist, Role
from delphi.models import Study as StudyRow
from tests.data.small_study import small_study
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient, sign_in_user

REGION = ProfileQuestion("region", "Where do you live?", ProfileKind.CHOICE, ("In a town", "In a village"))
SPOKEN = ProfileQuestion("spoken", "Which do you speak?", ProfileKind.SEVERAL, ("English", "Welsh", "Polish"))
WORK = ProfileQuestion("work", "What is your work?", ProfileKind.TEXT, hint="A few words.")
PANEL = "/studies/small/panel"


def study_to_join(*, confirm_groups: bool = True, languages: tuple[str, ...] = ("en",)) -> Study:
    """The small study with an open link, questions about oneself, and sections shuffled in Round 2."""
    small = small_study()
    first, second = small.protocol.rounds
    protocol = replace(
        small.protocol,
        study=replace(small.protocol.study, languages=languages),
        joining=Joining(open_link=True, confirm_groups=confirm_groups),
        profile=(REGION, SPOKEN, WORK),
        rounds=(first, replace(second, order=SectionOrder.SHUFFLED)),
    )
    return replace(small, protocol=protocol)


def team_of(app: Flask, study: StudyOnApp, role: Role = Role.OWNER) -> PageClient:
    """A member of the study's team, signed in."""
    client = PageClient(app)
    sign_in_user(client, study.team[role])
    return client


def open_link_of(app: Flask, study: StudyOnApp) -> str:
    """Where one joins: the team makes the study's open link."""
    client = team_of(app, study)
    client.get(PANEL)
    client.submit(button="Make an open link")
    with app.app_context():
        return f"/join/{newest_token()}"


def newest_token() -> str:
    """The token of the newest open link; in an app context."""
    return db.session.scalars(select(OpenLink.token).order_by(OpenLink.id.desc())).first() or ""


def who_joined(app: Flask, address: str, *, group: str = "survivors") -> PageClient:
    """Somebody who has just joined by an open link."""
    client = PageClient(app)
    client.get(address)
    client.submit({"group": group})
    return client


def newest_panellist(app: Flask) -> Panellist:
    """Whoever joined last."""
    with app.app_context():
        return db.session.scalars(select(Panellist).order_by(Panellist.id.desc())).all()[0]


def consents_of(app: Flask, panellist_id: int) -> list[Consent]:
    """What somebody answered to the consent question, oldest first."""
    query = select(Consent).where(Consent.panellist_id == panellist_id).order_by(Consent.id)
    with app.app_context():
        return list(db.session.scalars(query))


def change_protocol(app: Flask, *pairs: tuple[str, str]) -> None:
    """Change the text of the small study's protocol, as a team does between rounds."""
    with app.app_context():
        text = db.session.scalars(select(StudyRow.protocol).where(StudyRow.code == "small")).one()
        for before, after in pairs:
            assert before in text
            text = text.replace(before, after)
        db.session.execute(update(StudyRow).where(StudyRow.code == "small").values(protocol=text))
        db.session.commit()

"""The panel's page: how far each person is, by group, against targets, a hundred at a time."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from delphi.access.links import make_link
from delphi.dataset import import_study, protocol_of
from delphi.extensions import db
from delphi.models import Channel, Consent, ContactWish, Hours, Panellist, Reminders, Round, SignInLink, Study
from delphi.panel.actions import LINK_LASTS
from delphi.panel.progress import open_round_of, progress_of
from delphi.web import clock
from tests.apps import app_on, close_connections
from tests.data.small_study import small_study
from tests.enrolling.uploads import member
from tests.studies_on_app import StudyOnApp

PANEL = "/studies/small/panel"
TODAY = date(2026, 1, 1)


def statuses(study_id: int) -> dict[str, str]:
    """Where everybody stands."""
    round_ = open_round_of(study_id, protocol_of(db.session.get_one(Study, study_id)))
    return {person.code: person.status.value for person in progress_of(study_id, round_=round_, today=TODAY)}


def ids_of(study_id: int) -> dict[str, int]:
    query = select(Panellist.code, Panellist.id).where(Panellist.study_id == study_id)
    return dict(db.session.execute(query).all())


def invite(panellist_id: int, *, used: bool) -> None:
    make_link(panellist_id=panellist_id, by="command line", now=clock.now(), valid_for=LINK_LASTS)
    link = db.session.scalars(select(SignInLink).where(SignInLink.panellist_id == panellist_id)).one()
    link.used_at = clock.now() if used else None
    db.session.commit()


def consent(panellist_id: int, round_id: int, *, agreed: bool) -> Consent:
    return Consent(
        panellist_id=panellist_id, round_id=round_id, wording="Yes?", agreed=agreed, answered_at=clock.now()
    )


def pause(panellist_id: int) -> ContactWish:
    return ContactWish(
        panellist_id=panellist_id,
        round_id=None,
        channel=Channel.EMAIL,
        hours=Hours.ANY,
        neutral=True,
        reminders=Reminders.PAUSED,
        paused_until=date(2999, 1, 1),
        answered_at=clock.now(),
    )


def test_each_status_comes_from_what_happened(database_url: str) -> None:
    app = app_on(database_url)
    with app.app_context():
        db.create_all()
        study_id = import_study(small_study(), by="command line", now=clock.now(), open_round="2")
        ids = ids_of(study_id)
        round_id = db.session.scalars(
            select(Round.id).where(Round.study_id == study_id, Round.code == "2")
        ).one()
        before = statuses(study_id)
        assert before == {
            **dict.fromkeys(("s1", "s2", "s3", "s6", "r1", "r2"), "finished"),
            **{"s4": "not_invited", "s5": "not_invited", "r3": "withdrawn"},
        }
        seen = []
        invite(ids["s4"], used=False)
        invite(ids["s5"], used=True)
        seen.append(statuses(study_id))
        db.session.add_all(
            [consent(ids["s4"], round_id, agreed=False), consent(ids["s5"], round_id, agreed=True)]
        )
        db.session.commit()
        seen.append(statuses(study_id))
        db.session.add_all([consent(ids["s4"], round_id, agreed=True), pause(ids["s5"]), pause(ids["s1"])])
        db.session.commit()
        seen.append(statuses(study_id))
        db.session.remove()
    close_connections(app)
    assert [(each["s4"], each["s5"]) for each in seen] == [
        ("invited", "opened"),
        ("declined", "consented"),
        ("consented", "paused"),
    ]
    assert seen[-1]["s1"] == "finished"


def test_a_link_of_an_earlier_round_is_no_invitation_to_this_one(app: Flask, study: StudyOnApp) -> None:
    with app.app_context():
        invite(study.panellists["s4"], used=True)
        db.session.get_one(Round, study.rounds["1"]).closed_at = clock.now()
        db.session.commit()
        assert statuses(study.study_id)["s4"] == "not_invited"


def test_group_and_status_are_chosen_together(app: Flask, study: StudyOnApp) -> None:
    client = member(app, study)
    page = client.get(f"{PANEL}?group=researchers")
    assert [row[0] for row in page.table_rows()[1:]] == ["r1", "r2", "r3"]
    page = client.get(page.link("Finished (2)"))
    assert [row[0] for row in page.table_rows()[1:]] == ["r1", "r2"]
    assert "Researchers (3)" in page.text
    assert client.get(page.link("All groups (9)")).table_rows()[1][0] == "s1"


def test_targets_stand_beside_who_has_come(app: Flask, study: StudyOnApp) -> None:
    client = member(app, study)
    client.get("/studies/small/people/targets")
    page = client.submit({"target-survivors": "many"}, button="Save the targets", status=422)
    assert "Survivors: Enter a whole number from 1, or nothing." in page.text
    page = client.submit({"target-survivors": "40"}, button="Save the targets")
    assert page.table_rows(1)[1:] == [["Survivors", "40", "6", "4", "4"], ["Researchers", "–", "2", "2", "2"]]
    client.get("/studies/small/people/targets")
    assert client.submit({"target-survivors": ""}, button="Save the targets").table_rows(1)[1][1] == "–"


@pytest.fixture
def crowd(app: Flask, study: StudyOnApp) -> StudyOnApp:
    """The small study with 240 more survivors."""
    with app.app_context():
        first = db.session.get_one(Panellist, study.panellists["s1"])
        db.session.add_all(
            Panellist(
                study_id=study.study_id,
                group_id=first.group_id,
                code=f"x{number}",
                position=100 + number,
                joined_round_id=study.rounds["2"],
                group_confirmed_at=clock.now(),
            )
            for number in range(240)
        )
        db.session.commit()
    return study


def test_people_are_listed_a_hundred_at_a_time(app: Flask, crowd: StudyOnApp) -> None:
    client = member(app, crowd)
    page = client.get(f"{PANEL}?group=survivors")
    seen = [row[0] for row in page.table_rows()[1:]]
    assert len(seen) == 100
    for words in ("2", "3"):
        page = client.get(page.link(words))
        seen += [row[0] for row in page.table_rows()[1:]]
    assert len(seen) == len(set(seen)) == 246
    assert client.get(f"{PANEL}?page=99").url == f"{PANEL}?page=99"
    assert len(page.statements) < 30

"""What panellists asked of the team stands where the team would get in touch."""

from dataclasses import replace
from datetime import date

from flask import Flask

from analysis.study.taking_part import ProfileKind, ProfileQuestion
from delphi.extensions import db
from delphi.models import Channel, ContactWish, Hours, Reminders, Role
from delphi.web import clock
from tests.data.small_study import small_study
from tests.leaving.leavers import LEAVES, leave
from tests.panel.test_entering import agree_and_rate, begin
from tests.rating.panellists import signed_in
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient, sign_in_user

PANEL = "/studies/small/panel"


def owner_of(app: Flask, study: StudyOnApp) -> PageClient:
    client = PageClient(app)
    sign_in_user(client, study.team[Role.OWNER])
    return client


def wish(
    app: Flask,
    study: StudyOnApp,
    code: str,
    *,
    channel: Channel,
    reminders: Reminders,
    until: date | None = None,
) -> None:
    with app.app_context():
        row = ContactWish(
            panellist_id=study.panellists[code],
            round_id=None,
            channel=channel,
            hours=Hours.EVENING,
            neutral=True,
            reminders=reminders,
            paused_until=until,
            answered_at=clock.now(),
        )
        db.session.add(row)
        db.session.commit()


def test_the_panel_says_whom_not_to_contact_or_remind(app: Flask, study: StudyOnApp) -> None:
    wish(app, study, "s1", channel=Channel.NONE, reminders=Reminders.WANTED)
    wish(app, study, "s2", channel=Channel.EMAIL, reminders=Reminders.STOPPED)
    wish(app, study, "s3", channel=Channel.EMAIL, reminders=Reminders.PAUSED, until=date(2999, 1, 31))
    wish(app, study, "s4", channel=Channel.EMAIL, reminders=Reminders.PAUSED, until=date(2020, 1, 31))
    rows = {row[0]: row[2] for row in owner_of(app, study).get(PANEL).table_rows()}
    assert rows["s1"].endswith("Do not contact")
    assert rows["s2"].endswith("No reminders")
    assert rows["s3"].endswith("No reminders until 31 January 2999")
    assert "reminders" not in rows["s4"] + rows["s5"]


def test_a_link_for_who_wants_no_contact_comes_with_a_warning(app: Flask, study: StudyOnApp) -> None:
    wish(app, study, "s1", channel=Channel.NONE, reminders=Reminders.WANTED)
    client = owner_of(app, study)
    for code, is_warned in (("s1", True), ("s2", False)):
        page = client.get(f"{PANEL}/{code}")
        assert ("Not at all: they come back by themselves" in page.text) is is_warned
        for button in ("Make a personal link", "Make a code to read out"):
            client.get(f"{PANEL}/{code}")
            assert ("asked not to be contacted" in client.submit(button=button).text) is is_warned


def test_how_to_reach_somebody_stands_on_their_page(app: Flask, study: StudyOnApp) -> None:
    wish(app, study, "s1", channel=Channel.TELEPHONE, reminders=Reminders.STOPPED)
    text = owner_of(app, study).get(f"{PANEL}/s1").text
    assert "By telephone in the evening, with a sender and a subject that do not name the study" in text


def test_who_left_by_themselves_is_told_apart(app: Flask, study: StudyOnApp) -> None:
    leave(signed_in(app, study, "s4"), "kept")
    client = owner_of(app, study)
    rows = {row[0]: row[2] for row in client.get(PANEL).table_rows()}
    assert (rows["s4"], rows["r3"]) == ("Withdrawn by themselves", "Withdrawn")
    assert "Withdrawn by themselves" in client.get(f"{PANEL}/s4").text


def test_who_left_through_the_team_did_not_leave_by_themselves(app: Flask, study: StudyOnApp) -> None:
    team = begin(app, study, mode="paper")
    team.get("/rate/leave/kept")
    assert "The study team, from paper." in team.submit(button=LEAVES["kept"]).text
    assert "Who entered this: the study team, from paper." in team.http.get("/rate/receipt.txt").text
    client = owner_of(app, study)
    rows = {row[0]: row[2] for row in client.get(PANEL).table_rows()}
    assert rows["s4"] == "Withdrawn, entered by the team from paper"
    assert "by themselves" not in client.get(f"{PANEL}/s4").text


def test_that_the_team_entered_a_finish_or_what_somebody_tells_is_said(app: Flask) -> None:
    small = small_study()
    region = ProfileQuestion(code="region", question="Where do you live?", kind=ProfileKind.TEXT)
    protocol = replace(small.protocol, profile=(region,))
    study = load_study(app, replace(small, protocol=protocol), open_round="2")
    team = begin(app, study, mode="helper")
    agree_and_rate(team, study)
    team.get("/rate/about-you")
    team.submit({"about-region": "North"})
    team.get("/rate/finish")
    team.submit({})
    client = owner_of(app, study)
    rows = {row[0]: row[2] for row in client.get(PANEL).table_rows()}
    assert rows["s4"].startswith("Finished, entered for them")
    assert "North entered as a helper" in client.get(f"{PANEL}/s4").text

"""Joining by a study's open link."""

import re
import threading

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from delphi.dataset import export_study
from delphi.extensions import db
from delphi.models import AuditRow, OpenLink, Panellist, Role, Round, StakeholderGroup, Study
from delphi.web import clock
from tests.data.small_study import small_study
from tests.joining.joiners import (
    PANEL,
    newest_panellist,
    newest_token,
    open_link_of,
    study_to_join,
    team_of,
    who_joined,
)
from tests.rating.panellists import close, signed_in
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient, filled_in

RESULTS = "/studies/small/rounds/2/results"


def agree_and_rate(client: PageClient) -> None:
    """Say yes, leave the questions about oneself, and rate one outcome."""
    client.get("/rate/consent")
    client.submit({"agree": "yes"})
    client.submit(button="Continue")
    page = client.get("/rate/section/1")
    radios = page.root.findall(".//main//input[@type='radio']")
    client.submit({radios[0].get("name") or "": "8"}, button="Save and continue")


def test_the_page_tells_what_it_is_and_asks_for_the_group(app: Flask, joinable: StudyOnApp) -> None:
    page = PageClient(app).get(open_link_of(app, joinable))
    assert (page.h1, page.find(".//title").text) == ("Welcome", "Welcome – Chorus")
    for words in ("A small study", "We do not ask for your name.", "Survivors", "Researchers"):
        assert words in page.text
    assert "Adults who have lived through it." in page.text
    assert "The team confirms your group." in page.text


def test_whoever_joins_is_signed_in_and_told_that_the_team_confirms(app: Flask, joinable: StudyOnApp) -> None:
    client = who_joined(app, open_link_of(app, joinable))
    assert client.page is not None
    assert (client.page.url, client.page.h1) == ("/rate/joined", "You have joined")
    assert "The study team confirms the group first." in client.page.text
    assert (
        "Without a sign-in code you cannot come back on another device or after you sign out."
        in client.page.text
    )
    client.submit(button="Make a sign-in code")
    assert client.page.h1 == "Your sign-in code"
    assert client.get("/rate/welcome").text.count("has not confirmed this group yet") == 1


def test_nothing_of_the_others_is_shown_before_the_team_has_confirmed_the_group(
    app: Flask, joinable: StudyOnApp
) -> None:
    client = who_joined(app, open_link_of(app, joinable))
    client.get("/rate/consent")
    client.submit({"agree": "yes"})
    page = client.get("/rate/section/1")
    assert "short texts" in page.text
    assert "chose 7 to 9" not in page.text
    assert "What people wrote" not in page.text


def test_they_stand_last_with_a_code_that_tells_nothing(app: Flask, joinable: StudyOnApp) -> None:
    who_joined(app, open_link_of(app, joinable))
    person = newest_panellist(app)
    assert re.fullmatch("p-[a-z0-9]{8}", person.code)
    assert person.position == len(joinable.panellists)
    assert (person.joined_round_id, person.group_confirmed_at) == (joinable.rounds["2"], None)


def test_nobody_has_to_be_confirmed_where_the_protocol_says_so(app: Flask) -> None:
    study = load_study(app, study_to_join(confirm_groups=False), open_round="2")
    client = who_joined(app, open_link_of(app, study), group="researchers")
    assert client.page is not None
    assert "Your answers count as answers of this group." in client.page.text
    assert newest_panellist(app).group_confirmed_at is not None
    assert "Waiting for you" not in team_of(app, study).get(PANEL).text


def test_answers_count_once_the_team_has_confirmed_the_group(app: Flask, joinable: StudyOnApp) -> None:
    client = who_joined(app, open_link_of(app, joinable))
    agree_and_rate(client)
    code = newest_panellist(app).code
    with app.app_context():
        assert code not in {rating.panellist for rating in export_study(joinable.study_id).ratings}
    team = team_of(app, joinable, Role.FACILITATOR)
    team.get(team.get(PANEL).link(f"Confirm the group of {code}"))
    page = team.submit({"group": "researchers"}, button="Confirm this group")
    assert "Their answers count." in page.text
    with app.app_context():
        exported = export_study(joinable.study_id)
    assert [person.group for person in exported.panel if person.code == code] == ["researchers"]
    assert code in {rating.panellist for rating in exported.ratings}


def test_confirming_is_in_the_trail_and_happens_once(app: Flask, joinable: StudyOnApp) -> None:
    who_joined(app, open_link_of(app, joinable))
    code, team = newest_panellist(app).code, team_of(app, joinable)
    team.get(f"{PANEL}/{code}")
    for group in ("survivors", "researchers"):
        form = {"csrf_token": team.http.get(PANEL).text.split('csrf_token" value="')[1].split('"')[0]}
        team.post(f"{PANEL}/{code}/group", {**form, "group": group})
    with app.app_context():
        rows = db.session.scalars(select(AuditRow).where(AuditRow.action == "group confirmed")).all()
        assert [(row.actor, row.detail["group"]) for row in rows] == [
            (f"user:{joinable.team[Role.OWNER]}", "survivors")
        ]
        query = select(StakeholderGroup.code).join(Panellist, Panellist.group_id == StakeholderGroup.id)
        assert db.session.scalar(query.where(Panellist.code == code)) == "survivors"


def test_confirming_after_a_round_has_closed_leaves_its_results_as_they_were(
    app: Flask, joinable: StudyOnApp
) -> None:
    agree_and_rate(who_joined(app, open_link_of(app, joinable)))
    close(app, joinable, "2", at=clock.now())
    team, code = team_of(app, joinable), newest_panellist(app).code
    assert "They have answered in Round 2, which has closed." in team.get(f"{PANEL}/{code}").text
    before = team.get(RESULTS).table_rows()
    team.get(f"{PANEL}/{code}")
    team.submit(button="Confirm this group")
    after = team.get(RESULTS)
    assert after.table_rows() == before
    assert "Since closing: 1 answer of people whose group was confirmed later." in after.text
    with app.app_context():
        mine = [one for one in export_study(joinable.study_id).ratings if one.panellist == code]
        assert [one.late for one in mine] == [True]
        row = db.session.scalars(select(AuditRow).where(AuditRow.action == "group confirmed")).one()
        assert row.detail["closed_rounds"] == ["Round 2"]


def test_who_closes_a_round_is_told_of_those_who_wait(app: Flask, joinable: StudyOnApp) -> None:
    agree_and_rate(who_joined(app, open_link_of(app, joinable)))
    page = team_of(app, joinable).get("/studies/small/rounds/2/close")
    assert "1 person waits for you to confirm their group." in page.text


def test_without_a_group_nobody_joins(app: Flask, joinable: StudyOnApp) -> None:
    client = PageClient(app)
    client.get(open_link_of(app, joinable))
    page = client.submit(status=422)
    assert page.text.count("Choose the group that fits you best.") == 2
    assert newest_panellist(app).id == max(joinable.panellists.values())


def test_a_group_that_there_is_not_is_refused(app: Flask, joinable: StudyOnApp) -> None:
    client, address = PageClient(app), open_link_of(app, joinable)
    token = client.get(address).form("Join").find(".//input[@name='csrf_token']")
    assert token is not None
    client.post(address, {"csrf_token": token.get("value") or "", "group": "kings"}, status=422)
    assert newest_panellist(app).id == max(joinable.panellists.values())


def test_an_ended_link_lets_nobody_in(app: Flask, joinable: StudyOnApp) -> None:
    address, team = open_link_of(app, joinable), team_of(app, joinable)
    team.get(team.get(PANEL).link("End the open link"))
    assert "Nobody can join by it." in team.submit(button="End the open link").text
    page = PageClient(app).get(address, status=410)
    assert (page.h1, "small" in page.text) == ("Nobody can join here now", False)


def test_a_new_link_ends_the_one_before(app: Flask, joinable: StudyOnApp) -> None:
    older = open_link_of(app, joinable)
    with app.app_context():
        db.session.execute(update(OpenLink).values(ended_at=clock.now()))
        db.session.commit()
    newer = open_link_of(app, joinable)
    assert PageClient(app).get(older, status=410).h1 == "Nobody can join here now"
    assert PageClient(app).get(newer).h1 == "Welcome"


def test_after_the_last_round_nobody_joins(app: Flask, joinable: StudyOnApp) -> None:
    address = open_link_of(app, joinable)
    close(app, joinable, "2", at=clock.now())
    assert PageClient(app).get(address, status=410).h1 == "Nobody can join here now"


def test_before_a_round_one_joins_the_next(app: Flask, joinable: StudyOnApp) -> None:
    address = open_link_of(app, joinable)
    with app.app_context():
        db.session.execute(update(Round).where(Round.code == "2").values(opened_at=None))
        db.session.commit()
    client = who_joined(app, address)
    assert client.page is not None
    assert "No round is open at the moment." in client.page.text
    assert newest_panellist(app).joined_round_id == joinable.rounds["2"]
    page = client.get("/rate")
    assert page.h1 == "Nothing to do right now"
    assert "Come back with your sign-in code." in page.text
    assert "the team will tell you" not in page.text


def test_a_study_without_open_links_has_none(app: Flask) -> None:
    study = load_study(app, small_study(), open_round="2")
    team = team_of(app, study)
    assert "Open link" not in team.get(PANEL).text
    token = team.get(PANEL).form("Sign out").find(".//input")
    assert token is not None
    team.post("/studies/small/open-link", {"csrf_token": token.get("value") or ""}, status=404)
    with app.app_context():
        db.session.add(OpenLink(study_id=study.study_id, token="t", made_at=clock.now(), ended_at=None))
        db.session.commit()
    assert PageClient(app).get("/join/t", status=410).h1 == "Nobody can join here now"


def test_whoever_has_joined_with_this_browser_is_asked_first(app: Flask, joinable: StudyOnApp) -> None:
    address = open_link_of(app, joinable)
    page = who_joined(app, address).get(address)
    assert page.link("go on with your answers") == "/rate"
    assert "they will be signed out" in page.text


def test_a_script_cannot_fill_a_panel(app: Flask, joinable: StudyOnApp) -> None:
    address = open_link_of(app, joinable)
    for _ in range(20):
        who_joined(app, address)
    client = PageClient(app)
    client.get(address)
    assert client.submit({"group": "survivors"}, status=429).h1 == "Too many attempts"
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Panellist)) == len(joinable.panellists) + 20


@pytest.mark.parametrize("path", ["/join/{}", "/no-thank-you/{}"])
def test_unknown_addresses_are_throttled(app: Flask, path: str) -> None:
    client = PageClient(app)
    statuses = [client.http.get(path.format(number)).status_code for number in range(31)]
    assert statuses == [404] * 30 + [429]


def test_joining_works_on_each_database(app_on_each_database: Flask) -> None:
    app = app_on_each_database
    study = load_study(app, study_to_join(), open_round="2")
    who_joined(app, open_link_of(app, study))
    who_joined(app, f"/join/{_token(app)}", group="researchers")
    person, team = newest_panellist(app), team_of(app, study)
    assert person.position == len(study.panellists) + 1
    team.get(f"{PANEL}/{person.code}")
    assert "Their answers count." in team.submit(button="Confirm this group").text


def test_a_second_press_of_the_button_makes_nobody_else(app_on_each_database: Flask) -> None:
    app = app_on_each_database
    study = load_study(app, study_to_join(), open_round="2")
    address, client = open_link_of(app, study), PageClient(app)
    sent = filled_in(client.get(address).form("Join"), {"group": "survivors"})
    browsers = [with_cookie_of(client) for _ in range(2)]
    with app.app_context():
        engine = db.engine
    with engine.connect() as other:
        other.execute(update(Study).values(title="Held"))  # so that both wait for their turn
        presses = [
            threading.Thread(target=b.http.post, args=(address,), kwargs={"data": sent}) for b in browsers
        ]
        for press in presses:
            press.start()
        presses[0].join(timeout=0.5)
        assert [press.is_alive() for press in presses] == [True, True]
        other.commit()
    for press in presses:
        press.join(timeout=20)
    assert len(panel_of(app)) == len(study.panellists) + 1
    assert [browser.get("/rate/joined").h1 for browser in browsers] == ["You have joined"] * 2


def test_a_press_while_the_next_page_is_on_its_way_makes_nobody_else(
    app: Flask, joinable: StudyOnApp
) -> None:
    address, client = open_link_of(app, joinable), PageClient(app)
    sent = filled_in(client.get(address).form("Join"), {"group": "survivors"})
    assert client.http.post(address, data=sent).location == "/rate/joined"
    assert client.post(address, sent).h1 == "You have joined"
    assert len(panel_of(app)) == len(joinable.panellists) + 1


def test_nobody_joins_by_a_form_that_is_not_this_browsers(app: Flask, joinable: StudyOnApp) -> None:
    address, client = open_link_of(app, joinable), PageClient(app)
    sent = filled_in(client.get(address).form("Join"), {"group": "survivors"})
    page = PageClient(app).post(address, sent, status=400)
    assert page.h1 == "This page has gone out of date"
    assert len(panel_of(app)) == len(joinable.panellists)


def test_the_number_of_a_form_lets_nobody_in_from_another_browser(app: Flask, joinable: StudyOnApp) -> None:
    address = open_link_of(app, joinable)
    client, other = PageClient(app), PageClient(app)
    once = filled_in(client.get(address).form("Join"), {})["once"]
    client.submit({"group": "survivors"})
    other.get(address)
    other.submit({"group": "researchers", "once": once})
    assert len(panel_of(app)) == len(joinable.panellists) + 2


def test_who_goes_back_and_joins_again_is_somebody_else(app: Flask, joinable: StudyOnApp) -> None:
    address = open_link_of(app, joinable)
    client = who_joined(app, address)
    client.get(address)
    client.submit({"group": "researchers"})
    assert len(panel_of(app)) == len(joinable.panellists) + 2


def with_cookie_of(client: PageClient) -> PageClient:
    """The same browser, in another thread."""
    twin, name = PageClient(client.app), client.app.config["SESSION_COOKIE_NAME"]
    cookie = client.http.get_cookie(name)
    assert cookie is not None
    twin.http.set_cookie(name, cookie.value)
    return twin


def panel_of(app: Flask) -> list[Panellist]:
    """Everybody on the panel."""
    with app.app_context():
        return list(db.session.scalars(select(Panellist)))


def _token(app: Flask) -> str:
    with app.app_context():
        return newest_token()


def test_the_team_knows_whose_answers_wait(app: Flask, joinable: StudyOnApp) -> None:
    who_joined(app, open_link_of(app, joinable))
    page = team_of(app, joinable).get(PANEL)
    assert f"Confirm the group of {newest_panellist(app).code}: says “Survivors”" in page.text
    assert signed_in(app, joinable, "s4").get("/rate/welcome").text.count("has not confirmed") == 0

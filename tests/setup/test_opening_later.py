"""A round is opened for later: all is fixed at once, and panellists can answer from a day and time on."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from delphi.extensions import db
from delphi.models import Role, Round
from delphi.timing.actions import begin_round
from delphi.timing.queries import round_in_view
from delphi.web import clock
from tests.joining.joiners import open_link_of, study_to_join, who_joined
from tests.rating.panellists import rows_of, signed_in, who_agreed
from tests.setup.round_actions import acts_of, facts_of, load_before_round_2, member
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient

ROUND = "/studies/small/rounds/2"
OPEN, BEGINNING, PLAN = f"{ROUND}/open", f"{ROUND}/beginning", f"{ROUND}/planned-closing"
LATER = {"when": "then", "day": "2999-03-01", "hour": "09:00"}
BEGINS = "Round 2 begins on 1 March 2999 at 09:00. You can answer from then on."


def opened_for_later(app: Flask) -> tuple[StudyOnApp, PageClient]:
    """A study whose Round 2 begins far ahead, and its owner."""
    study = load_before_round_2(app)
    owner = member(app, study)
    owner.get(OPEN)
    page = owner.submit(LATER, button="Open this round")
    assert "Round 2 opens on 1 March 2999 at 09:00." in page.text
    return study, owner


def let_it_begin(app: Flask, study: StudyOnApp) -> datetime:
    """The moment at which Round 2 begins has come."""
    at = clock.now()
    times = {"opened_at": at - timedelta(days=1), "begins_at": at}
    with app.app_context():
        db.session.execute(update(Round).where(Round.id == study.rounds["2"]).values(times))
        db.session.commit()
    return at


def test_what_opening_fixes_is_fixed_at_once(app: Flask) -> None:
    study, owner = opened_for_later(app)
    assert "Nothing has been changed." in owner.get(f"{ROUND}/receipt").text
    for page in (ROUND, "/studies/small", f"{ROUND}/progress"):
        assert "Opens on 1 March 2999 at 09:00." in owner.get(page).text
    assert acts_of(app, study)[-1] == "round opened"


def test_panellists_read_when_it_begins_and_cannot_answer_before(app: Flask) -> None:
    study, _ = opened_for_later(app)
    panellist = signed_in(app, study, "s4")
    for page in ("/rate", "/rate/consent", "/rate/section/1"):
        assert BEGINS in panellist.get(page).text


def test_the_first_request_after_the_beginning_finds_it_open(each_app: Flask) -> None:
    study, owner = opened_for_later(each_app)
    panellist = signed_in(each_app, study, "s4")
    assert BEGINS in panellist.get("/rate").text
    let_it_begin(each_app, study)
    assert panellist.get("/rate").url in ("/rate/welcome", "/rate/consent")
    assert "Opens on" not in owner.get(ROUND).text
    who_agreed(each_app, study, "s5").get("/rate/section/1")


def test_nothing_is_taken_before_the_beginning(each_app: Flask) -> None:
    """A page from before a round was moved ahead cannot be: still, what it would send is refused."""
    study, _ = opened_for_later(each_app)
    let_it_begin(each_app, study)
    panellist = who_agreed(each_app, study, "s4")
    with each_app.app_context():
        ahead = {"begins_at": clock.now() + timedelta(days=1)}
        db.session.execute(update(Round).where(Round.id == study.rounds["2"]).values(ahead))
        db.session.commit()
    panellist.submit({f"rating-{study.outcomes['home']}-inclusion": "8"})
    assert rows_of(each_app, study, "s4") == []


def test_a_beginning_is_moved_and_brought_forward_to_now(each_app: Flask) -> None:
    study, owner = opened_for_later(each_app)
    owner.get(BEGINNING)
    page = owner.submit({"when": "then", "hour": "10:30"}, button="Save")
    assert "Round 2 opens on 1 March 2999 at 10:30." in page.text
    owner.get(BEGINNING)
    assert "Round 2 has begun." in owner.submit({"when": "now"}, button="Save").text
    assert acts_of(each_app, study)[-2:] == ["beginning changed", "round begun"]
    assert "has no beginning to change" in owner.get(BEGINNING).text


def test_a_round_that_has_begun_cannot_be_moved(each_app: Flask) -> None:
    study, _ = opened_for_later(each_app)
    now = clock.now()
    with each_app.app_context():
        seen = round_in_view(study.study_id, "2", now=now)
    let_it_begin(each_app, study)
    with each_app.app_context():
        assert seen is not None
        now = clock.now()
        assert not begin_round(seen, begins_at=now + timedelta(days=9), by="user:1", now=now)


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"when": "then", "day": "2020-03-01"}, "Choose a moment that is still to come."),
        ({"when": "then", "day": ""}, "Enter a real day, such as 2031-04-30."),
        ({"when": "then", "hour": "noon"}, "Enter a real time of day, such as 18:00."),
    ],
)
def test_a_beginning_that_cannot_be_opens_nothing(app: Flask, fields: dict[str, str], fault: str) -> None:
    study = load_before_round_2(app)
    owner = member(app, study, Role.FACILITATOR)
    owner.get(OPEN)
    assert fault in owner.submit(LATER | fields, button="Open this round", status=422).text
    assert facts_of(app, study, "2").opened_at is None


def test_a_closing_is_planned_after_the_beginning_only(app: Flask) -> None:
    study, owner = opened_for_later(app)
    owner.get(PLAN)
    words = "Choose a moment after 1 March 2999 at 09:00, when panellists can answer."
    early, after = {"day": "2999-02-01", "hour": "09:00"}, {"day": "2999-03-09", "hour": "09:00"}
    assert words in owner.submit(early, button="Close it then", status=422).text
    owner.submit(after, button="Close it then")
    owner.get(BEGINNING)
    late = owner.submit({"when": "then", "day": "2999-03-10"}, button="Save", status=422)
    assert "The round would close on 9 March 2999 at 09:00" in late.text
    assert facts_of(app, study, "2").closes_at is not None


def test_a_round_that_has_not_begun_cannot_be_paused(app: Flask) -> None:
    study, owner = opened_for_later(app)
    assert "Round 2 cannot be paused" in owner.get(f"{ROUND}/pause").text
    assert facts_of(app, study, "2").paused_at is None


def test_who_joins_before_the_beginning_reads_when_it_is(app: Flask) -> None:
    study = load_study(app, study_to_join(), open_round="2")
    ahead = datetime(2999, 3, 1, 9, tzinfo=UTC)
    with app.app_context():
        db.session.execute(update(Round).where(Round.id == study.rounds["2"]).values(begins_at=ahead))
        db.session.commit()
    address = open_link_of(app, study)
    assert "The next round is not open yet." in PageClient(app).get(address).text
    client = who_joined(app, address)
    assert client.page is not None
    assert "The next round begins on 1 March 2999 at 09:00." in client.page.text
    assert "Round 2 begins on" in client.get("/rate").text

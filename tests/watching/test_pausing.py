"""A round rests: nobody is asked anything, nothing that was answered is lost, and no mail goes out."""

import threading
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from delphi.extensions import db
from delphi.models import AuditRow, Finish, Role, Round
from delphi.timing.actions import pause_round, resume_round
from delphi.timing.queries import RoundInView, round_in_view
from delphi.web import clock
from tests.data.small_study import small_study
from tests.rating.panellists import rating_of, rows_of, signed_in, who_agreed
from tests.setup.round_actions import acts_of
from tests.studies_on_app import StudyOnApp, load_study
from tests.watching.rounds_to_watch import PROGRESS, ROUND, member, round_2
from tests.web_client import PageClient, filled_in

PAUSE, RESUME = f"{ROUND}/pause", f"{ROUND}/resume"
UNTIL_RESUMED = {"until": "open_ended"}
UNTIL_A_DAY = {"until": "then", "day": "2999-03-01", "hour": "09:00"}
COUNTS = "The round is paused now. Your answer counts."


@pytest.fixture
def each_study(each_app: Flask) -> StudyOnApp:
    return load_study(each_app, small_study(), open_round="2")


def paused(app: Flask, study: StudyOnApp, fields: dict[str, str] | None = None) -> PageClient:
    """A facilitator who has paused Round 2."""
    facilitator = member(app, study, Role.FACILITATOR)
    facilitator.get(PAUSE)
    facilitator.submit(fields or UNTIL_RESUMED, button="Pause the round")
    return facilitator


def set_times(app: Flask, study: StudyOnApp, **times: datetime | None) -> None:
    """Let Round 2 have these facts."""
    with app.app_context():
        db.session.execute(update(Round).where(Round.id == study.rounds["2"]).values(times))
        db.session.commit()


def in_view(study: StudyOnApp) -> RoundInView:
    """Round 2 as it stands; needs an app context."""
    view = round_in_view(study.study_id, "2", now=clock.now())
    assert view is not None
    return view


def closing_in(app: Flask, study: StudyOnApp, days: int) -> datetime:
    """Let Round 2 close by itself in so many days."""
    closes_at = clock.now() + timedelta(days=days)
    set_times(app, study, closes_at=closes_at)
    return closes_at


def day_in(days: int) -> dict[str, str]:
    """The fields of a pause until then."""
    moment = clock.now() + timedelta(days=days)
    return {"until": "then", "day": f"{moment:%Y-%m-%d}", "hour": "12:00"}


def test_a_round_is_paused_and_goes_on(each_app: Flask, each_study: StudyOnApp) -> None:
    panellist, facilitator = who_agreed(each_app, each_study, "s4"), paused(each_app, each_study)
    for page in (ROUND, PROGRESS, "/studies/small"):
        assert "Paused since" in facilitator.get(page).text
    assert panellist.get("/rate").h1 == "The round is paused"
    facilitator.get(RESUME)
    facilitator.submit({"when": "now"}, button="Save")
    assert "Paused since" not in facilitator.get(ROUND).text
    assert panellist.get("/rate").h1 != "The round is paused"
    assert acts_of(each_app, each_study)[-2:] == ["round paused", "round resumed"]


def test_a_pause_with_an_end_ends_by_itself(each_app: Flask, each_study: StudyOnApp) -> None:
    panellist, now = who_agreed(each_app, each_study, "s4"), clock.now()
    set_times(each_app, each_study, paused_at=now, resumes_at=now + timedelta(hours=1))
    assert panellist.get("/rate").h1 == "The round is paused"
    set_times(each_app, each_study, paused_at=now - timedelta(hours=2), resumes_at=now)
    assert panellist.get("/rate").h1 != "The round is paused"
    assert member(each_app, each_study).get(PAUSE).h1 == "Pause Round 2?"


def test_panellists_read_until_when_and_what_they_can_do(app: Flask, study: StudyOnApp) -> None:
    panellist = who_agreed(app, study, "s4")
    paused(app, study, UNTIL_A_DAY)
    page = panellist.get("/rate")
    assert "Round 2 goes on from 1 March 2999 at 09:00." in page.text
    assert "All that you have answered is kept, and it counts." in page.text
    for words in ("Change your settings", "Leave the study", "Read what became of your words"):
        address = page.link(words)
        assert panellist.get(address).url == address


@pytest.mark.parametrize("page", ["/rate/section/1", "/rate/finish", "/rate/done"])
def test_no_page_asks_for_answers_while_a_round_rests(app: Flask, study: StudyOnApp, page: str) -> None:
    panellist = who_agreed(app, study, "s4")
    paused(app, study)
    assert panellist.get(page).h1 == "The round is paused"


def test_who_finished_is_told_that_nothing_is_left_to_do(app: Flask, study: StudyOnApp) -> None:
    panellist = who_agreed(app, study, "s4")
    with app.app_context():
        whose = {"round_id": study.rounds["2"], "panellist_id": study.panellists["s4"]}
        db.session.add(Finish(**whose, finished_at=clock.now(), entered="self"))
        db.session.commit()
    paused(app, study)
    assert "There is nothing that you have to do." in panellist.get("/rate").text


def test_a_no_stays_a_no_while_a_round_rests(app: Flask, study: StudyOnApp) -> None:
    panellist = signed_in(app, study, "s4")
    panellist.get("/rate/consent")
    panellist.submit({"agree": "no"})
    paused(app, study)
    assert panellist.get("/rate").url == "/rate/declined"


def test_a_consent_on_its_way_is_kept(app: Flask, study: StudyOnApp) -> None:
    panellist = signed_in(app, study, "s4")
    panellist.get("/rate/consent")
    paused(app, study)
    panellist.submit({"agree": "yes"})
    assert acts_of(app, study)[-1] == "consent given"
    assert panellist.get("/rate").h1 == "The round is paused"


def test_what_is_sent_from_an_open_page_is_kept_and_counts(each_app: Flask, each_study: StudyOnApp) -> None:
    panellist = who_agreed(each_app, each_study, "s4")
    paused(each_app, each_study)
    page = panellist.submit({rating_of(each_study, "home"): "8"})
    assert page.h1 == "The round is paused"
    assert COUNTS in page.text
    assert rows_of(each_app, each_study, "s4") == [("home", "8", False)]
    assert COUNTS not in panellist.get("/rate").text  # told once


def test_answers_sent_while_a_round_is_paused_are_all_on_time(
    each_app: Flask, each_study: StudyOnApp
) -> None:
    panellist, scores, told = who_agreed(each_app, each_study, "s4"), [str(n) for n in range(1, 9)], []
    assert panellist.page is not None
    form, name = filled_in(panellist.page.form(), {}), rating_of(each_study, "home")
    with each_app.app_context():
        view = in_view(each_study)
    pausing = threading.Thread(target=_pause_in, args=(each_app, view))
    pausing.start()
    for score in scores:
        answer = panellist.http.post("/rate/answer", data=form | {name: [score]})
        told.append(COUNTS in answer.json["status"])
        if score == "6":  # by now it rests, however slow the machine is
            pausing.join(timeout=60)
    assert [row[1:] for row in rows_of(each_app, each_study, "s4")] == [(score, False) for score in scores]
    assert told == sorted(told)
    assert told[-1]


def _pause_in(app: Flask, view: RoundInView) -> None:
    threading.Event().wait(0.05)
    with app.app_context():
        assert pause_round(view, resumes_at=None, closes_at=None, by="user:1", now=clock.now())


def test_of_two_who_pause_at_once_one_is_refused(each_app: Flask, each_study: StudyOnApp) -> None:
    done: list[bool] = []

    def pause() -> None:
        with each_app.app_context():
            view = in_view(each_study)
            both.wait()
            done.append(pause_round(view, resumes_at=None, closes_at=None, by="user:1", now=clock.now()))

    both = threading.Barrier(2, timeout=60)
    threads = [threading.Thread(target=pause) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(done) == [False, True]
    assert acts_of(each_app, each_study).count("round paused") == 1


def test_a_planned_closing_stays_unless_somebody_says_otherwise(app: Flask, study: StudyOnApp) -> None:
    closes_at = closing_in(app, study, 9)
    owner = member(app, study)
    owner.get(PAUSE)
    assert "Choose one." in owner.submit(UNTIL_RESUMED, button="Pause the round", status=422).text
    owner.submit(UNTIL_RESUMED | {"closing": "keep"}, button="Pause the round")
    assert round_2(app, study).paused_at is not None
    assert round_2(app, study).closes_at == closes_at


def test_a_planned_closing_is_put_off_by_the_length_of_the_pause(
    each_app: Flask, each_study: StudyOnApp
) -> None:
    closes_at = closing_in(each_app, each_study, 2)
    paused(each_app, each_study, day_in(3) | {"closing": "put_off"})
    row = round_2(each_app, each_study)
    assert row.closes_at - closes_at == row.resumes_at - row.paused_at
    with each_app.app_context():
        act = db.session.scalars(select(AuditRow).where(AuditRow.action == "round paused")).one()
        assert act.detail["closes_at"] == row.closes_at.isoformat()


def test_a_planned_closing_is_taken_away(app: Flask, study: StudyOnApp) -> None:
    closing_in(app, study, 2)
    paused(app, study, UNTIL_RESUMED | {"closing": "take_away"})
    assert round_2(app, study).closes_at is None


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"until": "then", "day": "2020-01-01", "hour": "09:00"}, "Choose a moment that is still to come."),
        ({"until": "then", "day": "", "hour": "09:00"}, "Enter a real day, such as 2031-04-30."),
        (UNTIL_A_DAY | {"closing": "keep"}, "The round would close on"),
        (UNTIL_RESUMED | {"closing": "put_off"}, "The closing can be put off only if the pause has an end."),
    ],
)
def test_a_pause_that_cannot_be_is_refused_beside_its_field(
    app: Flask, study: StudyOnApp, fields: dict[str, str], fault: str
) -> None:
    closing_in(app, study, 5)
    owner = member(app, study)
    owner.get(PAUSE)
    assert fault in owner.submit({"closing": "take_away"} | fields, button="Pause the round", status=422).text
    assert round_2(app, study).paused_at is None


def test_a_closing_that_was_changed_meanwhile_keeps_the_pause_from_being(
    each_app: Flask, each_study: StudyOnApp
) -> None:
    with each_app.app_context():
        seen = in_view(each_study)
    closing_in(each_app, each_study, 1)
    with each_app.app_context():
        assert not pause_round(seen, resumes_at=None, closes_at=None, by="user:1", now=clock.now())


def test_the_end_of_a_pause_is_moved_and_left_open(app: Flask, study: StudyOnApp) -> None:
    owner = paused(app, study, UNTIL_A_DAY)
    owner.get(RESUME)
    owner.submit({"when": "then", "hour": "10:00"}, button="Save")
    assert "until 1 March 2999 at 10:00" in owner.get(ROUND).text
    owner.get(RESUME)
    owner.submit({"when": "open_ended"}, button="Save")
    assert "until you resume it" in owner.get(ROUND).text


def test_a_round_that_rests_closes_at_its_planned_moment(each_app: Flask, each_study: StudyOnApp) -> None:
    now = clock.now()
    times = {"opened_at": now - timedelta(days=2), "paused_at": now - timedelta(days=1)}
    set_times(each_app, each_study, closes_at=now - timedelta(hours=1), **times)
    owner = member(each_app, each_study)
    assert owner.http.get(ROUND).status_code == 200
    assert round_2(each_app, each_study).closed_at is not None
    assert "Paused" not in owner.get(ROUND).text
    assert "cannot be paused" in owner.get(PAUSE).text
    with each_app.app_context():
        assert not resume_round(in_view(each_study), resumes_at=now, by="user:1", now=now)

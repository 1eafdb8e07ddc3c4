"""A facilitator closes a round while fifty people send their answers, on SQLite and on PostgreSQL."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, insert, select

from delphi.dataset.response import responses
from delphi.domain.response import Response
from delphi.extensions import db
from delphi.models import AuditRow, Consent, Role
from delphi.web import clock
from tests.data.small_study import small_study
from tests.rating.panellists import rating_of, rows_of
from tests.setup.round_actions import acts_of
from tests.studies_on_app import StudyOnApp, load_study
from tests.watching.rounds_to_watch import ROUND, member
from tests.web_client import PageClient, filled_in, sign_in_panellist

CROWD = tuple(f"p{number}" for number in range(50))
BEFORE, AFTER = CROWD[:15], CROWD[-5:]  # everybody between sends at the moment of closing
TOLD = "1 of your answers came after that."
Send = Callable[[], bool]


@pytest.fixture
def crowd(each_app: Flask) -> StudyOnApp:
    """Round 2 is open, and fifty people have agreed to take part in it."""
    small = small_study()
    newcomer = next(person for person in small.panel if person.code == "s6")
    people = tuple(replace(newcomer, code=code) for code in CROWD)
    study = load_study(each_app, replace(small, panel=(*small.panel, *people)), open_round="2")
    agreed = {"round_id": study.rounds["2"], "wording": "Yes.", "agreed": True, "answered_at": clock.now()}
    with each_app.app_context():
        rows = [{**agreed, "panellist_id": study.panellists[code], "entered": "self"} for code in CROWD]
        db.session.execute(insert(Consent), rows)
        db.session.commit()
    return study


def ready(app: Flask, study: StudyOnApp, code: str, *, by_script: bool) -> tuple[PageClient, Send]:
    """Somebody with a filled-in page, and what sends it and returns whether they were told "late"."""
    client = PageClient(app)
    sign_in_panellist(client, study.panellists[code])
    page = client.get("/rate/section/1")
    form = filled_in(page.form(), {rating_of(study, "home"): "8"})

    def send() -> bool:
        answer = client.http.post("/rate/answer" if by_script else "/rate/section/1", data=form)
        assert answer.status_code == (200 if by_script else 303)
        return "late" in answer.json["status"] if by_script and answer.json else answer.location == "/rate"

    return client, send


def close_among(app: Flask, study: StudyOnApp, sends: dict[str, Send]) -> dict[str, bool]:
    """Let some send, then the rest at once with the closing, then the last; who was told "late"."""
    owner, told = member(app, study, Role.FACILITATOR), {code: sends[code]() for code in BEFORE}
    closing = filled_in(owner.get(f"{ROUND}/close").form(), {})
    middle = [code for code in CROWD if code not in {*BEFORE, *AFTER}]
    start = threading.Barrier(len(middle) + 1)

    def together(act: Callable[[], object]) -> None:
        start.wait(timeout=20)
        act()

    def answer(code: str) -> None:
        told[code] = sends[code]()

    acts = [lambda code=code: answer(code) for code in middle]
    acts.insert(len(middle) // 2, lambda: owner.http.post(f"{ROUND}/close", data=closing))
    threads = [threading.Thread(target=together, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return told | {code: sends[code]() for code in AFTER}


def counted(app: Flask, study: StudyOnApp) -> set[str]:
    """Whose answers the closed round counts."""
    with app.app_context():
        panel = responses(study.study_id, study.rounds["2"], criteria=1)
    return {each.code for each in panel if each.response is not Response.NOT_STARTED} & set(CROWD)


def test_a_round_that_closes_while_fifty_send_loses_nothing_and_tells_each_what_counts(
    each_app: Flask, crowd: StudyOnApp
) -> None:
    people = {
        code: ready(each_app, crowd, code, by_script=place % 2 == 0) for place, code in enumerate(CROWD)
    }
    told = close_among(each_app, crowd, {code: send for code, (_, send) in people.items()})
    kept = {code: rows_of(each_app, crowd, code) for code in CROWD}
    assert kept == {code: [("home", "8", told[code])] for code in CROWD}
    assert not any(told[code] for code in BEFORE)
    assert all(told[code] for code in AFTER)
    assert counted(each_app, crowd) == {code for code in CROWD if not told[code]}
    pages = {
        code: client.http.get("/rate", follow_redirects=True).text for code, (client, _) in people.items()
    }
    assert {code: TOLD in page for code, page in pages.items()} == told
    assert acts_of(each_app, crowd).count("round closed") == 1
    with each_app.app_context():
        saved = select(AuditRow.actor, func.count()).where(AuditRow.action == "answers saved")
        rows = Counter(dict(db.session.execute(saved.group_by(AuditRow.actor)).all()))
    assert rows == {f"panellist:{crowd.panellists[code]}": 1 for code in CROWD}

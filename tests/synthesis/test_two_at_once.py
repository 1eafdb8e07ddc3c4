"""Two facilitators decide at the same moment, on SQLite and on PostgreSQL."""

import threading

import pytest
from flask import Flask
from sqlalchemy import func, select

from delphi.extensions import db
from delphi.models import Decision, DecisionSource, LineageStep, MadeList, Role
from tests.studies_on_app import StudyOnApp
from tests.synthesis.deciders import OUTCOMES, SAVE, URL, accept_rule, load_closed, member, undecided_study
from tests.web_client import Page, PageClient, filled_in

MERGE = f"{OUTCOMES}/friends/merge"


@pytest.fixture
def each_study(each_app: Flask) -> StudyOnApp:
    """Round 1 closed, nothing decided."""
    return load_closed(each_app, undecided_study())


def merging(app: Flask, study: StudyOnApp, role: Role, other: str) -> tuple[PageClient, dict[str, list[str]]]:
    client = member(app, study, role)
    page = client.get(MERGE)
    return client, filled_in(
        page.form(SAVE), {"others": [other], "label": f"With {other}", "reason": "Alike."}
    )


def at_once(*posts: tuple[PageClient, str, dict[str, list[str]]]) -> list[int]:
    """Send forms at the same moment; return the statuses."""
    start, statuses = threading.Barrier(len(posts)), []

    def send(client: PageClient, url: str, form: dict[str, list[str]]) -> None:
        start.wait(timeout=10)
        statuses.append(client.http.post(url, data=form).status_code)

    threads = [threading.Thread(target=send, args=post) for post in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return sorted(statuses)


def test_of_two_who_merge_one_outcome_one_wins_and_the_other_is_told(
    each_app: Flask, each_study: StudyOnApp
) -> None:
    one, form = merging(each_app, each_study, Role.OWNER, "family")
    other, other_form = merging(each_app, each_study, Role.FACILITATOR, "papers")
    assert at_once((one, MERGE, form), (other, MERGE, other_form)) == [303, 409]
    with each_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Decision)) == 1
        assert db.session.scalar(select(func.count()).select_from(DecisionSource)) == 2


def test_the_other_sees_both_and_may_save_theirs_knowingly(each_app: Flask, each_study: StudyOnApp) -> None:
    late, _ = merging(each_app, each_study, Role.OWNER, "papers")
    early, form = merging(each_app, each_study, Role.FACILITATOR, "family")
    early.http.post(MERGE, data=form)
    fields = {"others": ["papers"], "label": "With papers", "reason": "Mine."}
    told = late.submit(fields, button=SAVE, status=409)
    assert "Merge: “Friends” and “Family” → “With family”" in told.text
    assert "With papers" in told.html
    saved = late.submit(button=SAVE)
    assert "Merge: “Friends” and “Papers” → “With papers”" in saved.text


def test_decisions_on_different_outcomes_do_not_disturb_each_other(
    each_app: Flask, each_study: StudyOnApp
) -> None:
    posts = []
    for role, outcome in ((Role.OWNER, "home"), (Role.FACILITATOR, "work"), (Role.OWNER, "papers")):
        client, url = member(each_app, each_study, role), f"{OUTCOMES}/{outcome}/drop"
        posts.append((client, url, filled_in(client.get(url).form(SAVE), {"reason": "Why."})))
    assert at_once(*posts) == [303, 303, 303]
    with each_app.app_context():
        numbers = db.session.scalars(select(Decision.number).order_by(Decision.number)).all()
    assert numbers == [1, 2, 3]


def making(client: PageClient) -> tuple[PageClient, str, dict[str, list[str]]]:
    page: Page = client.get(f"{URL}/make")
    return client, f"{URL}/make", filled_in(page.form("Make the next list"), {})


def test_a_list_is_made_once(each_app: Flask, each_study: StudyOnApp) -> None:
    clients = [member(each_app, each_study, role) for role in (Role.OWNER, Role.FACILITATOR)]
    accept_rule(clients[0])
    assert at_once(*map(making, clients)) == [303, 303]
    with each_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(MadeList)) == 1
        assert db.session.scalar(select(func.count()).select_from(LineageStep)) == 6

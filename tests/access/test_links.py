"""Personal links: good once, until they expire."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from delphi.access.links import find_link, make_link, spend_link
from delphi.extensions import db
from delphi.models import AuditRow, SignInLink
from delphi.web import clock
from tests.data.small_study import small_study
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient, filled_in

NOON = datetime(2025, 4, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def link_for(app: Flask, study: StudyOnApp, *, now: datetime | None = None, panellist: str = "s1") -> str:
    with app.app_context():
        return make_link(
            panellist_id=study.panellists[panellist], by="user:1", now=now or clock.now(), valid_for=DAY
        )


def test_a_link_opened_by_a_mail_scanner_is_not_spent(client: PageClient, study: StudyOnApp) -> None:
    token = link_for(client.app, study)
    for _ in range(3):
        PageClient(client.app).get(f"/enter/{token}")
        PageClient(client.app).http.head(f"/enter/{token}")
    assert client.get(f"/enter/{token}").h1 == "Welcome"


def test_pressing_the_button_signs_the_panellist_in(client: PageClient, study: StudyOnApp) -> None:
    page = client.get(f"/enter/{link_for(client.app, study)}")
    response = client.http.post(page.url, data=filled_in(page.form(), {}))
    assert (response.status_code, response.location) == (303, "/rate")
    assert client.get("/").link("Your answers") == "/rate"


def test_who_shares_a_device_reads_of_a_private_window_before_the_button(
    client: PageClient, study: StudyOnApp
) -> None:
    page = client.get(f"/enter/{link_for(client.app, study)}")
    assert page.text.index("in a private window first") < page.text.index("Continue")


def test_a_link_works_once(client: PageClient, study: StudyOnApp) -> None:
    token = link_for(client.app, study)
    other = PageClient(client.app)
    other.get(f"/enter/{token}")
    page = client.get(f"/enter/{token}")
    client.http.post(page.url, data=filled_in(page.form(), {}))
    assert "It has been used already" in other.submit(status=410).text
    assert "It has been used already" in other.get(f"/enter/{token}", status=410).text


def test_its_owner_may_open_a_spent_link_again_where_they_are_signed_in(
    client: PageClient, study: StudyOnApp
) -> None:
    page = client.get(f"/enter/{link_for(client.app, study)}")
    client.http.post(page.url, data=filled_in(page.form(), {}))
    assert client.http.get(page.url).location == "/rate"


def test_a_link_expires(client: PageClient, study: StudyOnApp) -> None:
    token = link_for(client.app, study, now=clock.now() - DAY)
    assert "Its time has run out" in client.get(f"/enter/{token}", status=410).text


def test_a_link_is_good_until_the_moment_it_expires(app: Flask, study: StudyOnApp) -> None:
    token = link_for(app, study, now=NOON)
    with app.app_context():
        assert spend_link(token, now=NOON + DAY) is None
        assert spend_link(token, now=NOON + DAY - timedelta(seconds=1)) is not None


def test_an_unknown_link_says_what_to_do(client: PageClient) -> None:
    assert "ask the study team for a new one" in client.get("/enter/not-a-token", status=404).text


def test_the_database_keeps_no_token(app: Flask, study: StudyOnApp) -> None:
    token = link_for(app, study)
    with app.app_context():
        kept = [
            str(vars(row)) for table in (SignInLink, AuditRow) for row in db.session.scalars(select(table))
        ]
    assert len(kept) > 1
    assert not [row for row in kept if token in row]


def test_a_link_is_for_one_person(app: Flask) -> None:
    with app.app_context(), pytest.raises(ValueError, match="one panellist or for one user"):
        make_link(panellist_id=1, user_id=1, by="user:1", now=NOON, valid_for=DAY)


def test_making_and_spending_are_in_the_audit_trail(app: Flask, study: StudyOnApp) -> None:
    token = link_for(app, study, now=NOON)
    with app.app_context():
        spend_link(token, now=NOON)
        last = db.session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(2)).all()
        person = f"panellist:{study.panellists['s1']}"
        assert [(row.action, row.actor, row.study_id) for row in last] == [
            ("signed in by link", person, study.study_id),
            ("link made", "user:1", study.study_id),
        ]


def test_of_two_who_spend_a_link_at_once_one_is_let_in(app_on_each_database: Flask) -> None:
    app = app_on_each_database
    token = link_for(app, load_study(app, small_study(), open_round="2"), now=NOON)
    start, let_in = threading.Barrier(2), []

    def spend() -> None:
        with app.app_context():
            db.session.connection()
            start.wait(timeout=60)
            let_in.append(spend_link(token, now=NOON) is not None)

    threads = [threading.Thread(target=spend) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(let_in) == [False, True]


def test_a_link_ends_another_persons_session(client: PageClient, study: StudyOnApp) -> None:
    for panellist in ("s1", "s2"):
        page = client.get(f"/enter/{link_for(client.app, study, panellist=panellist)}")
        assert ("they will be signed out" in page.text) is (panellist == "s2")
        client.http.post(page.url, data=filled_in(page.form(), {}))
    with client.http.session_transaction() as session:
        assert session["_user_id"] == f"p:{study.panellists['s2']}"


def test_looking_at_a_link_changes_nothing(app: Flask, study: StudyOnApp) -> None:
    token = link_for(app, study, now=NOON)
    with app.app_context():
        looks = {find_link(token, now=NOON) for _ in range(3)}
    assert {look.is_good for look in looks if look} == {True}

"""Two members of the team save a round's digest at the same moment, on SQLite and on PostgreSQL."""

import threading

import pytest
from flask import Flask
from sqlalchemy import select, text

from delphi.extensions import db
from delphi.feedback.digest import digest_lines
from delphi.models import Role, Round
from delphi.web import clock
from tests.data.small_study import small_study
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient, filled_in, sign_in_user

URL = "/studies/small/rounds/1/digest"
SAVE_OF_ANOTHER = text(
    "INSERT INTO digest_line (round_id, outcome_id, edition, position, text, written_at)"
    " VALUES (:round_id, :outcome_id, 2, 1, 'Old.', :now), (:round_id, :outcome_id, 2, 2, 'Theirs.', :now)"
)


@pytest.fixture
def each_study(each_app: Flask) -> StudyOnApp:
    """The small study on it."""
    return load_study(each_app, small_study(), open_round="2")


def with_page(app: Flask, study: StudyOnApp, role: Role) -> PageClient:
    client = PageClient(app)
    sign_in_user(client, study.team[role])
    client.get(URL)
    return client


def form_of(client: PageClient, study: StudyOnApp, lines: str) -> dict[str, list[str]]:
    assert client.page is not None
    return filled_in(client.page.form(), {f"digest-{study.outcomes['friends']}": lines})


def held(app: Flask, study: StudyOnApp) -> list[str]:
    with app.app_context():
        lines = digest_lines([study.rounds["1"]]).get(study.outcomes["friends"], ())
        return [line.text for line in lines]


def test_a_save_waits_for_one_that_is_under_way_and_keeps_its_lines(
    each_app: Flask, each_study: StudyOnApp
) -> None:
    client = with_page(each_app, each_study, Role.OWNER)
    client.http.post(URL, data=form_of(client, each_study, "Old."))
    client.get(URL)
    key = {"round_id": each_study.rounds["1"], "outcome_id": each_study.outcomes["friends"]}
    with each_app.app_context():
        engine = db.engine
    with engine.connect() as other:
        other.execute(SAVE_OF_ANOTHER, {**key, "now": clock.now().replace(tzinfo=None)})
        other.execute(select(Round.id).where(Round.id == key["round_id"]).with_for_update(key_share=True))
        form = form_of(client, each_study, "Old.\nOurs.")
        saving = threading.Thread(target=client.http.post, args=(URL,), kwargs={"data": form})
        saving.start()
        saving.join(timeout=0.5)
        assert saving.is_alive()
        other.commit()
    saving.join(timeout=10)
    assert held(each_app, each_study) == ["Old.", "Theirs.", "Ours."]


def test_of_several_saves_at_once_each_keeps_what_the_others_added(
    each_app: Flask, each_study: StudyOnApp
) -> None:
    pages = [with_page(each_app, each_study, role) for role in (Role.OWNER, Role.FACILITATOR) * 2]
    start = threading.Barrier(len(pages))

    def save(client: PageClient, form: dict[str, list[str]]) -> None:
        start.wait(timeout=10)
        client.http.post(URL, data=form)

    threads = [
        threading.Thread(target=save, args=(page, form_of(page, each_study, f"Line {number}.")))
        for number, page in enumerate(pages)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(held(each_app, each_study)) == ["Line 0.", "Line 1.", "Line 2.", "Line 3."]

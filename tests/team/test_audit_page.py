"""The audit trail of a study: read, filtered, paged, downloaded."""

import csv
import io
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import insert

from delphi.extensions import db
from delphi.models import AuditRow, Role
from tests.data.small_study import small_study
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient, sign_in_user

TRAIL = "/studies/small/audit"
AT = datetime(2031, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def reader(client: PageClient, study: StudyOnApp) -> PageClient:
    sign_in_user(client, study.team[Role.FACILITATOR])
    return client


def note(app: Flask, study: StudyOnApp, number: int = 1, **values: object) -> None:
    row = {"at": AT, "actor": "command line", "action": "tried", "study_id": study.study_id, "detail": {}}
    with app.app_context():
        db.session.execute(insert(AuditRow), [row | values for _ in range(number)])
        db.session.commit()


def shown(client: PageClient, query: str = "") -> list[list[str]]:
    page = client.get(f"{TRAIL}{query}")
    return page.table_rows()[1:] if "<table" in page.html else []


def test_the_newest_row_comes_first_in_words(app: Flask, reader: PageClient, study: StudyOnApp) -> None:
    actor = f"user:{study.team[Role.OWNER]} for panellist:{study.panellists['s1']}"
    note(app, study, actor=actor, detail={"round": "2", "answers": 3, "late_ones": ["a", "b"]})
    assert shown(reader)[0] == [
        *("1 January 2031 at 12:00", "Owner for s1", "tried", "2"),
        "answers: 3; late ones: a, b",
    ]


def test_a_page_has_a_hundred_rows_and_a_way_to_the_older(
    app: Flask, reader: PageClient, study: StudyOnApp
) -> None:
    note(app, study, 101)
    assert len(shown(reader, "?action=tried")) == 100
    page = reader.get(reader.get(f"{TRAIL}?action=tried").link("Older rows"))
    assert len(page.table_rows()) == 2
    assert page.link("Newest rows") == f"{TRAIL}?action=tried"


def test_each_filter_keeps_what_it_names(app: Flask, reader: PageClient, study: StudyOnApp) -> None:
    owner, s1 = f"user:{study.team[Role.OWNER]}", f"panellist:{study.panellists['s1']}"
    note(app, study, actor=s1, action="by s1", detail={"round": "2"})
    note(app, study, actor=f"{owner} for {s1}", action="for s1", at=AT.replace(day=2))
    note(app, study, actor=owner, action="about s1", detail={"panellist": study.panellists["s1"]})
    wanted = {
        f"?who={owner}": ["about s1", "for s1"],
        "?who=panellists": ["by s1"],
        "?panellist=s1": ["about s1", "for s1", "by s1"],
        "?action=by+s1": ["by s1"],
        "?round=2&who=panellists": ["by s1"],
        "?since=2031-01-02": ["for s1"],
        "?since=2031-01-01&until=2031-01-01": ["about s1", "by s1"],
    }
    assert {query: [row[2] for row in shown(reader, query)] for query in wanted} == wanted


def test_a_filter_that_cannot_be_is_named(reader: PageClient, study: StudyOnApp) -> None:
    page = reader.get(f"{TRAIL}?since=yesterday&panellist=nobody", status=422)
    assert page.text.count("Enter a date as year, month and day") == 2
    assert page.text.count("Nobody on the panel has this code.") == 2
    assert reader.http.get(f"{TRAIL}.csv?since=yesterday").status_code == 400


def test_what_other_studies_do_is_not_in_it(
    app: Flask, reader: PageClient, study: StudyOnApp, other_study: StudyOnApp
) -> None:
    note(app, other_study, action="elsewhere")
    assert "elsewhere" not in reader.get(TRAIL).text


def test_the_file_holds_the_same_rows_and_no_formula(
    app: Flask, reader: PageClient, study: StudyOnApp
) -> None:
    note(app, study, 2, action="=1+1")
    text = reader.http.get(f"{TRAIL}.csv?action=%3D1%2B1").text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["at_utc"] for row in rows] == ["2031-01-01T12:00:00.000000+00:00"] * 2
    assert {row["action"] for row in rows} == {"'=1+1"}


def test_the_whole_file_is_longer_than_a_page(app: Flask, reader: PageClient, study: StudyOnApp) -> None:
    note(app, study, 101)
    assert reader.http.get(f"{TRAIL}.csv").text.count("tried") == 101


def test_the_trail_is_filtered_alike_on_each_database(app_on_each_database: Flask) -> None:
    loaded, client = (
        load_study(app_on_each_database, small_study(), open_round="2"),
        PageClient(app_on_each_database),
    )
    sign_in_user(client, loaded.team[Role.OWNER])
    note(app_on_each_database, loaded, detail={"round": "2", "panellist": loaded.panellists["s1"]})
    assert [row[2] for row in shown(client, "?round=2&panellist=s1")] == ["tried"]

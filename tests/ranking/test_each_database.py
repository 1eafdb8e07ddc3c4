"""A ranking round on SQLite and on PostgreSQL, from the page to the analyst's table."""

import threading
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import text

from analysis.bundle.writer import write
from analysis.cli.main import main
from analysis.ranking import borda
from analysis.report.workshop_tables import cast_order
from analysis.study.study import Study
from delphi.dataset import export_study
from delphi.extensions import db
from delphi.web import clock
from tests.ranking.rankers import DOWN, PUT, orders_of, press, ranking_on, who_ranks
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient, filled_in

LISTED = ("home", "doctor", "work", "ties")


@pytest.fixture
def each_ranking(each_app: Flask) -> StudyOnApp:
    """The study of every kind on it, its ranking round open."""
    return ranking_on(each_app)


def give(app: Flask, study: StudyOnApp, panellist: str, order: str) -> PageClient:
    """Give an order by buttons."""
    client = who_ranks(app, study, panellist)
    for outcome in order.split():
        press(client, PUT, outcome)
    return client


def exported(app: Flask, study: StudyOnApp) -> Study:
    """The study as the app gives it out."""
    with app.app_context():
        return export_study(study.study_id)


def test_the_order_that_a_panellist_gave_last_comes_out(each_app: Flask, each_ranking: StudyOnApp) -> None:
    client = give(each_app, each_ranking, "s4", "home ties work")
    press(client, DOWN, "home")
    client.submit(button="I have finished")
    rows = [(row.panellist, row.position, row.outcome) for row in exported(each_app, each_ranking).rankings]
    assert rows == [("s4", 1, "ties"), ("s4", 2, "home"), ("s4", 3, "work")]


def test_what_is_given_in_the_app_is_what_the_analysis_counts(
    each_app: Flask, each_ranking: StudyOnApp
) -> None:
    give(each_app, each_ranking, "s4", "ties home")
    give(each_app, each_ranking, "s1", "ties work home doctor")
    study = exported(each_app, each_ranking)
    weight_of = {person.code: Fraction(1) for person in study.panel}
    cast = cast_order(study.protocol.round("order"), study.rankings, listed=LISTED, weight_of=weight_of)
    scores = borda(cast.places, unranked="zero").scores
    assert scores is not None
    # of four, a first place is worth 3 points, a second 2, a third 1; no place and the last are worth none
    assert scores.tolist() == [2 + 1, 0, 2, 3 + 3]


def test_the_report_counts_the_orders_out(app: Flask, ranking: StudyOnApp, tmp_path: Path) -> None:
    for panellist in ("s1", "s2", "s3", "s4", "s5", "s6"):
        give(app, ranking, panellist, "ties home")
    write(exported(app, ranking), tmp_path / "bundle")
    arguments = ["report", str(tmp_path / "bundle"), "--out", str(tmp_path / "report"), "--replicates", "100"]
    result = CliRunner().invoke(main, [*arguments, "--figures", "svg"])
    assert result.exit_code == 0, result.output
    (table,) = (tmp_path / "report" / "tables").glob("*order*.csv")
    assert "Friends and family,6" in table.read_text(encoding="utf-8")


def test_an_order_that_meets_the_closing_waits_for_it_and_is_late(
    each_app: Flask, each_ranking: StudyOnApp
) -> None:
    client = who_ranks(each_app, each_ranking)
    assert client.page is not None
    form = filled_in(client.page.form("Put next Work"), {}, button="Put next Work")
    with each_app.app_context():
        engine = db.engine
    with engine.connect() as closing:
        update = text("UPDATE round SET closed_at = :now WHERE id = :id")
        moment = clock.now().replace(tzinfo=None)
        closing.execute(update, {"now": moment, "id": each_ranking.rounds["order"]})
        answering = threading.Thread(target=_post, args=(client, form))
        answering.start()
        answering.join(timeout=0.5)
        assert answering.is_alive()
        closing.commit()
    answering.join(timeout=60)
    assert orders_of(each_app, each_ranking) == [("work", True)]


def _post(client: PageClient, form: dict[str, list[str]]) -> None:
    client.http.post("/rate/order", data=form)

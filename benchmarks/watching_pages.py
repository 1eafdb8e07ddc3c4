"""How long the pages of a running and of a closed round take: 500 outcomes, 2,000 panellists.

    PYTHONPATH=. python benchmarks/watching_pages.py [--people 2000] [--outcomes 500] [--rounds 30]

Prints, for each page, the statements that it sends and the median and 95th percentile of its time in the app
(no network). --database is an address as in DELPHI_DATABASE_URL; without it the run makes an SQLite file.
(no network). Without a database (an address as in DELPHI_DATABASE_URL) an SQLite file is made for the run.
"""

import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import quantiles

import click
from flask import Flask
from panel_study import ROUND, panel_study
from sqlalchemy import Connection, text, update

from analysis.study.records import Outcome, Panellist
from analysis.study.values import Provenance
from delphi.cli import schema
from delphi.extensions import db
from delphi.models import Role, Round
from delphi.web import clock
from tests.apps import app_on, close_connections
from tests.statements import statements_of
from tests.studies_on_app import load_study
from tests.web_client import PageClient, sign_in_user

DOMAIN_SIZE = 25
# Half have answered everything, a quarter a part, a quarter nothing; three answers in a hundred are no score.
RATINGS = """
INSERT INTO rating (round_id, panellist_id, outcome_id, criterion, score, missing, late, answered_at, entered)
SELECT listed.round_id, panellist.id, listed.outcome_id, 'inclusion',
       CASE WHEN (panellist.id * 31 + listed.position * 17) % 100 < 3 THEN NULL
            ELSE 1 + (panellist.id * 7 + listed.position * 13) % 9 END,
       CASE WHEN (panellist.id * 31 + listed.position * 17) % 100 < 3 THEN 'cannot_say' END,
       {no}, :now, 'self'
FROM listed_outcome AS listed CROSS JOIN panellist
WHERE panellist.id % 4 < 2 OR (panellist.id % 4 = 2 AND listed.position < panellist.id % :outcomes)
ORDER BY listed.position, panellist.id
"""
FINISHES = """
INSERT INTO finish (round_id, panellist_id, finished_at, entered)
SELECT listed.round_id, panellist.id, :now, 'self'
FROM (SELECT DISTINCT round_id FROM listed_outcome) AS listed CROSS JOIN panellist WHERE panellist.id % 4 = 0
"""


@click.command()
@click.option("--people", default=2000)
@click.option("--outcomes", default=500)
@click.option("--rounds", default=30)
@click.option("--database", default="")
def main(people: int, outcomes: int, rounds: int, database: str) -> None:
    """Measure, and print one line a page."""
    with tempfile.TemporaryDirectory() as folder:
        app = app_on(database or f"sqlite:///{folder}/delphi.sqlite3", data_folder=Path(folder))
        try:
            measure(app, people=people, outcomes=outcomes, rounds=rounds)
        finally:
            close_connections(app)


def measure(app: Flask, *, people: int, outcomes: int, rounds: int) -> None:
    """Load the study, then ask for each page so often."""
    client = _loaded(app, people=people, outcomes=outcomes)
    base = f"/studies/load/rounds/{ROUND}"
    _report(app, client, f"{base}/progress", rounds=rounds)
    _report(app, client, f"{base}/progress.json", rounds=rounds)
    with app.app_context():
        db.session.execute(update(Round).values(closed_at=clock.now()))
        db.session.commit()
    _report(app, client, f"{base}/what-if?p.0.0=60", rounds=max(3, rounds // 5))


def _loaded(app: Flask, *, people: int, outcomes: int) -> PageClient:
    study = panel_study(1)
    listed = tuple(
        Outcome(
            f"o{at}",
            f"Outcome {at}",
            "In words.",
            f"Domain {at // DOMAIN_SIZE}",
            provenance=Provenance.SYNTHETIC,
        )
        for at in range(outcomes)
    )
    groups = study.protocol.groups
    panel = tuple(Panellist(f"p{at}", groups[at % len(groups)].code, ROUND) for at in range(people))
    with app.app_context():
        schema.upgrade()
    on_app = load_study(app, replace(study, outcomes=listed, panel=panel), open_round=ROUND)
    with app.app_context():
        connection = db.session.connection()
        _fill(connection, outcomes=outcomes)
        db.session.commit()
        db.session.execute(text("ANALYZE"))
        db.session.commit()
    client = PageClient(app)
    sign_in_user(client, on_app.team[Role.OWNER])
    return client


def _fill(connection: Connection, *, outcomes: int) -> None:
    now = clock.now().replace(tzinfo=None)
    no = "0" if connection.dialect.name == "sqlite" else "false"
    connection.execute(text(RATINGS.format(no=no)), {"now": now, "outcomes": outcomes})
    connection.execute(text(FINISHES), {"now": now})
    number = connection.execute(text("SELECT count(*) FROM rating")).scalar_one()
    click.echo(f"{connection.dialect.name}: {number:,} ratings")


def _report(app: Flask, client: PageClient, url: str, *, rounds: int) -> None:
    with app.app_context():
        engine = db.engine
    client.http.get(url)
    with statements_of(engine) as seen:
        answer = client.http.get(url)
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answered {answer.status}")
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        client.http.get(url)
        took.append(1000 * (time.perf_counter() - began))
    cuts = quantiles(took, n=100, method="inclusive")
    size = len(answer.data) // 1000
    click.echo(f"{url}: {len(seen)} statements, median {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, {size} kB")


if __name__ == "__main__":
    main()

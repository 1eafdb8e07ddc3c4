"""What the team's pages cost: SQL statements and milliseconds, for a study of 500 outcomes and 2,000 people.

    PYTHONPATH=. python benchmarks/team_pages.py [--database sqlite,postgresql] [--pages progress,panel]
                                                 [--times 20] [--people 2000] [--outcomes 500]

One study as `large_study.py` makes it: the pages of a round that runs are asked for first; then round 2 is
closed and half of its outcomes are decided on, for the pages that come after. "first": the first time since
the app was started, when what a closed round came to is not in memory yet. Times are the app's own, without
a network.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from flask import Flask
from flask.testing import FlaskClient
from large_study import STUDY, close, database, load_large_study, load_of_machine
from sqlalchemy import insert, select

from delphi.domain.deciding import DecisionKind
from delphi.extensions import db
from delphi.models import Decision, DecisionSource, Outcome, Role
from delphi.web import clock
from tests.apps import app_on, close_connections
from tests.statements import statements_of
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient, sign_in_user

AIM_MS, AIM_STATEMENTS = 300, 30
HERE = f"/studies/{STUDY}"
ROUND, PLANNED = f"{HERE}/rounds/2", f"{HERE}/rounds/3"
DECISIONS = f"{ROUND}/decisions"
RUNNING = {
    "studies": "/studies",
    "study": HERE,
    "panel": f"{HERE}/panel",
    "person": f"{HERE}/panel/p3",
    "messages": f"{ROUND}/messages",
    "dry-run": f"{ROUND}/messages/reminder",
    "progress": f"{ROUND}/progress",
    "progress-json": f"{ROUND}/progress.json",
    "preview": f"{ROUND}/preview/survivors/en/rate/section/1",
    "team": f"{HERE}/team",
    "audit": f"{HERE}/audit",
}
CLOSED = {
    "results": f"{ROUND}/results",
    "lineage": f"{HERE}/lineage",
    "one-outcome": f"{HERE}/lineage/o7",
    "decisions": DECISIONS,
    "one-decision": f"{DECISIONS}/outcomes/o9",
    "merge": f"{DECISIONS}/outcomes/o9/merge",
    "similar": f"{DECISIONS}/similar",
    "similar-one": f"{DECISIONS}/outcomes/o9/similar",
    "what-if": f"{ROUND}/what-if?p.0.0=60",
    "rules": f"{ROUND}/rules",
    "attrition": f"{HERE}/attrition",
    "groups": f"{ROUND}/groups",
    "changes": f"{ROUND}/changes",
    "opening": f"{PLANNED}/open",
}


@dataclass(frozen=True, kw_only=True)
class Cost:
    """One page on one database."""

    database: str
    page: str
    statements: int
    first_ms: float
    p50_ms: float
    p95_ms: float
    kilobytes: int

    @property
    def misses(self) -> bool:
        """Whether it is slower, or asks more, than it should."""
        return self.p95_ms > AIM_MS or self.statements > AIM_STATEMENTS


@click.command()
@click.option("--people", default=2000, show_default=True)
@click.option("--outcomes", default=500, show_default=True)
@click.option("--times", default=20, show_default=True)
@click.option("--database", "names", default="sqlite,postgresql", show_default=True)
@click.option("--pages", default="", help="Only these, by name, with commas between.")
def main(people: int, outcomes: int, times: int, names: str, pages: str) -> None:
    """Measure the pages."""
    wanted = frozenset(pages.split(",")) if pages else frozenset({*RUNNING, *CLOSED})
    unknown = wanted - {*RUNNING, *CLOSED}
    if unknown:
        raise click.BadParameter(
            f"{', '.join(sorted(unknown))}; there are {', '.join({**RUNNING, **CLOSED})}"
        )
    click.echo(f"{people} people × {outcomes} outcomes, {times} times; {load_of_machine()}\n")
    click.echo("| page | statements | first | p50 | p95 | kB |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    missed = 0
    for name in names.split(","):
        for cost in costs_on(name, people=people, outcomes=outcomes, times=times, wanted=wanted):
            missed += cost.misses
            click.echo(line(cost))
    click.echo(f"\n{missed} of them over {AIM_MS} ms or {AIM_STATEMENTS} statements; {load_of_machine()}")


def costs_on(name: str, *, people: int, outcomes: int, times: int, wanted: frozenset[str]) -> Iterator[Cost]:
    """Make the study on a database, and ask for the pages in their order."""
    with tempfile.TemporaryDirectory() as folder, database(name, Path(folder)) as url:
        with app_for(url, folder) as app:
            study = load_large_study(app, people=people, outcomes=outcomes)
            browser = owner_of(app, study)
            for page in (page for page in RUNNING if page in wanted):
                yield cost_of(app, browser, name=name, page=page, url=RUNNING[page], times=times)
            with app.app_context():
                close(study, "2")
                decide(study, user_id=study.team[Role.OWNER])
        for page in (page for page in CLOSED if page in wanted):
            with app_for(url, folder) as app:  # anew, with nothing of the closed rounds in memory
                browser = owner_of(app, study)
                browser.get("/account")
                yield cost_of(app, browser, name=name, page=page, url=CLOSED[page], times=times)


@contextmanager
def app_for(url: str, folder: str) -> Iterator[Flask]:
    """An app that lets go of the database at the end."""
    app = app_on(url, data_folder=Path(folder))
    try:
        yield app
    finally:
        close_connections(app)


def owner_of(app: Flask, study: StudyOnApp) -> FlaskClient:
    """The browser of the study's owner."""
    client = PageClient(app)
    sign_in_user(client, study.team[Role.OWNER])
    return client.http


def decide(study: StudyOnApp, *, user_id: int) -> None:
    """Keep every other outcome of round 2."""
    round_id, now = study.rounds["2"], clock.now()
    ids = list(db.session.scalars(select(Outcome.id).where(Outcome.study_id == study.study_id)))[::2]
    common = {"round_id": round_id, "kind": DecisionKind.KEEP, "reason": "It matters to most.", "told": ""}
    who = {"user_id": user_id, "decided_at": now, "undoes": None}
    rows = [{**common, **who, "number": at} for at in range(1, len(ids) + 1)]
    db.session.execute(insert(Decision), rows)
    made = db.session.scalars(
        select(Decision.id).where(Decision.round_id == round_id).order_by(Decision.number)
    )
    pairs = zip(made.all(), ids, strict=True)
    sources = [{"decision_id": one, "position": 1, "outcome_id": outcome} for one, outcome in pairs]
    db.session.execute(insert(DecisionSource), sources)
    db.session.commit()


def cost_of(app: Flask, client: FlaskClient, *, name: str, page: str, url: str, times: int) -> Cost:
    """Ask for a page again and again."""
    with app.app_context():
        engine = db.engine
    first, _ = asked(client, url)
    with statements_of(engine) as seen:
        _, size = asked(client, url)
    waits = [asked(client, url)[0] for _ in range(times)]
    p50, p95 = np.percentile(waits, [50, 95])
    return Cost(
        database=name.partition(":")[0],
        page=page,
        statements=len(seen),
        first_ms=first,
        p50_ms=float(p50),
        p95_ms=float(p95),
        kilobytes=size // 1000,
    )


def asked(client: FlaskClient, url: str) -> tuple[float, int]:
    """Milliseconds until a page was there, and its bytes as a browser gets them."""
    began = time.perf_counter()
    response = client.get(url, headers={"Accept-Encoding": "gzip"})
    took = (time.perf_counter() - began) * 1000
    if response.status_code != 200:
        raise RuntimeError(f"{url}: {response.status} {response.location or ''}")
    return took, len(response.data)


def line(cost: Cost) -> str:
    """A row of the table."""
    mark = " **" if cost.misses else ""
    times = f"{cost.first_ms:6.0f} | {cost.p50_ms:6.0f} | {cost.p95_ms:6.0f}{mark}"
    return f"| {cost.page}, {cost.database} | {cost.statements} | {times} | {cost.kilobytes} |"


if __name__ == "__main__":
    main()

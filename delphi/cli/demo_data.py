"""The demonstration's database: the study as it ended, and a practice copy with an open round."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from analysis.asof import as_of
from analysis.study.rounds import RoundKind
from analysis.study.study import Study
from delphi import dataset
from delphi.access.links import make_link
from delphi.access.staff import add_user, give_role
from delphi.cli import schema
from delphi.cli.bundles import read_bundle
from delphi.cli.installation import ACTOR
from delphi.cli.printing import step
from delphi.cli.secrets_file import make_secrets, read_secrets
from delphi.config import Config
from delphi.extensions import db
from delphi.models import Panellist, Role, StakeholderGroup, User
from delphi.models import Study as StudyRow
from delphi.web.clock import now

MADE_FROM = "made_from"  # written last: a database without it is unfinished
DATABASE = "delphi.sqlite3"
LINK_LASTS = timedelta(days=1)
TEAM = (
    ("researcher@example.org", "Demo researcher", Role.OWNER),
    ("analyst@example.org", "Demo analyst", Role.ANALYST),
)


@dataclass(frozen=True, kw_only=True)
class DemoStudies:
    """The complete study, its practice copy, the copy's open round, and who has not answered it yet."""

    study: Study
    practice: Study
    open_round: str
    panellists: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Somebody to sign in as; `path` is the sign-in link without the address of the server."""

    who: str
    path: str


def prepare_demo(
    folder: Path, *, bundle: Path, fresh: bool, make_app: Callable[[Config], Flask]
) -> tuple[Config, DemoStudies]:
    """Fill the folder's database unless it holds this very bundle already; returns how to reach it.

    The folder's own settings are used, never those of an installation on the same machine.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not read_secrets(folder):
        make_secrets(folder)
    config = Config.from_environment(
        {**read_secrets(folder), "DELPHI_ENV": "development", "DELPHI_DATA": str(folder)}
        | {"DELPHI_DATABASE_URL": f"sqlite:///{folder / DATABASE}"}
    )
    studies = demo_studies(read_bundle(bundle))
    made_from, wanted = folder / MADE_FROM, digest(bundle)
    if not fresh and made_from.exists() and made_from.read_text(encoding="utf-8") == wanted:
        return config, studies
    for old in (made_from, *folder.glob(f"{DATABASE}*")):
        old.unlink(missing_ok=True)
    with step(f"Loading {studies.study.protocol.study.title}"):
        fill(make_app(config), studies)
    made_from.write_text(wanted, encoding="utf-8")
    return config, studies


def digest(bundle: Path) -> str:
    """Return what the demonstration's database is made from: the bundle's bytes and the newest migration."""
    files = sorted(bundle.iterdir()) if bundle.is_dir() else [bundle]
    whole = hashlib.sha256(schema.head().encode())
    for file in files:
        whole.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return whole.hexdigest()


def demo_studies(study: Study) -> DemoStudies:
    """Return the study, and a copy as it stood in its last rating round, some answers not yet given."""
    open_round = [round_.code for round_ in study.protocol.rounds if round_.kind is RoundKind.RATING][-1]
    panellists = tuple(_people_to_try(study, open_round))
    past = as_of(study, open_round, without=frozenset(panellists))
    identity = study.protocol.study
    title = f"{identity.title} — practice copy, {study.protocol.round(open_round).label} open"
    renamed = replace(identity, code=f"{identity.code[:30]}_practice", title=title)
    practice = replace(past, protocol=replace(past.protocol, study=renamed))
    return DemoStudies(study=study, practice=practice, open_round=open_round, panellists=panellists)


def fill(app: Flask, studies: DemoStudies) -> None:
    """Make the tables, load both studies, and add the team."""
    with app.app_context():
        schema.upgrade()
        ids = (
            dataset.import_study(studies.study, by=ACTOR, now=now()),
            dataset.import_study(studies.practice, by=ACTOR, now=now(), open_round=studies.open_round),
        )
        for email, name, role in TEAM:
            user_id = add_user(email, name=name, password=None, by=ACTOR, now=now())
            for study_id in ids:
                give_role(user_id, study_id=study_id, role=role, by=ACTOR, now=now())
        db.session.remove()
        db.engine.dispose()


def invite_guests(studies: DemoStudies) -> tuple[Guest, ...]:
    """Make a new sign-in link for a panellist of each group and for each of the team."""
    people = (
        select(Panellist.id, StakeholderGroup.code)
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .join(StudyRow, StudyRow.id == Panellist.study_id)
        .where(StudyRow.code == studies.practice.protocol.study.code, Panellist.code.in_(studies.panellists))
        .order_by(StakeholderGroup.position)
    )
    guests = [
        Guest(
            who=f"Panellist: {studies.study.protocol.group(group).one}",
            path=_enter(make_link(panellist_id=id_, by=ACTOR, now=now(), valid_for=LINK_LASTS)),
        )
        for id_, group in db.session.execute(people).all()
    ]
    users = select(User.id, User.name).where(User.email.in_(email for email, _, _ in TEAM)).order_by(User.id)
    for id_, name in db.session.execute(users).all():
        link = make_link(user_id=id_, by=ACTOR, now=now(), valid_for=LINK_LASTS)
        guests.append(Guest(who=name.removeprefix("Demo ").capitalize(), path=_enter(link)))
    return tuple(guests)


def _enter(token: str) -> str:
    return f"/enter/{token}"


def _people_to_try(study: Study, open_round: str) -> Iterator[str]:
    """Of each group the first who answered the open round and most rounds before it."""
    rounds: dict[str, set[str]] = {}
    for rating in study.ratings:
        rounds.setdefault(rating.panellist, set()).add(rating.round)
    stayed = [
        person
        for person in study.panel
        if person.withdrew is None and open_round in rounds.get(person.code, ())
    ]
    for group in study.protocol.group_codes:
        people = [person.code for person in stayed if person.group == group]
        if people:
            yield max(people, key=lambda code: len(rounds[code]))

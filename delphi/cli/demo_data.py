"""The demonstration's database: the study as it ended, and a practice copy with an open round."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import case, select

from analysis.study.study import Study
from delphi import audit, dataset
from delphi.access.contacts import ContactDetails, keep_contact
from delphi.access.languages import keep_language
from delphi.access.links import make_link
from delphi.access.staff import add_user, give_role
from delphi.cli import schema
from delphi.cli.bundles import read_bundle
from delphi.cli.demo_practice import Summary, last_rating_round, practice_copy, summaries_of
from delphi.cli.installation import ACTOR
from delphi.cli.printing import step
from delphi.cli.secrets_file import make_secrets, read_secrets
from delphi.config import Config
from delphi.dataset.protocols import text_of
from delphi.extensions import db
from delphi.models import (
    DigestLine,
    OpenLink,
    Outcome,
    Panellist,
    Role,
    Round,
    StakeholderGroup,
    User,
)
from delphi.models import Study as StudyRow
from delphi.panel.actions import make_open_link
from delphi.web.clock import now

MADE_FROM = "made_from"  # written last: a database without it is unfinished
DATABASE = "delphi.sqlite3"
LINK_LASTS = timedelta(days=1)
ARABIC = "ar"  # from right to left, so there is most to see in it
TEAM = (
    ("researcher@example.org", "Demo researcher", Role.OWNER),
    ("analyst@example.org", "Demo analyst", Role.ANALYST),
)


@dataclass(frozen=True, kw_only=True)
class DemoStudies:
    """The complete study, its practice copy, the copy's open round, and who has not answered it yet.

    `in_arabic`: the one of the `panellists` who reads the pages in Arabic, None where the study has none.
    """

    study: Study
    practice: Study
    open_round: str
    panellists: tuple[str, ...]
    in_arabic: str | None


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
    made_from, wanted = folder / MADE_FROM, digest(bundle, studies.practice)
    if not fresh and made_from.exists() and made_from.read_text(encoding="utf-8") == wanted:
        return config, studies
    for old in (made_from, *folder.glob(f"{DATABASE}*")):
        old.unlink(missing_ok=True)
    with step(f"Loading {studies.study.protocol.study.title}"):
        fill(make_app(config), studies)
    made_from.write_text(wanted, encoding="utf-8")
    return config, studies


def digest(bundle: Path, practice: Study) -> str:
    """Return what the database is made from: the bundle's bytes, the practice copy, the newest migration."""
    files = sorted(bundle.iterdir()) if bundle.is_dir() else [bundle]
    whole = hashlib.sha256(schema.head().encode() + text_of(practice.protocol).encode())
    for file in files:
        whole.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return whole.hexdigest()


def demo_studies(study: Study) -> DemoStudies:
    """Return the study, and a copy as it stood in its last rating round, some answers not yet given."""
    open_round = last_rating_round(study.protocol).code
    panellists = tuple(_people_to_try(study, open_round))
    in_arabic = _another_of_the_first_group(study, open_round, panellists)
    if in_arabic:
        panellists = (*panellists, in_arabic)
    practice = practice_copy(study, without=frozenset(panellists))
    return DemoStudies(
        study=study,
        practice=practice,
        open_round=open_round,
        panellists=panellists,
        in_arabic=in_arabic,
    )


def fill(app: Flask, studies: DemoStudies) -> None:
    """Make the tables, load both studies, add the digest of comments, an open link and the team."""
    with app.app_context():
        schema.upgrade()
        ids = (
            dataset.import_study(studies.study, by=ACTOR, now=now()),
            dataset.import_study(studies.practice, by=ACTOR, now=now(), open_round=studies.open_round),
        )
        _add_digest(summaries_of(studies.practice), study_id=ids[1])
        make_open_link(ids[1], by=ACTOR, now=now())
        _give_contacts(ids[1], studies.panellists, keys=app.config["CONTACT_KEYS"])
        if studies.in_arabic:
            theirs = (Panellist.study_id == ids[1], Panellist.code == studies.in_arabic)
            panellist_id = db.session.scalars(select(Panellist.id).where(*theirs)).one()
            keep_language(panellist_id, language=ARABIC, by=ACTOR, now=now())
        for email, name, role in TEAM:
            user_id = add_user(email, name=name, password=None, by=ACTOR, now=now())
            for study_id in ids:
                give_role(user_id, study_id=study_id, role=role, by=ACTOR, now=now())
        db.session.remove()
        db.engine.dispose()


def _give_contacts(study_id: int, codes: Collection[str], *, keys: Collection[str]) -> None:
    """Give the panellists to try an address, so that there is somebody to write to; it reaches nobody."""
    theirs = (Panellist.study_id == study_id, Panellist.code.in_(codes))
    for panellist_id, code in db.session.execute(select(Panellist.id, Panellist.code).where(*theirs)).all():
        contact = ContactDetails(name=f"Demo {code}", email=f"{code}@example.org")
        keep_contact(panellist_id, contact=contact, keys=tuple(keys), by=ACTOR, now=now())


def invite_guests(studies: DemoStudies) -> tuple[Guest, ...]:
    """Make a new sign-in link for the panellists to try and for each of the team."""
    people = (
        select(Panellist.id, Panellist.code, StakeholderGroup.code.label("group"))
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .join(StudyRow, StudyRow.id == Panellist.study_id)
        .where(StudyRow.code == studies.practice.protocol.study.code, Panellist.code.in_(studies.panellists))
        .order_by(case((Panellist.code == studies.in_arabic, 1), else_=0), StakeholderGroup.position)
    )
    guests = [
        Guest(
            who=_who(studies, code, group=group),
            path=_enter(make_link(panellist_id=id_, by=ACTOR, now=now(), valid_for=LINK_LASTS)),
        )
        for id_, code, group in db.session.execute(people).all()
    ]
    users = select(User.id, User.name).where(User.email.in_(email for email, _, _ in TEAM)).order_by(User.id)
    for id_, name in db.session.execute(users).all():
        link = make_link(user_id=id_, by=ACTOR, now=now(), valid_for=LINK_LASTS)
        guests.append(Guest(who=name.removeprefix("Demo ").capitalize(), path=_enter(link)))
    return tuple(guests)


def way_to_join(studies: DemoStudies) -> str | None:
    """Return the path of the practice copy's open link, None if the team has ended it."""
    query = (
        select(OpenLink.token)
        .join(StudyRow, StudyRow.id == OpenLink.study_id)
        .where(StudyRow.code == studies.practice.protocol.study.code, OpenLink.ended_at.is_(None))
    )
    token = db.session.scalars(query).one_or_none()
    return f"/join/{token}" if token else None


def _add_digest(summaries: Iterable[Summary], *, study_id: int) -> None:
    """Write the digest as a team would have written it after the round."""
    rounds = _ids_by_code(Round, study_id)
    outcomes = _ids_by_code(Outcome, study_id)
    written_at = now()
    lines = [
        DigestLine(
            round_id=rounds[summary.round],
            outcome_id=outcomes[summary.outcome] if summary.outcome else None,
            edition=1,
            position=position,
            text=summary.text,
            written_at=written_at,
        )
        for position, summary in enumerate(summaries)
    ]
    db.session.add_all(lines)
    audit.record(
        db.session, at=written_at, actor=ACTOR, action="digest written", study_id=study_id, lines=len(lines)
    )
    db.session.commit()


def _ids_by_code(table: type[Round] | type[Outcome], study_id: int) -> dict[str, int]:
    return dict(db.session.execute(select(table.code, table.id).where(table.study_id == study_id)).all())


def _who(studies: DemoStudies, code: str, *, group: str) -> str:
    one = f"Panellist: {studies.study.protocol.group(group).one}"
    return f"{one}, in Arabic" if code == studies.in_arabic else one


def _enter(token: str) -> str:
    return f"/enter/{token}"


def _people_to_try(study: Study, open_round: str) -> Iterator[str]:
    """Of each group the first who answered the open round and most rounds before it."""
    for group in study.protocol.group_codes:
        people = _stayed(study, open_round, group=group)
        if people:
            yield people[0]


def _another_of_the_first_group(study: Study, open_round: str, taken: Collection[str]) -> str | None:
    """The next one of the first group, to read in Arabic; None where the study has no Arabic."""
    if ARABIC not in study.protocol.study.languages:
        return None
    people = _stayed(study, open_round, group=study.protocol.group_codes[0])
    return next((code for code in people if code not in taken), None)


def _stayed(study: Study, open_round: str, *, group: str) -> list[str]:
    """Those of a group who answered the open round and did not leave, the most faithful first."""
    rounds: dict[str, set[str]] = {}
    for rating in study.ratings:
        rounds.setdefault(rating.panellist, set()).add(rating.round)
    people = [
        person.code
        for person in study.panel
        if person.group == group and person.withdrew is None and open_round in rounds.get(person.code, ())
    ]
    return sorted(people, key=lambda code: -len(rounds[code]))

"""The audit trail of a study, as it is read and filtered."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from delphi.audit.chain import Row
from delphi.extensions import db
from delphi.models import AuditRow, Panellist, Round, User

ROWS_ON_A_PAGE = 100
ROWS_AT_A_TIME = 5_000
TEAM, PANELLISTS, COMMAND_LINE = "team", "panellists", "command line"
_COLUMNS = (AuditRow.id, AuditRow.at, AuditRow.actor, AuditRow.action, AuditRow.study_id, AuditRow.detail)
_PERSON = re.compile(r"(user|panellist):(\d+)")


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What is asked for: who, about which panellist, what, in which round, in which time. Empty: all."""

    who: str = ""
    panellist: str = ""
    action: str = ""
    round_code: str = ""
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class TrailLine:
    """A row in words; `details` are what it says beside the round."""

    number: int
    at: datetime
    actor: str
    who: str
    action: str
    round_code: str
    details: str


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What there is to filter by: (value, words) each."""

    who: tuple[tuple[str, str], ...]
    actions: tuple[tuple[str, str], ...]
    rounds: tuple[tuple[str, str], ...]


def choices_of(study_id: int) -> Choices:
    """What there is to filter by in the trail of a study."""
    own = AuditRow.study_id == study_id
    actions = db.session.scalars(select(AuditRow.action).where(own).distinct())
    by_users = AuditRow.actor.like("user:%") & ~AuditRow.actor.like("% for %")
    users = db.session.scalars(select(AuditRow.actor).where(own, by_users).distinct()).all()
    named = sorted(((actor, words) for actor, words in _names(users).items()), key=lambda pair: pair[1])
    rounds = db.session.execute(
        select(Round.code, Round.code).where(Round.study_id == study_id).order_by(Round.position)
    )
    groups = ((TEAM, "Anybody in the team"), (PANELLISTS, "Any panellist"), (COMMAND_LINE, "Command line"))
    return Choices(
        who=(("", "Everybody"), *groups, *named),
        actions=(("", "Everything"), *((action, action) for action in sorted(actions))),
        rounds=(("", "All rounds"), *((code, f"Round {code}") for code, _ in rounds)),
    )


def trail_lines(study_id: int, filters: Filters, *, older_than: int | None, number: int) -> list[TrailLine]:
    """So many rows of the trail, newest first, that are older than the row with that number."""
    query = select(*_COLUMNS).where(AuditRow.study_id == study_id, *_conditions(study_id, filters))
    if older_than is not None:
        query = query.where(AuditRow.id < older_than)
    rows = db.session.execute(query.order_by(AuditRow.id.desc()).limit(number)).all()
    names = _names([row.actor for row in rows])
    return [_line(row, names) for row in rows]


def all_lines(study_id: int, filters: Filters) -> Iterator[TrailLine]:
    """All rows, newest first, a part at a time."""
    older_than = None
    while True:
        part = trail_lines(study_id, filters, older_than=older_than, number=ROWS_AT_A_TIME)
        yield from part
        if len(part) < ROWS_AT_A_TIME:
            return
        older_than = part[-1].number


def is_panellist(study_id: int, code: str) -> bool:
    """Whether the study has a panellist with that code."""
    return _panellist_id(study_id, code) is not None


def _line(row: Row, names: Mapping[str, str]) -> TrailLine:
    detail = dict(row.detail)
    round_code = str(detail.pop("round", None) or "")
    return TrailLine(
        number=row.id,
        at=row.at,
        actor=row.actor,
        who=_PERSON.sub(lambda found: names.get(found[0], found[0]), row.actor),
        action=row.action,
        round_code=round_code,
        details="; ".join(f"{name.replace('_', ' ')}: {_plain(value)}" for name, value in detail.items()),
    )


def _plain(value: Any) -> str:  # noqa: ANN401  # whatever a row's detail holds
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _names(actors: Sequence[str]) -> dict[str, str]:
    """What each person among the actors is called: users by name, panellists by code."""
    ids: dict[str, set[int]] = {"user": set(), "panellist": set()}
    for actor in set(actors):
        for kind, number in _PERSON.findall(actor):
            ids[kind].add(int(number))
    users = select(User.id, User.name).where(User.id.in_(ids["user"]))
    panellists = select(Panellist.id, Panellist.code).where(Panellist.id.in_(ids["panellist"]))
    return {f"user:{id_}": name for id_, name in db.session.execute(users)} | {
        f"panellist:{id_}": code for id_, code in db.session.execute(panellists)
    }


def _conditions(study_id: int, filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.who:
        yield _by(filters.who)
    if filters.panellist:
        yield _about(_panellist_id(study_id, filters.panellist))
    if filters.action:
        yield AuditRow.action == filters.action
    if filters.round_code:
        yield AuditRow.detail["round"].as_string() == filters.round_code
    if filters.since is not None:
        yield AuditRow.at >= filters.since
    if filters.before is not None:
        yield AuditRow.at < filters.before


def _by(who: str) -> ColumnElement[bool]:
    if who == TEAM:
        return AuditRow.actor.like("user:%")
    if who == PANELLISTS:
        return AuditRow.actor.like("panellist:%")
    return or_(AuditRow.actor == who, AuditRow.actor.like(f"{who} for %"))


def _about(panellist_id: int | None) -> ColumnElement[bool]:
    """What a panellist did, what was done for them, and what was done about them."""
    own = f"panellist:{panellist_id}"
    return or_(
        AuditRow.actor == own,
        AuditRow.actor.like(f"% for {own}"),
        AuditRow.detail["panellist"].as_string() == str(panellist_id),
        AuditRow.detail["link_for"].as_string() == own,
    )


def _panellist_id(study_id: int, code: str) -> int | None:
    query = select(Panellist.id).where(Panellist.study_id == study_id, Panellist.code == code)
    return db.session.scalar(query)

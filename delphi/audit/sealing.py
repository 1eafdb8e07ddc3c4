"""Sealing the trail: what was written since the seal before is sealed, many rows at once."""

import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from delphi.audit.chain import (
    BEFORE_ALL,
    SEAL,
    OpenGaps,
    Row,
    Seal,
    digest_of,
    heading,
    rows_between,
    rows_with,
    seals,
)
from delphi.models import AuditRow, AuditSeal

LOG = logging.getLogger(__name__)
SETTLED_AFTER = timedelta(minutes=1)  # younger rows may have older neighbours that are not committed yet
ROWS_IN_A_SEAL = 50_000


@dataclass(frozen=True, kw_only=True)
class Head:
    """The newest seal: who keeps it elsewhere can tell whether the chain was made anew."""

    number: int
    sha256: str
    sealed_at: datetime


def seal_trail(engine: Engine, *, now: datetime, seals_at_most: int = 1_000) -> int:
    """Seal what is not sealed yet and is old enough; return the number of rows.

    It reads in one transaction and writes one short row in another, so nobody who saves waits for it.
    """
    sealed = 0
    for _ in range(seals_at_most):
        with engine.connect() as connection:
            values = _next_seal(connection, now=now)
        if values is None:
            return sealed
        try:
            with engine.begin() as connection:
                connection.execute(insert(AuditSeal), values)
        except IntegrityError:  # somebody else made the seal with this number: theirs holds these rows
            return sealed
        sealed += int(str(values["rows"]))
    return sealed


def seal_if_possible(engine: Engine, *, now: datetime) -> None:
    """Seal the trail where something else is done that must not fail for it, nor wait long."""
    try:
        seal_trail(engine, now=now, seals_at_most=1)
    except SQLAlchemyError:
        LOG.warning("The audit trail could not be sealed now; `delphi audit seal` will do it.")


def head_of(connection: Connection) -> Head | None:
    """The newest seal, None while there is none."""
    row = connection.execute(select(SEAL).order_by(SEAL.c.number.desc()).limit(1)).one_or_none()
    return None if row is None else Head(number=row.number, sha256=row.sha256, sealed_at=row.sealed_at)


def _next_seal(connection: Connection, *, now: datetime) -> dict[str, object] | None:
    """The seal to make, None if there is nothing to seal."""
    gaps, last = OpenGaps(), None
    for last in seals(connection):
        gaps.go_past(last)
    after = 0 if last is None else last.up_to
    up_to = _reaches(connection, after=after, now=now)
    late = rows_with(connection, gaps.since)
    if up_to == after and not late:
        return None
    return _seal(connection, last, up_to=up_to, late=late, now=now)


def _reaches(connection: Connection, *, after: int, now: datetime) -> int:
    """The id up to which the next seal goes."""
    unsealed = select(AuditRow.id).where(AuditRow.id > after)
    settled = select(func.max(AuditRow.id)).where(AuditRow.id > after, AuditRow.at <= now - SETTLED_AFTER)
    newest = connection.scalar(settled)
    enough = connection.scalar(unsealed.order_by(AuditRow.id).offset(ROWS_IN_A_SEAL - 1).limit(1))
    return after if newest is None else min(newest, enough or newest)


def _seal(
    connection: Connection, last: Seal | None, *, up_to: int, late: Collection[Row], now: datetime
) -> dict[str, object]:
    after = None if last is None else last.up_to
    rows = list(rows_between(connection, after=after, up_to=up_to))
    there = {row.id for row in rows}
    values: dict[str, object] = {
        "number": 1 if last is None else last.number + 1,
        "up_to": up_to,
        "gaps": [number for number in range((after or 0) + 1, up_to) if number not in there],
        "late": [row.id for row in late],
        "sealed_at": now,
    }
    sha256, ids = digest_of(
        before=BEFORE_ALL if last is None else last.sha256,
        seal=heading(**values),  # type: ignore[arg-type]  # the columns, by their names
        rows=_in_order(rows, late),
    )
    return values | {"rows": len(ids), "sha256": sha256}


def _in_order(rows: Collection[Row], late: Collection[Row]) -> Iterator[Row]:
    return chain(late, rows)

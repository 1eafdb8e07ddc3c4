"""The chain of seals over the trail: what a seal is made of, and which ids it answers for.

Rows are written without it: a chain from row to row would make everybody who saves wait for whoever saved
before. Seals are made afterwards, over many rows at once (docs/decisions/035).
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection, select

from delphi.models import AuditRow, AuditSeal

BEFORE_ALL = "0" * 64
MAY_COME_LATE = timedelta(hours=1)  # no request takes as long to commit
ROWS_AT_A_TIME = 2_000
SEAL = AuditSeal.__table__
_COLUMNS = (AuditRow.id, AuditRow.at, AuditRow.actor, AuditRow.action, AuditRow.study_id, AuditRow.detail)


class Row(Protocol):
    """A row of the trail."""

    @property
    def id(self) -> int: ...

    @property
    def at(self) -> datetime: ...

    @property
    def actor(self) -> str: ...

    @property
    def action(self) -> str: ...

    @property
    def study_id(self) -> int | None: ...

    @property
    def detail(self) -> dict[str, Any]: ...


class Seal(Protocol):
    """A seal as it is stored."""

    @property
    def number(self) -> int: ...

    @property
    def up_to(self) -> int: ...

    @property
    def rows(self) -> int: ...

    @property
    def gaps(self) -> Sequence[int]: ...

    @property
    def late(self) -> Sequence[int]: ...

    @property
    def sealed_at(self) -> datetime: ...

    @property
    def sha256(self) -> str: ...


@dataclass(slots=True)
class OpenGaps:
    """Ids that had no row when they were passed over, while a row may still come: id → when passed over.

    What is left an hour later, at the next seal, is closed for good: a row that has it then was put in.
    """

    since: dict[int, datetime] = field(default_factory=dict)

    def go_past(self, seal: Seal) -> None:
        """Take a seal into account."""
        late = set(seal.late)
        for number in self.closing(at=seal.sealed_at) | late:
            self.since.pop(number, None)
        self.since.update(dict.fromkeys(seal.gaps, seal.sealed_at))

    def closing(self, *, at: datetime) -> set[int]:
        """Those that a seal at that moment closes."""
        return {number for number, since in self.since.items() if at - since >= MAY_COME_LATE}


def digest_of(*, before: str, seal: Sequence[object], rows: Iterator[Row]) -> tuple[str, list[int]]:
    """The SHA-256 over the seal before, what this one says of itself, and its rows; and the rows' ids."""
    sha = hashlib.sha256(f"{before}\n{_plain(seal)}\n".encode())
    ids = []
    for row in rows:
        sha.update(f"{canonical(row)}\n".encode())
        ids.append(row.id)
    return sha.hexdigest(), ids


def heading(
    *, number: int, up_to: int, gaps: Collection[int], late: Collection[int], sealed_at: datetime
) -> tuple[object, ...]:
    """What a seal says of itself, as it goes into its hash."""
    return (number, up_to, sorted(gaps), sorted(late), sealed_at.astimezone(UTC).isoformat())


def canonical(row: Row) -> str:
    """A row as one line of text: the same on every database."""
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    return _plain((row.id, at, row.actor, row.action, row.study_id, row.detail))


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def rows_between(connection: Connection, *, after: int | None, up_to: int) -> Iterator[Row]:
    """The rows of a stretch, by id; a part at a time, so that a long trail needs no more memory.

    `after` is None for the first stretch: a row with an id below all is in it.
    """
    while True:
        query = select(*_COLUMNS).where(AuditRow.id <= up_to).order_by(AuditRow.id).limit(ROWS_AT_A_TIME)
        part = connection.execute(query if after is None else query.where(AuditRow.id > after)).all()
        yield from part
        if len(part) < ROWS_AT_A_TIME:
            return
        after = part[-1].id


def rows_with(connection: Connection, ids: Collection[int]) -> list[Row]:
    """The rows that have these ids, by id."""
    wanted, found = sorted(ids), list[Row]()
    for start in range(0, len(wanted), ROWS_AT_A_TIME):
        part = wanted[start : start + ROWS_AT_A_TIME]
        found += connection.execute(select(*_COLUMNS).where(AuditRow.id.in_(part)).order_by(AuditRow.id))
    return found


def seals(connection: Connection) -> list[Seal]:
    """All seals, oldest first."""
    return list(connection.execute(select(SEAL).order_by(SEAL.c.number)))

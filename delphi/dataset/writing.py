"""Many rows at once, and the ids that codes stand for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from sqlalchemy import String, insert, select

from delphi.extensions import Base, db
from delphi.models import Outcome, Panellist, Round, StakeholderGroup

Row = dict[str, object]


class StudyRefused(ValueError):
    """A study that the database cannot take; `field`, `found` and `expected` say why, in plain words."""

    def __init__(self, field: str, found: str, expected: str) -> None:
        self.field, self.found, self.expected = field, found, expected
        super().__init__(f'{field}: found "{found}", expected {expected}')


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """The ids of a study's rows by their codes."""

    rounds: Mapping[str, int]
    groups: Mapping[str, int]
    outcomes: Mapping[str, int]
    panellists: Mapping[str, int]

    @classmethod
    def of(cls, study_id: int) -> Self:
        """Read them from the database."""
        return cls(
            rounds=_ids(Round, study_id),
            groups=_ids(StakeholderGroup, study_id),
            outcomes=_ids(Outcome, study_id),
            panellists=_ids(Panellist, study_id),
        )


def add_rows(table: type[Base], rows: Sequence[Row]) -> None:
    """Insert `rows` in their order, without committing; StudyRefused for a text too long for its column."""
    if not rows:
        return
    for name, longest in _limits(table):
        found = max((str(row[name] or "") for row in rows if name in row), key=len, default="")
        if len(found) > longest:
            raise StudyRefused(
                f"{table.__tablename__}.{name}", f"{found[:60]}…", f"at most {longest} characters"
            )
    db.session.execute(insert(table.__table__), rows)  # type: ignore[arg-type]  # a mapped class's table can be inserted into


def _limits(table: type[Base]) -> Iterator[tuple[str, int]]:
    for column in table.__table__.columns:
        if isinstance(column.type, String) and column.type.length is not None:
            yield column.name, column.type.length


def _ids(table: type[Round | StakeholderGroup | Outcome | Panellist], study_id: int) -> dict[str, int]:
    query = select(table.code, table.id).where(table.study_id == study_id)
    return dict(db.session.execute(query).all())

"""Column types that every table shares."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

from sqlalchemy import DateTime, Dialect, Enum, ForeignKey, TypeDecorator
from sqlalchemy.orm import mapped_column

Id = Annotated[int, mapped_column(primary_key=True)]


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored as UTC without a zone (SQLite keeps none), given back as UTC. Refuses a naive one."""

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def closed_set(members: type[StrEnum], name: str) -> Enum:
    """A column type for an enum: its values as text, with a CHECK named `name`, on every database."""
    return Enum(
        members,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=30,
        values_callable=lambda kind: [member.value for member in kind],
    )


def cascade(target: str) -> ForeignKey:
    """A foreign key to `target` whose row goes when the other goes."""
    return ForeignKey(target, ondelete="CASCADE")

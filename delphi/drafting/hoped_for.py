"""How many people a draft hopes for in each group: the panel shows them beside those who are there."""

from collections.abc import Iterable

from sqlalchemy import select

from delphi.drafting.answers import GroupRow
from delphi.drafting.faults import count_in
from delphi.extensions import db
from delphi.models import GroupTarget, StakeholderGroup


def add_targets(rows: Iterable[GroupRow], *, study_id: int) -> None:
    """Add the targets of a study that was just made, without committing."""
    query = select(StakeholderGroup.code, StakeholderGroup.id).where(StakeholderGroup.study_id == study_id)
    groups = dict(db.session.execute(query).all())
    hoped = ((groups[row.code], count_in(row.target)) for row in rows if row.code in groups)
    db.session.add_all(GroupTarget(group_id=group, people=people) for group, people in hoped if people)

"""How many people each group should have: what was written, and keeping it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select

from delphi import audit
from delphi.extensions import db
from delphi.models import GroupTarget, StakeholderGroup

FIELD = "target-"
MOST = 100_000
EXPECTED = "Enter a whole number from 1, or nothing."


def targets_in(written: Mapping[str, str]) -> tuple[dict[str, int], dict[str, str]]:
    """Return the targets by group, and what is wrong by group. Nothing written: no target."""
    numbers = {group: text for group, text in written.items() if text}
    good = {group: int(text) for group, text in numbers.items() if _is_good(text)}
    return good, {group: EXPECTED for group in numbers if group not in good}


def keep_targets(wanted: Mapping[str, int], *, study_id: int, by: str, now: datetime) -> None:
    """Keep the targets in place of those that there were."""
    query = select(StakeholderGroup.code, StakeholderGroup.id).where(StakeholderGroup.study_id == study_id)
    groups = dict(db.session.execute(query).all())
    db.session.execute(delete(GroupTarget).where(GroupTarget.group_id.in_(groups.values())))
    db.session.add_all(GroupTarget(group_id=groups[group], people=people) for group, people in wanted.items())
    audit.record(
        db.session,
        at=now,
        actor=by,
        action="targets set",
        study_id=study_id,
        groups=[f"{group} {people}" for group, people in wanted.items()],
    )
    db.session.commit()


def _is_good(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) and 1 <= int(text) <= MOST

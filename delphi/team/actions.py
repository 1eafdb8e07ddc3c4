"""What an owner does with the people of a team. One audit row and one commit each."""

from datetime import datetime

from sqlalchemy import func, select, update

from delphi import audit
from delphi.extensions import db
from delphi.models import Membership, Role, Study


class LastOwner(Exception):
    """A study keeps an owner: nothing was changed."""


class NotInTeam(Exception):
    """The person is not in the team (any more)."""


def change_role(user_id: int, *, study_id: int, role: Role, by: str, now: datetime) -> None:
    """Give a member another role, from their next page on. Raises LastOwner, NotInTeam."""
    membership = _member_alone(user_id, study_id=study_id)
    before = membership.role
    if role is not Role.OWNER:
        _keep_an_owner(membership)
    membership.role = role
    changed = {"user": user_id, "role": role.value, "before": before.value}
    audit.record(db.session, at=now, actor=by, action="role changed", study_id=study_id, **changed)
    db.session.commit()


def remove_member(user_id: int, *, study_id: int, by: str, now: datetime) -> None:
    """Take a member out of the team, at once; their account stays. Raises LastOwner, NotInTeam."""
    membership = _member_alone(user_id, study_id=study_id)
    _keep_an_owner(membership)
    db.session.delete(membership)
    details = {"user": user_id, "role": membership.role.value}
    audit.record(db.session, at=now, actor=by, action="member removed", study_id=study_id, **details)
    db.session.commit()


def _member_alone(user_id: int, *, study_id: int) -> Membership:
    """The member. Others who change this team wait until we are done: two owners cannot remove each other."""
    db.session.execute(update(Study).where(Study.id == study_id).values(code=Study.code))
    query = select(Membership).where(Membership.user_id == user_id, Membership.study_id == study_id)
    membership = db.session.scalar(query.execution_options(populate_existing=True))
    if membership is None:
        db.session.rollback()
        raise NotInTeam
    return membership


def _keep_an_owner(membership: Membership) -> None:
    owners = select(func.count()).select_from(Membership)
    others = (
        Membership.study_id == membership.study_id,
        Membership.user_id != membership.user_id,
        Membership.role == Role.OWNER,
    )
    if membership.role is Role.OWNER and not db.session.scalar(owners.where(*others)):
        db.session.rollback()
        raise LastOwner

"""Inviting a colleague to a team, and what the colleague does with the invitation. One commit each."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from delphi import audit
from delphi.access.current import SignedInUser
from delphi.access.links import TOKEN_BYTES, hash_of
from delphi.access.passwords import hash_password
from delphi.access.staff import plain_email
from delphi.extensions import db
from delphi.models import Membership, Role, Study, TeamInvitation, TeamMessage, User

INVITATION_LASTS = timedelta(days=7)


class InvitationRefused(Exception):
    """An invitation cannot be made or taken up; the message says why."""


@dataclass(frozen=True, kw_only=True)
class InvitationInView:
    """An invitation as it stands at one moment. `has_account`: somebody signs in with its address already."""

    invitation_id: int
    study_id: int
    study_code: str
    study_title: str
    email: str
    role: Role
    has_account: bool
    is_good: bool


def invite(email: str, *, study_id: int, role: Role, by: str, now: datetime, by_mail: bool = False) -> str:
    """Invite somebody and return the link's token, which is kept nowhere. Their older invitations end.

    `by_mail`: a message with a link of its own is owed to them, too.

    Raises InvitationRefused for who is in the team already.
    """
    address = plain_email(email)
    in_team = select(Membership.user_id).join(User, User.id == Membership.user_id)
    if db.session.scalar(in_team.where(Membership.study_id == study_id, User.email == address)) is not None:
        raise InvitationRefused("This person is in the team already. You can change their role.")
    _end(TeamInvitation.study_id == study_id, TeamInvitation.email == address, now=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = TeamInvitation(
        study_id=study_id,
        email=address,
        role=role,
        token_hash=hash_of(token),
        made_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    db.session.add(invitation)
    db.session.flush()
    if by_mail:
        db.session.add(TeamMessage(invitation_id=invitation.id, due_at=now))
    details = {"invitation": invitation.id, "role": role.value}
    audit.record(db.session, at=now, actor=by, action="colleague invited", study_id=study_id, **details)
    db.session.commit()
    return token


def end_invitation(invitation_id: int, *, study_id: int, by: str, now: datetime) -> None:
    """Let nobody come in by an invitation any more."""
    _end(TeamInvitation.id == invitation_id, TeamInvitation.study_id == study_id, now=now)
    what = {"action": "invitation ended", "study_id": study_id, "invitation": invitation_id}
    audit.record(db.session, at=now, actor=by, **what)  # type: ignore[arg-type]  # as named above
    db.session.commit()


def find_invitation(token: str, *, now: datetime) -> InvitationInView | None:
    """The invitation with that token as it stands now, or None. Looking changes nothing."""
    query = (
        select(TeamInvitation, Study.code, Study.title)
        .join(Study, Study.id == TeamInvitation.study_id)
        .outerjoin(TeamMessage, TeamMessage.invitation_id == TeamInvitation.id)
        .where(or_(TeamInvitation.token_hash == hash_of(token), TeamMessage.token_hash == hash_of(token)))
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        return None
    row, code, title = found
    account = select(User.id).where(User.email == row.email)
    return InvitationInView(
        invitation_id=row.id,
        study_id=row.study_id,
        study_code=code,
        study_title=title,
        email=row.email,
        role=row.role,
        has_account=db.session.scalar(account) is not None,
        is_good=row.used_at is None and row.ended_at is None and now < row.expires_at,
    )


def join_with_account(invitation: InvitationInView, *, user: SignedInUser, now: datetime) -> None:
    """Give whoever is signed in the role. Raises InvitationRefused if the invitation is not good any more.

    Who has a role in the study keeps that one: only an owner changes roles.
    """
    _spend(invitation, now=now)
    _join(invitation, user_id=user.user_id, now=now)
    db.session.commit()


def join_with_new_account(
    invitation: InvitationInView, *, name: str, password: str, now: datetime
) -> SignedInUser:
    """Make an account with the invitation's address and give it the role.

    Raises InvitationRefused if the invitation is not good any more, or the address has an account.
    """
    password_hash = hash_password(password)
    _spend(invitation, now=now)
    if db.session.scalar(select(User.id).where(User.email == invitation.email)) is not None:
        db.session.rollback()
        raise InvitationRefused("There is an account with your e-mail address. Sign in with it.")
    user = User(email=invitation.email, name=name, password_hash=password_hash, created_at=now)
    db.session.add(user)
    db.session.flush()
    person = SignedInUser(user_id=user.id, name=name)
    audit.record(db.session, at=now, actor=person.actor, action="user added", user=user.id)
    _join(invitation, user_id=user.id, now=now)
    db.session.commit()
    return person


def _spend(invitation: InvitationInView, *, now: datetime) -> None:
    # One statement decides, so of two requests at the same moment only one comes in.
    good = (
        TeamInvitation.id == invitation.invitation_id,
        TeamInvitation.used_at.is_(None),
        TeamInvitation.ended_at.is_(None),
        TeamInvitation.expires_at > now,
    )
    spent = update(TeamInvitation).where(*good).values(used_at=now).returning(TeamInvitation.id)
    if db.session.scalar(spent) is None:
        db.session.rollback()
        raise InvitationRefused("This invitation does not work any more. Ask for a new one.")


def _join(invitation: InvitationInView, *, user_id: int, now: datetime) -> None:
    role = invitation.role
    if db.session.get(Membership, (user_id, invitation.study_id)) is None:
        db.session.add(Membership(user_id=user_id, study_id=invitation.study_id, role=role))
        db.session.flush()
    audit.record(
        db.session,
        at=now,
        actor=f"user:{user_id}",
        action="invitation taken up",
        study_id=invitation.study_id,
        invitation=invitation.invitation_id,
        role=role.value,
    )


def _end(*which: object, now: datetime) -> None:
    unused = (TeamInvitation.used_at.is_(None), TeamInvitation.ended_at.is_(None))
    ending = update(TeamInvitation).where(*which, *unused).values(ended_at=now)  # type: ignore[arg-type]
    db.session.execute(ending)

"""The page of a team."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from delphi.dataset import protocol_of
from delphi.extensions import db
from delphi.models import Membership, Role, SecondFactor, Study, TeamInvitation, TeamMessage, User

ROLE_WORDS = {
    Role.OWNER: "Owner",
    Role.FACILITATOR: "Facilitator",
    Role.ADVISER: "Adviser",
    Role.ANALYST: "Analyst",
}
ROLE_HINTS = {
    Role.OWNER: "Does everything, and says who is in the team.",
    Role.FACILITATOR: "Runs the rounds and looks after the panel.",
    Role.ADVISER: "Reads the list, the decisions and the results of closed rounds.",
    Role.ANALYST: "Reads results of closed rounds, and downloads the answers by code.",
}


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody in the team. `has_second_factor`: whether their account asks for one."""

    user_id: int
    name: str
    email: str
    role: Role
    has_second_factor: bool
    is_last_owner: bool

    @property
    def role_words(self) -> str:
        """Their role, as it is read."""
        return ROLE_WORDS[self.role]


@dataclass(frozen=True, kw_only=True)
class OpenInvitation:
    """An invitation that nobody has taken up yet."""

    invitation_id: int
    email: str
    role_words: str
    expires_at: datetime
    mail_words: str


@dataclass(frozen=True, kw_only=True)
class TeamPage:
    """The team of a study; invitations by the time they end."""

    study: str
    study_title: str
    synthetic: str
    members: tuple[Member, ...]
    invitations: tuple[OpenInvitation, ...]

    def member(self, user_id: int) -> Member | None:
        """The member with that id, or None."""
        return next((member for member in self.members if member.user_id == user_id), None)


def ribbon_of(study_id: int) -> str:
    """The note on synthetic data, empty where nothing of the study is synthetic."""
    study = protocol_of(db.session.get_one(Study, study_id)).study
    return study.note if study.synthetic else ""


def password_hash_of(user_id: int) -> str | None:
    """What is kept of a user's password, None where they have none."""
    return db.session.scalar(select(User.password_hash).where(User.id == user_id))


def team_page(study_id: int, *, now: datetime) -> TeamPage:
    """The team as it is now."""
    study = db.session.get_one(Study, study_id)
    members = _members(study_id)
    return TeamPage(
        study=study.code,
        study_title=study.title,
        synthetic=ribbon_of(study_id),
        members=members,
        invitations=_invitations(study_id, now=now),
    )


def _members(study_id: int) -> tuple[Member, ...]:
    query = (
        select(User.id, User.name, User.email, Membership.role, SecondFactor.confirmed_at)
        .join(Membership, Membership.user_id == User.id)
        .outerjoin(SecondFactor, SecondFactor.user_id == User.id)
        .where(Membership.study_id == study_id)
        .order_by(func.lower(User.name), User.id)
    )
    rows = db.session.execute(query).all()
    owners = sum(row.role is Role.OWNER for row in rows)
    return tuple(
        Member(
            user_id=row.id,
            name=row.name,
            email=row.email,
            role=row.role,
            has_second_factor=row.confirmed_at is not None,
            is_last_owner=row.role is Role.OWNER and owners == 1,
        )
        for row in rows
    )


def _mail_words(message: TeamMessage | None) -> str:
    if message is None:
        return "No e-mail was sent: pass the link on."
    ends = (
        (message.sent_at, "The e-mail was sent."),
        (message.refused_at, "The mail server refused the e-mail."),
        (message.began_at, "The e-mail is being sent, or it is not known if it went out."),
    )
    return next((words for at, words in ends if at is not None), "The e-mail waits to be sent.")


def _invitations(study_id: int, *, now: datetime) -> tuple[OpenInvitation, ...]:
    query = (
        select(TeamInvitation, TeamMessage)
        .outerjoin(TeamMessage, TeamMessage.invitation_id == TeamInvitation.id)
        .where(
            TeamInvitation.study_id == study_id,
            TeamInvitation.used_at.is_(None),
            TeamInvitation.ended_at.is_(None),
            TeamInvitation.expires_at > now,
        )
        .order_by(TeamInvitation.expires_at, TeamInvitation.id)
    )
    return tuple(
        OpenInvitation(
            invitation_id=row.id,
            email=row.email,
            role_words=ROLE_WORDS[row.role],
            expires_at=row.expires_at,
            mail_words=_mail_words(message),
        )
        for row, message in db.session.execute(query)
    )

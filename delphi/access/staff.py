"""Members of study teams: their accounts, roles and passwords."""

from datetime import datetime

from sqlalchemy import select

from delphi import audit
from delphi.access.current import SignedInUser
from delphi.access.passwords import hash_password, is_outdated, renew_hash, verify_password
from delphi.extensions import db
from delphi.models import Membership, Role, SecondFactor, User


def plain_email(email: str) -> str:
    """An address as accounts know it: without blanks around it, in small letters."""
    return email.strip().lower()


def add_user(email: str, *, name: str, password: str | None, by: str, now: datetime) -> int:
    """Make an account and return its id; without a password it can be entered by a personal link only.

    Raises ValueError for an address that has an account, or a password that cannot be chosen.
    """
    address = plain_email(email)
    if db.session.scalar(select(User.id).where(User.email == address)) is not None:
        raise ValueError("That e-mail address has an account already.")
    password_hash = None if password is None else hash_password(password)
    user = User(email=address, name=name, password_hash=password_hash, created_at=now)
    db.session.add(user)
    db.session.flush()
    audit.record(db.session, at=now, actor=by, action="user added", user=user.id)
    db.session.commit()
    return user.id


def give_role(user_id: int, *, study_id: int, role: Role, by: str, now: datetime) -> None:
    """Give a user a role in a study, in place of the one that they may have had."""
    membership = db.session.get(Membership, (user_id, study_id))
    if membership is None:
        membership = Membership(user_id=user_id, study_id=study_id, role=role)
        db.session.add(membership)
    membership.role = role
    audit.record(
        db.session, at=now, actor=by, action="role given", study_id=study_id, user=user_id, role=role.value
    )
    db.session.commit()


def sign_in(email: str, *, password: str, now: datetime) -> SignedInUser | None:
    """Whoever has that address and password, or None; renews an outdated hash on the way."""
    user = db.session.scalar(select(User).where(User.email == plain_email(email)))
    if not verify_password(password, against=None if user is None else user.password_hash):
        return None
    if user is None or user.password_hash is None:
        return None
    if is_outdated(user.password_hash):
        user.password_hash = renew_hash(password)
    person = SignedInUser(user_id=user.id, name=user.name)
    action = "password accepted" if asks_second_factor(user.id) else "signed in by password"
    audit.record(db.session, at=now, actor=person.actor, action=action)
    db.session.commit()
    return person


def asks_second_factor(user_id: int) -> bool:
    """Whether a user has turned the second factor on."""
    on = (SecondFactor.user_id == user_id) & SecondFactor.confirmed_at.is_not(None)
    return db.session.scalar(select(SecondFactor.user_id).where(on)) is not None

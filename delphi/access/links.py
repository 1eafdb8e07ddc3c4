"""Personal sign-in links: good once, until they expire; only a hash of the token is kept."""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import bindparam, select, update

from delphi import audit
from delphi.access.current import SignedInUser, Visitor, load_panellist, load_user
from delphi.access.staff import asks_second_factor
from delphi.extensions import ask, db
from delphi.models import LinkKind, Panellist, SignInLink

TOKEN_BYTES = 32
_STUDY = select(Panellist.study_id).where(Panellist.id == bindparam("panellist_id"))
_LINK = select(
    SignInLink.id,
    SignInLink.token_hash,
    SignInLink.panellist_id,
    SignInLink.user_id,
    SignInLink.used_at,
    SignInLink.expires_at,
).where(SignInLink.token_hash == bindparam("token_hash"), SignInLink.kind == LinkKind.LINK)
_SPEND = (
    update(SignInLink)
    .where(
        SignInLink.token_hash == bindparam("wanted"),
        SignInLink.used_at.is_(None),
        SignInLink.expires_at > bindparam("now"),
        SignInLink.kind.in_(bindparam("kinds", expanding=True)),
    )
    .values(used_at=bindparam("now"))
    .returning(SignInLink.panellist_id, SignInLink.user_id, SignInLink.kind)
)


class _WhoseLink(Protocol):
    """A link or code, as far as it says whom it is for."""

    @property
    def panellist_id(self) -> int | None: ...

    @property
    def user_id(self) -> int | None: ...


@dataclass(frozen=True, kw_only=True)
class LinkInView:
    """A link as it stands at one moment; `is_good` when it can still be spent."""

    link_id: int
    panellist_id: int | None
    user_id: int | None
    is_used: bool
    is_expired: bool

    @property
    def is_good(self) -> bool:
        """Whether it can still be spent."""
        return not (self.is_used or self.is_expired)

    @property
    def session_id(self) -> str:
        """How the session cookie would name the person whom it is for."""
        return f"u:{self.user_id}" if self.panellist_id is None else f"p:{self.panellist_id}"


def hash_of(token: str) -> str:
    """What the database keeps of a token: SHA-256, because there is no dictionary of random tokens."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_link(
    *,
    panellist_id: int | None = None,
    user_id: int | None = None,
    by: str,
    now: datetime,
    valid_for: timedelta,
) -> str:
    """Make a link for one panellist or one user and return its token, which is kept nowhere."""
    token = add_link(panellist_id=panellist_id, user_id=user_id, by=by, now=now, valid_for=valid_for)
    db.session.commit()
    return token


def add_link(
    *,
    panellist_id: int | None = None,
    user_id: int | None = None,
    by: str,
    now: datetime,
    valid_for: timedelta,
) -> str:
    """Make a link as part of what the caller commits, and return its token."""
    if (panellist_id is None) is (user_id is None):
        raise ValueError("a link is for one panellist or for one user")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = SignInLink(
        token_hash=hash_of(token),
        panellist_id=panellist_id,
        user_id=user_id,
        created_at=now,
        expires_at=now + valid_for,
        used_at=None,
        kind=LinkKind.LINK,
    )
    _add(link, by=by)
    return token


def keep_link(link: SignInLink, *, by: str) -> None:
    """Keep a new link or code."""
    _add(link, by=by)
    db.session.commit()


def _add(link: SignInLink, *, by: str) -> None:
    db.session.add(link)
    action = "link made" if link.kind is LinkKind.LINK else "code made"
    _record(link, at=link.created_at, actor=by, action=action)


def find_link(token: str, *, now: datetime) -> LinkInView | None:
    """The link with that token as it stands now, or None. Looking changes nothing."""
    wanted = hash_of(token)
    link = ask(_LINK, {"token_hash": wanted}).one_or_none()
    if link is None or not hmac.compare_digest(link.token_hash, wanted):
        return None
    return LinkInView(
        link_id=link.id,
        panellist_id=link.panellist_id,
        user_id=link.user_id,
        is_used=link.used_at is not None,
        is_expired=link.expires_at <= now,
    )


def spend_link(token: str, *, now: datetime) -> Visitor | None:
    """Spend a link and return whom it signs in, or None if it was not good any more."""
    return spend(hash_of(token), kinds=(LinkKind.LINK,), now=now)


def spend(token_hash: str, *, kinds: Collection[LinkKind], now: datetime) -> Visitor | None:
    """Spend the link or code with that hash and return whom it signs in, None if it was not good any more.

    One statement decides, so of two requests at the same moment only one is let in.
    """
    link = ask(_SPEND, {"wanted": token_hash, "kinds": tuple(kinds), "now": now}).one_or_none()
    if link is None:
        db.session.rollback()
        return None
    person = _person_of(link)
    if person is not None:
        _record(link, at=now, actor=person.actor, action=_what_it_did(link.kind, person))
    db.session.commit()
    return person


def _what_it_did(kind: LinkKind, person: Visitor) -> str:
    if isinstance(person, SignedInUser) and asks_second_factor(person.user_id):
        return "link accepted"
    return "signed in by link" if kind is LinkKind.LINK else "signed in by code"


def _person_of(link: _WhoseLink) -> Visitor | None:
    if link.panellist_id is not None:
        return load_panellist(link.panellist_id)
    return None if link.user_id is None else load_user(link.user_id)


def _record(link: _WhoseLink, *, at: datetime, actor: str, action: str) -> None:
    study_id = ask(_STUDY, {"panellist_id": link.panellist_id}).scalar()
    person = f"user:{link.user_id}" if link.panellist_id is None else f"panellist:{link.panellist_id}"
    audit.record(db.session, at=at, actor=actor, action=action, study_id=study_id, link_for=person)

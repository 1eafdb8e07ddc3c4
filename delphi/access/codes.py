"""Codes that sign a panellist in on another device: short enough to read out or to remember.

They stand beside links in the same table: good once, for a while. A code is short, so whoever has the
database could try all of them against a plain hash; ours needs the app's secret key as well.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import update

from delphi.access.current import SignedInPanellist
from delphi.access.links import keep_link, spend
from delphi.extensions import db
from delphi.models import LinkKind, SignInLink

# Crockford's: no I, L, O, which look like digits, and no U
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOK_ALIKE = str.maketrans("OIL", "011")
LENGTH = 10  # 50 bits; docs/decisions/018 says what that is good for
GROUPS = ((0, 4), (4, 8), (8, 10))
CODE_KINDS = (LinkKind.READ_OUT, LinkKind.COME_BACK)
# A come-back code may be the only way back: it outlives the pause between two rounds (docs/decisions/018).
LASTS = {LinkKind.READ_OUT: timedelta(hours=24), LinkKind.COME_BACK: timedelta(days=60)}


def spelled(code: str) -> str:
    """A code in groups, as people read it out: `K7PM 4XQ2 9T`."""
    return " ".join(code[start:end] for start, end in GROUPS)


def read_code(typed: str) -> str | None:
    """The code that somebody meant, None if it cannot be one.

    Capitals or not, blanks and dashes anywhere, O for 0 and I or L for 1: all of that is understood.
    """
    letters = "".join(letter for letter in typed.upper() if letter.isalnum()).translate(LOOK_ALIKE)
    return letters if len(letters) == LENGTH and set(letters) <= set(ALPHABET) else None


def make_code(*, panellist_id: int, kind: LinkKind, by: str, now: datetime) -> str:
    """Make a code and return it; it is kept nowhere. Their older ones of this kind end."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    unused = (SignInLink.used_at.is_(None), SignInLink.expires_at > now)
    older = (SignInLink.panellist_id == panellist_id, SignInLink.kind == kind, *unused)
    db.session.execute(update(SignInLink).where(*older).values(expires_at=now))
    keep_link(
        SignInLink(
            token_hash=_hash_of(code),
            panellist_id=panellist_id,
            user_id=None,
            created_at=now,
            expires_at=now + LASTS[kind],
            used_at=None,
            kind=kind,
        ),
        by=by,
    )
    return spelled(code)


def spend_code(typed: str, *, now: datetime) -> SignedInPanellist | None:
    """Spend a code and return whom it signs in, None if it is none, or not good any more."""
    code = read_code(typed)
    if code is None:
        return None
    person = spend(_hash_of(code), kinds=CODE_KINDS, now=now)
    return person if isinstance(person, SignedInPanellist) else None


def _hash_of(code: str) -> str:
    key = str(current_app.secret_key).encode()
    return hmac.new(key, b"code to come in " + code.encode(), hashlib.sha256).hexdigest()

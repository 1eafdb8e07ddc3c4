"""The second factor of users: codes of an authenticator (TOTP, RFC 6238), and recovery codes for its loss."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pyotp
from cryptography.fernet import InvalidToken
from flask import current_app
from sqlalchemy import delete, func, select, update

from delphi import audit
from delphi.access.codes import ALPHABET, LENGTH, read_code, spelled
from delphi.access.contacts import box_of
from delphi.extensions import db
from delphi.models import RecoveryCode, SecondFactor, User

ISSUER = "Chorus"
STEP_SECONDS = 30
CLOCKS_MAY_DIFFER = 1  # time steps, to either side
DIGITS = 6
RECOVERY_CODES = 10


@dataclass(frozen=True, kw_only=True)
class FactorState:
    """Whether a user's second factor is on, since when, and how many recovery codes are left."""

    on_since: datetime | None
    codes_left: int
    is_begun: bool


@dataclass(frozen=True, kw_only=True)
class NewKey:
    """A key to put into an authenticator; its repr shows nothing."""

    key: str
    address: str

    def __repr__(self) -> str:
        return "NewKey(hidden)"

    @property
    def spelled(self) -> str:
        """The key in groups of four, to be typed in."""
        return " ".join(self.key[start : start + 4] for start in range(0, len(self.key), 4))


def state_of(user_id: int) -> FactorState:
    """How a user's second factor stands."""
    row = db.session.get(SecondFactor, user_id)
    left = (RecoveryCode.user_id == user_id) & RecoveryCode.used_at.is_(None)
    return FactorState(
        on_since=None if row is None else row.confirmed_at,
        codes_left=db.session.scalar(select(func.count()).select_from(RecoveryCode).where(left)) or 0,
        is_begun=row is not None,
    )


def begin(user_id: int, *, keys: Sequence[str], now: datetime) -> None:
    """Make a key for a user who has none in use; nothing asks for it until they have confirmed it."""
    row = db.session.get(SecondFactor, user_id)
    if row is not None and row.confirmed_at is not None:
        return
    row = row or SecondFactor(user_id=user_id, last_step=0, confirmed_at=None)
    row.sealed, row.made_at = box_of(keys).encrypt(pyotp.random_base32().encode()), now
    db.session.add(row)
    db.session.commit()


def unconfirmed_key(user_id: int, *, keys: Sequence[str]) -> NewKey | None:
    """The key that waits to be confirmed; None if there is none. A key in use is never shown again."""
    row = db.session.get(SecondFactor, user_id)
    key = None if row is None or row.confirmed_at is not None else _key_of(row, keys)
    if key is None:
        return None
    email = db.session.scalar(select(User.email).where(User.id == user_id))
    return NewKey(key=key, address=pyotp.TOTP(key).provisioning_uri(name=email, issuer_name=ISSUER))


def confirm(user_id: int, typed: str, *, keys: Sequence[str], by: str, now: datetime) -> list[str] | None:
    """Turn the second factor on if the code fits; return new recovery codes, which are kept nowhere."""
    if not _take_code(user_id, typed, keys=keys, now=now):
        db.session.rollback()
        return None
    waiting = (SecondFactor.user_id == user_id) & SecondFactor.confirmed_at.is_(None)
    db.session.execute(update(SecondFactor).where(waiting).values(confirmed_at=now))
    codes = _new_recovery_codes(user_id, now=now)
    audit.record(db.session, at=now, actor=by, action="second factor turned on")
    db.session.commit()
    return codes


def accept(user_id: int, typed: str, *, keys: Sequence[str], by: str, now: datetime) -> bool:
    """Whether that is a good code, which is used up with it: of the authenticator, or a recovery code."""
    way = _way_in(user_id, typed, keys=keys, now=now)
    if way is None:
        db.session.rollback()
        return False
    audit.record(db.session, at=now, actor=by, action=way)
    db.session.commit()
    return True


def renew_recovery_codes(user_id: int, *, by: str, now: datetime) -> list[str]:
    """Make new recovery codes in place of the old ones, and return them; they are kept nowhere."""
    codes = _new_recovery_codes(user_id, now=now)
    audit.record(db.session, at=now, actor=by, action="recovery codes renewed")
    db.session.commit()
    return codes


def turn_off(user_id: int, *, by: str, now: datetime) -> None:
    """Ask for no second factor any more; key and recovery codes are deleted."""
    db.session.execute(delete(SecondFactor).where(SecondFactor.user_id == user_id))
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    audit.record(db.session, at=now, actor=by, action="second factor turned off", user=user_id)
    db.session.commit()


def _way_in(user_id: int, typed: str, *, keys: Sequence[str], now: datetime) -> str | None:
    if _take_code(user_id, typed, keys=keys, now=now):
        return "second factor accepted"
    return "recovery code used" if _take_recovery_code(user_id, typed, now=now) else None


def _take_code(user_id: int, typed: str, *, keys: Sequence[str], now: datetime) -> bool:
    row = db.session.get(SecondFactor, user_id)
    digits = "".join(typed.split())
    key = None if row is None or len(digits) != DIGITS or not digits.isascii() else _key_of(row, keys)
    if key is None:
        return False
    step = _step_of(digits, key=key, now=now)
    # One statement decides: a code counts once, also when two requests bring it at the same moment.
    newer = (SecondFactor.user_id == user_id) & (SecondFactor.last_step < step)
    taken = update(SecondFactor).where(newer).values(last_step=step).returning(SecondFactor.user_id)
    return db.session.scalar(taken) is not None


def _step_of(digits: str, *, key: str, now: datetime) -> int:
    """The time step that the code is of, -1 if it is none of those that can be now."""
    today = int(now.timestamp()) // STEP_SECONDS
    steps = range(today - CLOCKS_MAY_DIFFER, today + CLOCKS_MAY_DIFFER + 1)
    codes = pyotp.TOTP(key, digits=DIGITS, interval=STEP_SECONDS)
    fitting = [step for step in steps if hmac.compare_digest(codes.generate_otp(step), digits)]
    return max(fitting, default=-1)


def _take_recovery_code(user_id: int, typed: str, *, now: datetime) -> bool:
    code = read_code(typed)
    if code is None:
        return False
    unused = (
        RecoveryCode.user_id == user_id,
        RecoveryCode.code_hash == _hash_of(code, user_id=user_id),
        RecoveryCode.used_at.is_(None),
    )
    taken = update(RecoveryCode).where(*unused).values(used_at=now).returning(RecoveryCode.id)
    return db.session.scalar(taken) is not None


def _new_recovery_codes(user_id: int, *, now: datetime) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(RECOVERY_CODES)]
    db.session.add_all(
        RecoveryCode(user_id=user_id, code_hash=_hash_of(code, user_id=user_id), made_at=now)
        for code in codes
    )
    return [spelled(code) for code in codes]


def _key_of(row: SecondFactor, keys: Sequence[str]) -> str | None:
    try:
        return box_of(keys).decrypt(row.sealed).decode()
    except InvalidToken:  # sealed with a key that is gone: recovery codes still help
        return None


def _hash_of(code: str, *, user_id: int) -> str:
    key = str(current_app.secret_key).encode()
    return hmac.new(key, f"recovery code of {user_id}: {code}".encode(), hashlib.sha256).hexdigest()

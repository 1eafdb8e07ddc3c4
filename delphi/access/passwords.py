"""Passwords: hashed with argon2, checked in the same time whether or not the account exists."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST_LENGTH = 12
GREATEST_LENGTH = 1000  # a longer one only costs time
_hasher = PasswordHasher()


def problem_with(password: str) -> str | None:
    """Why a password cannot be chosen, in a sentence; None if it can."""
    if len(password) < LEAST_LENGTH:
        return f"A password needs at least {LEAST_LENGTH} characters."
    if len(password) > GREATEST_LENGTH:
        return f"A password has at most {GREATEST_LENGTH} characters."
    return None


def hash_password(password: str) -> str:
    """The argon2 hash to keep; raises ValueError for a password that cannot be chosen."""
    problem = problem_with(password)
    if problem:
        raise ValueError(problem)
    return _hasher.hash(password)


def renew_hash(password: str) -> str:
    """The hash of a password that was accepted before, whatever is asked of new ones today."""
    return _hasher.hash(password)


def verify_password(password: str, *, against: str | None) -> bool:
    """Whether a password has that hash. None, for an account that is not there, takes as long to refuse."""
    try:
        matches = _hasher.verify(against or _hash_of_nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return matches and against is not None


def is_outdated(password_hash: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


@cache
def _hash_of_nobody() -> str:
    return _hasher.hash("the password of nobody")

"""Texts about people that are kept for a short time, sealed like contacts."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


def seal_text(text: str, *, keys: Sequence[str]) -> bytes:
    """The text, encrypted and signed with the first key."""
    return _box(keys).encrypt(text.encode())


def open_text(sealed: bytes, *, keys: Sequence[str]) -> str | None:
    """The text that any of the keys sealed; None where none opens it, as after a change of keys."""
    try:
        return _box(keys).decrypt(sealed).decode()
    except InvalidToken:
        return None


def _box(keys: Sequence[str]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])

"""Tokens by which a message that comes back is known, and marks of addresses. Both are keyed.

Who does not hold the installation's secret can make neither: so nobody can report a bounce of a message that
they have not seen, not even with a copy of the database.
"""

import hashlib
import hmac
import re

TOKEN = re.compile(r"(?<![0-9a-f])([0-9a-f]{32})-([0-9a-f]{16})(?![0-9a-f])")
SEAL_LETTERS = 16


def return_token(key: str, *, secret: str) -> str:
    """Return the name that a message goes out with: its key, sealed."""
    return f"{key}-{_seal('message that may come back', key, secret)[:SEAL_LETTERS]}"


def key_in(text: str, *, secret: str) -> str | None:
    """Return the key of the first token of ours in a text, None if there is none."""
    for key, seal in TOKEN.findall(text.lower()):
        if hmac.compare_digest(return_token(key, secret=secret), f"{key}-{seal}"):
            return str(key)
    return None


def address_mark(address: str, *, secret: str) -> str:
    """Return a mark that is the same for the same address and tells nothing of it to who has no secret."""
    return _seal("address", address.strip().casefold(), secret)


def _seal(purpose: str, text: str, secret: str) -> str:
    return hmac.new(secret.encode(), f"{purpose} {text}".encode(), hashlib.sha256).hexdigest()

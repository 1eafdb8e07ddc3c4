"""Codes of people who come onto a panel later."""

import secrets

CODE_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
CODE_LENGTH = 8


def new_panellist_code() -> str:
    """A code for somebody who comes onto the panel: it tells nothing, also not who came before whom."""
    return "p-" + "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))

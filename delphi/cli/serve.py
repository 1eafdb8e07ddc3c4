"""`delphi serve`: the app on a production web server."""

import click

from delphi.cli.installation import make_app, refuse_unready_database, settings
from delphi.cli.printing import as_json, print_json
from delphi.cli.server import address_of, bound_socket, run_server
from delphi.extensions import db


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="Port; 0 takes a free one.")
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1), help="Requests at a time.")
@as_json
def serve(host: str, port: int, threads: int, as_json: bool) -> None:
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

    proxies = config.trusted_proxies > 0
    run_server(app, bound=bound, threads=threads, believes_proxies=proxies, when_ready=announce)
    with app.app_context():
        db.engine.dispose()
    click.echo("Stopped.", err=True)

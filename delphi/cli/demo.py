"""`delphi demo`: a real study to look at and a copy with an open round to try, in one command."""

from dataclasses import replace
from pathlib import Path

import click

from delphi.cli.demo_data import invite_guests, prepare_demo, way_to_join
from delphi.cli.demo_words import DemoWords, path_of_demo, print_demo
from delphi.cli.installation import make_app
from delphi.cli.printing import Refused, as_json
from delphi.cli.server import address_of, bound_socket, run_server
from delphi.extensions import db
from delphi.mail_settings import read_mail_settings

STUDY_FOLDER = Path(__file__).resolve().parent.parent.parent / "studies" / "mscos_2022"
DEMO_FOLDER = Path("var/demo")
THREADS = 8


@click.command()
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="Port; 0 takes a free one.")
@click.option("--folder", type=click.Path(path_type=Path), default=DEMO_FOLDER, show_default=True)
@click.option("--bundle", type=click.Path(path_type=Path), default=STUDY_FOLDER, help="Study to show.")
@click.option("--fresh", is_flag=True, help="Begin anew: forget what was tried.")
@click.option("--no-serve", is_flag=True, help="Prepare and print, but do not start the server.")
@as_json
def demo(port: int, folder: Path, bundle: Path, fresh: bool, no_serve: bool, as_json: bool) -> None:
    """Show a study on this machine, with everything set up. Ctrl-C stops it."""
    if not bundle.exists():
        raise Refused(f"There is no study at {bundle}.", "Name one with --bundle, or run this in a clone.")
    bound = bound_socket("127.0.0.1", port)
    try:
        config, ready = prepare_demo(folder.resolve(), bundle=bundle, fresh=fresh, make_app=make_app)
        # Never a mail server, whatever the machine's settings are; links in the mail lead to this demo.
        kept = read_mail_settings({"DELPHI_ADDRESS": address_of(bound)}, problems=[], may_keep=True)
        app = make_app(replace(config, mail=kept))
        with app.app_context():
            guests = invite_guests(ready)
            words = DemoWords(
                studies=ready,
                guests=guests,
                joining=way_to_join(ready),
                path=path_of_demo(ready),
                address=address_of(bound),
                serves=not no_serve,
            )
        if no_serve:
            print_demo(words, as_json=as_json)
        else:
            run_server(
                app,
                bound=bound,
                threads=THREADS,
                believes_proxies=False,
                when_ready=lambda: print_demo(words, as_json=as_json),
            )
        with app.app_context():
            db.engine.dispose()
    except KeyboardInterrupt:
        click.echo("Stopped before it had started.", err=True)
    else:
        click.echo("" if no_serve else "\nStopped. What you tried is kept for the next start.", err=True)
    finally:
        bound.close()

"""The app that a command works on: made from the environment and the secrets file."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask

from delphi.cli import schema
from delphi.cli.printing import Refused
from delphi.cli.secrets_file import read_secrets
from delphi.config import Config, ConfigError
from delphi.extensions import db

ACTOR = "command line"
AppFactory = Callable[[Config], Flask]


def data_folder(environ: Mapping[str, str]) -> Path:
    """Return where an installation keeps its database and its secrets file."""
    return Path(environ.get("DELPHI_DATA") or "var").resolve()


def settings(environ: Mapping[str, str] = os.environ) -> Config:
    """Read the settings; the environment goes before the secrets file. Refuses, naming all that is wrong."""
    try:
        return Config.from_environment({**read_secrets(data_folder(environ)), **environ})
    except ConfigError as error:
        hint = "To try it out, set DELPHI_ENV=development: then `delphi init` makes what is missing."
        raise Refused(*error.problems, hint) from None


def make_app(config: Config) -> Flask:
    """Make the app with the factory that the command line was started with."""
    factory: AppFactory = click.get_current_context().find_root().obj
    return factory(config)


@contextmanager
def working_app() -> Iterator[Flask]:
    """Give a command the app, in its context, with a database that is ready. Refuses if it is not."""
    app = make_app(settings())
    with app.app_context():
        refuse_unready_database()
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def refuse_unready_database() -> None:
    """Refuse unless the database of the app in context has today's tables."""
    state = schema.state()
    if not state.is_at_head:
        raise Refused(state.sentence, "Run: delphi init")

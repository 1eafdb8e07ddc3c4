"""Apps to test with."""

from pathlib import Path

from flask import Flask

from delphi.app import create_app
from delphi.config import Config
from delphi.extensions import db


def app_on(database_url: str, *, data_folder: Path = Path("var")) -> Flask:
    """An app with the settings of tests."""
    return create_app(Config.for_tests(database_url=database_url, data_folder=data_folder))


def close_connections(app: Flask) -> None:
    """Let go of an app's database."""
    with app.app_context():
        db.engine.dispose()

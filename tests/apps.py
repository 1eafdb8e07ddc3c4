"""Apps to test with."""

from pathlib import Path

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from delphi.app import create_app
from delphi.config import Config
from delphi.extensions import db


class CompiledTemplates(BytecodeCache):
    """Templates that one test has compiled, kept for the next: compiling is half of the time otherwise."""

    def __init__(self) -> None:
        self.compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.compiled:
            bucket.bytecode_from_string(self.compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.compiled[bucket.key] = bucket.bytecode_to_string()


COMPILED_TEMPLATES = CompiledTemplates()


def app_on(database_url: str, *, data_folder: Path = Path("var")) -> Flask:
    """An app with the settings of tests."""
    app = create_app(Config.for_tests(database_url=database_url, data_folder=data_folder))
    app.jinja_env.bytecode_cache = COMPILED_TEMPLATES
    return app


def close_connections(app: Flask) -> None:
    """Let go of an app's database."""
    with app.app_context():
        db.engine.dispose()

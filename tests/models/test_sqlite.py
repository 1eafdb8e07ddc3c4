"""SQLite keeps its promises on every connection."""

import pytest
from flask import Flask
from sqlalchemy import text

from delphi.extensions import db


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)],  # 2 is FULL
)
def test_every_connection_is_durable(app: Flask, pragma: str, value: str | int) -> None:
    with app.app_context():
        db.engine.dispose()
        assert db.session.scalar(text(f"PRAGMA {pragma}")) == value

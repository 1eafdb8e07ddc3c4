"""The test databases themselves."""

from flask import Flask
from sqlalchemy import create_engine, inspect, text

from delphi.extensions import db


def test_each_kind_of_database_answers_and_is_empty(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1
        assert engine.dialect.get_table_names(connection) == []
    engine.dispose()


def test_each_kind_of_database_gets_the_same_tables_from_the_migrations(app_on_each_database: Flask) -> None:
    with app_on_each_database.app_context(), db.engine.connect() as connection:
        found = set(inspect(connection).get_table_names())
    assert found - {"alembic_version"} == set(db.metadata.tables)

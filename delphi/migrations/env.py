"""Runs migrations inside the app's context, on the app's database; Alembic loads this file."""

from alembic import context
from flask import current_app

SETTINGS = current_app.extensions["migrate"].configure_args
DATABASE = current_app.extensions["migrate"].db


def migrate() -> None:
    """Run what Alembic was asked for, in one transaction."""
    with DATABASE.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=DATABASE.metadata, **SETTINGS)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise RuntimeError("Migrations need a database: there is no offline mode.")
migrate()

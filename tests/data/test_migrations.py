"""The migrations make the tables of the models, on each database, and can be taken back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import func, inspect, select, text

from analysis.study.records import CommentKind, TranslationState
from analysis.study.study import Study
from delphi.cli import schema
from delphi.dataset import export_study, import_study
from delphi.extensions import db
from delphi.models import Rating
from tests.apps import app_on, close_connections
from tests.data.small_study import small_study, study_of_every_kind

MIGRATIONS = Path(schema.HEAD_FILE).parent
NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def empty_app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = app_on(database_url, data_folder=tmp_path)
    with app.app_context():
        yield app
        db.session.remove()
    close_connections(app)


def checks_by_table() -> dict[str, list[str | None]]:
    inspector = inspect(db.engine)
    tables = [table for table in inspector.get_table_names() if table != "alembic_version"]
    return {
        table: sorted(check["name"] or "" for check in inspector.get_check_constraints(table))
        for table in tables
    }


def test_the_pinned_head_is_the_newest_migration() -> None:
    heads = ScriptDirectory(str(MIGRATIONS)).get_heads()
    assert heads == [schema.head()]


@pytest.mark.usefixtures("empty_app")
def test_the_migrations_make_the_tables_of_the_models() -> None:
    schema.upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        differences = compare_metadata(context, db.metadata)
    assert differences == []


@pytest.mark.usefixtures("empty_app")
def test_the_migrations_make_the_checks_of_the_models() -> None:
    db.create_all()
    of_the_models = checks_by_table()
    db.drop_all()
    schema.upgrade()
    assert checks_by_table() == of_the_models
    assert "ck_rating_score_or_missing" in of_the_models["rating"]


@pytest.mark.usefixtures("empty_app")
def test_a_database_with_a_study_goes_down_to_nothing_and_up_again() -> None:
    schema.upgrade()
    import_study(small_study(), by="command line", now=NOW)
    db.session.remove()
    flask_migrate.downgrade(revision="base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]
    schema.upgrade()
    assert db.session.scalar(select(func.count()).select_from(Rating)) == 0
    study_id = import_study(small_study(), by="command line", now=NOW)
    assert export_study(study_id) == small_study()


def as_the_first_tables_hold_it(study: Study) -> Study:
    """The study without what has no place in migration 0001."""
    return replace(
        study,
        digest=(),
        panel=tuple(replace(p, withdrawal_entered=None, withdrawal_answers=None) for p in study.panel),
        outcomes=tuple(replace(outcome, plain="") for outcome in study.outcomes),
        lineage=tuple(replace(step, told="") for step in study.lineage),
        comments=tuple(comment for comment in study.comments if comment.kind is CommentKind.COMMENT),
        wordings=tuple(replace(w, plain="", state=TranslationState.DRAFT) for w in study.wordings),
        texts=(),
    )


@pytest.mark.usefixtures("empty_app")
def test_orders_and_answers_outlive_the_second_migration_down_and_up() -> None:
    schema.upgrade()
    study_id = import_study(study_of_every_kind(), by="command line", now=NOW)
    db.session.remove()
    flask_migrate.downgrade(revision="0001")
    places = "SELECT count(*), min(position), max(position) FROM ranking_place"
    assert tuple(db.session.execute(text(places)).one()) == (6, 1, 3)
    db.session.remove()
    schema.upgrade()
    assert export_study(study_id) == as_the_first_tables_hold_it(study_of_every_kind())


@pytest.mark.usefixtures("empty_app")
def test_the_state_of_a_database_says_what_is_missing() -> None:
    assert schema.state().sentence == "The database has no tables yet."
    schema.upgrade()
    assert schema.state().is_at_head

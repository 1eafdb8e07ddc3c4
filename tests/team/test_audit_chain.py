"""What was written to the trail cannot be changed, removed or added to unseen, on each database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, create_engine, delete, insert, update

from delphi.audit.chain import SEAL, canonical, rows_between
from delphi.audit.sealing import head_of, seal_trail
from delphi.audit.verifying import Verified, verify_trail
from delphi.extensions import db
from delphi.models import AuditRow
from tests.apps import app_on, close_connections

BEGUN = datetime(2025, 3, 1, 12, tzinfo=UTC)
LATER = BEGUN + timedelta(minutes=5)
NEXT_DAY = BEGUN + timedelta(days=1)


@pytest.fixture
def trail(database_url: str) -> Iterator[Engine]:
    """Six rows, of which the first three are sealed, and then all six."""
    app = app_on(database_url)
    with app.app_context():
        db.create_all()
        for first, sealed_at in ((1, LATER), (4, LATER + timedelta(minutes=5))):
            write(*range(first, first + 3), at=sealed_at - timedelta(minutes=4))
            seal_trail(db.engine, now=sealed_at)
        yield db.engine
        db.session.remove()
    close_connections(app)


def write(*ids: int, at: datetime) -> None:
    rows = [{"id": id_, "at": at, "actor": "user:1", "action": "tried", "detail": {"é": id_}} for id_ in ids]
    db.session.execute(insert(AuditRow), rows)
    db.session.commit()


def verified(trail: Engine, *, kept_head: str | None = None) -> Verified:
    with trail.connect() as connection:
        return verify_trail(connection, kept_head=kept_head)


def broken_at(trail: Engine) -> tuple[int, str] | None:
    found = verified(trail).first_break
    return None if found is None else (found.seal, found.sentence)


def run(trail: Engine, statement: object) -> None:
    with trail.begin() as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def test_an_untouched_trail_is_whole(trail: Engine) -> None:
    assert verified(trail) == Verified(seals=2, rows=6, unsealed=0, first_break=None)


@pytest.mark.parametrize(
    "changed",
    [{"actor": "user:2"}, {"action": "not tried"}, {"detail": {}}, {"at": BEGUN - timedelta(microseconds=1)}],
)
def test_a_changed_row_shows_in_its_seal(trail: Engine, changed: dict[str, object]) -> None:
    run(trail, update(AuditRow).where(AuditRow.id == 5).values(changed))
    assert broken_at(trail) == (2, "A row, or the seal itself, was changed.")


def test_a_deleted_row_is_missed_by_number(trail: Engine) -> None:
    run(trail, delete(AuditRow).where(AuditRow.id == 2))
    assert broken_at(trail) == (1, "Rows are missing: number 2.")


def test_a_row_that_was_put_in_below_all_others_shows(trail: Engine) -> None:
    write(-1, at=BEGUN)
    assert broken_at(trail) == (1, "Rows were added: number -1.")


def test_a_row_of_after_the_last_seal_is_counted_and_no_fault(trail: Engine) -> None:
    write(7, at=NEXT_DAY)
    assert (verified(trail).unsealed, broken_at(trail)) == (1, None)


def test_a_row_that_is_younger_than_a_minute_is_sealed_the_next_time(trail: Engine) -> None:
    write(7, at=NEXT_DAY)
    assert seal_trail(trail, now=NEXT_DAY + timedelta(seconds=59)) == 0
    assert seal_trail(trail, now=NEXT_DAY + timedelta(seconds=60)) == 1


def test_a_row_that_commits_late_with_a_smaller_number_is_no_false_alarm(trail: Engine) -> None:
    write(9, at=LATER)
    sealed_at = LATER + timedelta(minutes=6)
    assert seal_trail(trail, now=sealed_at) == 1
    write(7, at=LATER)
    assert (broken_at(trail), verified(trail).unsealed) == (None, 1)
    assert seal_trail(trail, now=sealed_at + timedelta(minutes=2)) == 1
    assert verified(trail) == Verified(seals=4, rows=8, unsealed=0, first_break=None)
    run(trail, delete(AuditRow).where(AuditRow.id == 7))
    assert broken_at(trail) == (4, "Rows are missing: number 7.")


def test_a_number_that_nobody_took_is_closed_after_an_hour(trail: Engine) -> None:
    write(9, at=LATER)
    seal_trail(trail, now=LATER + timedelta(minutes=6))
    write(10, at=LATER + timedelta(hours=1))
    seal_trail(trail, now=LATER + timedelta(hours=2))
    assert broken_at(trail) is None
    write(8, at=LATER)
    assert broken_at(trail) == (4, "Rows were added: number 8.")
    seal_trail(trail, now=NEXT_DAY)
    assert broken_at(trail) == (4, "Rows were added: number 8.")


def test_a_seal_that_is_taken_out_is_missed(trail: Engine) -> None:
    run(trail, delete(SEAL).where(SEAL.c.number == 1))
    assert broken_at(trail) == (2, "The seal before seal 2 is missing.")


def test_a_chain_that_was_made_anew_does_not_hold_the_seal_that_was_kept(trail: Engine) -> None:
    with trail.connect() as connection:
        kept = head_of(connection)
    assert kept is not None
    assert verified(trail, kept_head=kept.sha256).is_whole
    run(trail, delete(SEAL))
    run(trail, update(AuditRow).where(AuditRow.id == 6).values(actor="user:2"))
    seal_trail(trail, now=NEXT_DAY)
    assert verified(trail).is_whole
    assert not verified(trail, kept_head=kept.sha256).is_whole


def test_both_databases_give_a_row_the_same_text(trail: Engine) -> None:
    with trail.connect() as connection:
        (first, *_) = rows_between(connection, after=None, up_to=1)
    assert canonical(first) == (r'[1,"2025-03-01T12:01:00.000000+00:00","user:1","tried",null,{"\u00e9":1}]')


def test_a_transaction_that_is_open_while_a_seal_is_made_is_no_false_alarm(
    migrated_postgres_url: str,
) -> None:
    engine = create_engine(migrated_postgres_url)
    with engine.connect() as slow, engine.connect() as quick:
        for connection, action in ((slow, "first"), (quick, "second")):
            row = {"at": BEGUN, "actor": "user:1", "action": action, "detail": {}}
            connection.execute(insert(AuditRow), row)
        quick.commit()
        assert seal_trail(engine, now=LATER) == 1
        slow.commit()
    assert verified(engine).unsealed == 1
    assert seal_trail(engine, now=LATER) == 1
    assert verified(engine) == Verified(seals=2, rows=2, unsealed=0, first_break=None)
    engine.dispose()

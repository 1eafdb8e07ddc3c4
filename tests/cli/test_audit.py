"""`delphi audit` seals and verifies the trail, and `delphi doctor` does both."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from tests.cli.conftest import CommandLine


@pytest.fixture
def old_trail(ready: CommandLine, bundle: Path, tmp_path: Path) -> CommandLine:
    """An installation whose trail was begun two minutes ago and more."""
    ready.json("study", "import", str(bundle))
    change(tmp_path, "UPDATE audit SET at = '2025-01-01 12:00:00.000000'")
    return ready


def change(tmp_path: Path, statement: str) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'data' / 'delphi.sqlite3'}")
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def of_the_trail(delphi: CommandLine) -> tuple[int, str]:
    result = delphi.run("doctor")
    return result.exit_code, next(line for line in result.stdout.splitlines() if "audit trail:" in line)


def test_seal_prints_the_newest_seal_to_keep_elsewhere(old_trail: CommandLine) -> None:
    sealed: dict[str, Any] = old_trail.json("audit", "seal")
    assert (sealed["rows"] > 0, sealed["number"]) == (True, 1)
    result = old_trail.run("audit", "verify", "--kept", sealed["sha256"])
    assert (result.exit_code, sealed["sha256"] in result.stdout) == (0, True)
    assert old_trail.run("audit", "verify", "--kept", "0" * 64).exit_code == 1


def test_doctor_seals_and_then_finds_a_row_that_was_changed(old_trail: CommandLine, tmp_path: Path) -> None:
    exit_code, line = of_the_trail(old_trail)
    assert (exit_code, "newest seal 1" in line) == (0, True)
    change(tmp_path, "UPDATE audit SET actor = 'user:77' WHERE id = 1")
    exit_code, line = of_the_trail(old_trail)
    assert (exit_code, "broken at seal 1" in line) == (1, True)
    assert old_trail.run("audit", "verify").exit_code == 1


def test_who_lost_app_and_recovery_codes_gets_in_again_by_the_operator(
    ready: CommandLine, tmp_path: Path
) -> None:
    ready.run("user", "add", "ada@example.org", "--link")
    change(
        tmp_path, "INSERT INTO second_factor SELECT id, x'00', created_at, created_at, 0 FROM user_account"
    )
    ready.json("user", "forget-second-factor", "ada@example.org")
    engine = create_engine(f"sqlite:///{tmp_path / 'data' / 'delphi.sqlite3'}")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM second_factor")).scalar_one() == 0
    engine.dispose()

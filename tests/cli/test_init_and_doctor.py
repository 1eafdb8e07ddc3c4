"""`delphi init` sets up what is missing; `delphi doctor` says what is not right."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from delphi.cli import schema
from tests.cli.conftest import CommandLine


def to_do(findings: list[dict[str, Any]]) -> dict[str, str]:
    return {finding["what"]: finding["to_do"] for finding in findings if finding["to_do"]}


def examined(delphi: CommandLine, **environ: str | None) -> tuple[int, dict[str, str]]:
    result = delphi.run("doctor", "--json", **environ)
    return result.exit_code, to_do(json.loads(result.stdout))


def test_init_makes_secrets_that_only_the_owner_can_read(delphi: CommandLine, tmp_path: Path) -> None:
    assert delphi.run("init").exit_code == 0
    mode = stat.S_IMODE((tmp_path / "data" / "secrets.env").stat().st_mode)
    assert mode == 0o600


def test_init_brings_the_database_to_the_newest_migration(delphi: CommandLine) -> None:
    assert delphi.json("init")["migration"] == schema.head()


def test_a_second_init_keeps_the_secrets(ready: CommandLine, tmp_path: Path) -> None:
    before = (tmp_path / "data" / "secrets.env").read_bytes()
    assert ready.json("init")["secrets"] is None
    assert (tmp_path / "data" / "secrets.env").read_bytes() == before


def test_init_makes_no_secrets_in_production_and_names_those_that_are_missing(
    delphi: CommandLine, tmp_path: Path
) -> None:
    result = delphi.run("init", DELPHI_ENV="production")
    assert result.exit_code == 2
    assert "DELPHI_SECRET_KEY is missing" in result.stderr
    assert "DELPHI_CONTACT_KEY is missing" in result.stderr
    assert not (tmp_path / "data" / "secrets.env").exists()


def test_a_command_on_an_empty_database_says_to_run_init(delphi: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    result = delphi.run("study", "list")
    assert (result.exit_code, "Run: delphi init" in result.stderr) == (2, True)


def test_doctor_finds_nothing_after_init(ready: CommandLine) -> None:
    assert examined(ready) == (0, {})


def test_doctor_says_to_run_init_before_it(delphi: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    exit_code, findings = examined(delphi)
    assert (exit_code, findings["database"]) == (1, "Run: delphi init")
    assert "delphi init" in findings["secrets"]


def test_doctor_names_settings_that_are_missing_in_production(delphi: CommandLine) -> None:
    result = delphi.run("doctor", DELPHI_ENV="production")
    assert result.exit_code == 1
    assert result.stdout.count("is missing") == 2


def test_doctor_finds_a_database_of_another_version(ready: CommandLine, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'data' / 'delphi.sqlite3'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    engine.dispose()
    assert examined(ready) == (1, {"database": "Run: delphi init"})


def test_doctor_finds_a_database_that_cannot_be_reached(ready: CommandLine, tmp_path: Path) -> None:
    exit_code, findings = examined(
        ready, DELPHI_DATABASE_URL=f"sqlite:///{tmp_path / 'nowhere' / 'x.sqlite3'}"
    )
    assert (exit_code, "DELPHI_DATABASE_URL" in findings["database"]) == (1, True)


def test_doctor_finds_secrets_that_others_can_read(ready: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "data" / "secrets.env").chmod(0o644)
    exit_code, findings = examined(ready)
    assert (exit_code, findings["secrets file"].startswith("Run: chmod 600")) == (1, True)


@pytest.mark.parametrize("command", ["init", "serve", "demo", "study", "user", "doctor"])
def test_every_command_explains_itself(delphi: CommandLine, command: str) -> None:
    result = delphi.run(command, "--help")
    assert (result.exit_code, result.stdout.startswith("Usage:")) == (0, True)

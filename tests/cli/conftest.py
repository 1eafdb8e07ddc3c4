"""The command line in a folder of its own."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from analysis.bundle.writer import write
from delphi.app import create_app
from delphi.cli import commands
from tests.data.small_study import small_study


@dataclass(frozen=True, kw_only=True)
class CommandLine:
    """Runs `delphi` with settings of its own."""

    environ: dict[str, str | None]

    def run(self, *arguments: str, typed: str | None = None, **environ: str | None) -> Result:
        """Run a command; `typed` is what is typed in, `environ` changes the settings for once."""
        runner = CliRunner(env={**self.environ, **environ})
        return runner.invoke(commands, arguments, obj=create_app, input=typed, catch_exceptions=False)

    def json(self, *arguments: str) -> Any:  # noqa: ANN401 – JSON holds anything
        """Run a command with --json and return what it printed; it must end well."""
        result = self.run(*arguments, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)


@pytest.fixture
def delphi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line, with nothing set up yet."""
    monkeypatch.chdir(tmp_path)
    names = ("DELPHI_SECRET_KEY", "DELPHI_CONTACT_KEY", "DELPHI_DATABASE_URL", "DELPHI_TIME_ZONE", "PORT")
    blank: dict[str, str | None] = dict.fromkeys(names)
    return CommandLine(environ={**blank, "DELPHI_ENV": "development", "DELPHI_DATA": str(tmp_path / "data")})


@pytest.fixture
def ready(delphi: CommandLine) -> CommandLine:
    """The command line after `delphi init`."""
    assert delphi.run("init").exit_code == 0
    return delphi


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """The small study as a folder."""
    write(small_study(), tmp_path / "small")
    return tmp_path / "small"

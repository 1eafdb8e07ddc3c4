"""`delphi worker`."""

from pathlib import Path

from tests.cli.conftest import CommandLine

NOTHING = {"sent": 0, "later": 0, "refused": 0, "unsure": 0, "server_reached": True}


def test_a_worker_with_nothing_to_do_says_so_for_programs(ready: CommandLine) -> None:
    assert ready.json("worker", "--once") == NOTHING


def test_a_worker_refuses_to_start_where_mail_is_off(ready: CommandLine, tmp_path: Path) -> None:
    result = ready.run("worker", "--once", DELPHI_ENV="test")
    assert result.exit_code == 2
    assert "Mail is off" in result.stderr

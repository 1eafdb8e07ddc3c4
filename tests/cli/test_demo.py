"""`delphi demo` and `delphi serve`, in the same process and as a newcomer starts them."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine

DEMO = ("demo", "--no-serve", "--port", "0")
# published: the toolkit's counts before Round Zero and after each step
PATH = [74, 72, 34, 14, 7]
LONGEST_SECONDS = 60


@contextmanager
def started(*arguments: str, folder: Path, environ: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A `delphi` of its own, killed if the test does not end it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "delphi", *arguments],
        cwd=folder,
        env={**os.environ, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    watch = threading.Timer(LONGEST_SECONDS, process.kill)
    watch.start()
    try:
        yield process
    finally:
        watch.cancel()
        process.kill()
        process.communicate()


def first_json(process: subprocess.Popen[str]) -> dict[str, str]:
    """Read the first JSON object that a running command prints."""
    lines: list[str] = []
    while not lines or lines[-1] != "}\n":
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, "the command ended early"
        lines.append(line)
    found: dict[str, str] = json.loads("".join(lines))
    return found


def status_of(address: str, path: str) -> int:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=LONGEST_SECONDS)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


def children_of(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()


def test_the_demo_computes_the_path_and_invites_everybody(delphi: CommandLine) -> None:
    shown = delphi.json(*DEMO)
    assert shown["path"] == PATH
    who = [guest["who"] for guest in shown["links"]]
    groups = ("survivor", "service provider", "researcher", "policymaker")
    panellists = [*(f"Panellist: {group}" for group in groups), "Panellist: survivor, in Arabic"]
    assert who == [*panellists, "Researcher", "Analyst"]


def test_the_demo_says_in_words_what_is_synthetic(delphi: CommandLine) -> None:
    result = delphi.run(*DEMO)
    assert "74 → 72 → 34 → 14 → 7" in result.stdout
    assert "synthetic" in result.stdout


def test_a_second_demo_keeps_what_is_there(delphi: CommandLine, tmp_path: Path) -> None:
    delphi.json(*DEMO)
    made = (tmp_path / "var" / "demo" / "made_from").stat().st_mtime_ns
    assert delphi.json(*DEMO)["path"] == PATH
    assert (tmp_path / "var" / "demo" / "made_from").stat().st_mtime_ns == made


def test_a_demo_that_was_interrupted_is_made_anew(delphi: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "var" / "demo"
    folder.mkdir(parents=True)
    (folder / "delphi.sqlite3").write_text("half a database")
    assert delphi.json(*DEMO)["path"] == PATH


def test_a_demo_leaves_the_installation_alone(ready: CommandLine) -> None:
    ready.json(*DEMO)
    assert ready.json("study", "list") == []


def test_a_demo_without_its_study_says_so(delphi: CommandLine) -> None:
    result = delphi.run(*DEMO, "--bundle", "nowhere")
    assert (result.exit_code, "There is no study at nowhere" in result.stderr) == (2, True)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_a_started_demo_answers_and_stops_cleanly(tmp_path: Path, ending: signal.Signals) -> None:
    arguments = ("demo", "--port", "0", "--json")
    with started(*arguments, folder=tmp_path, environ={}) as process:
        address = first_json(process)["address"]
        assert status_of(address, "/healthz") == http.HTTPStatus.OK
        process.send_signal(ending)
        rest, errors = process.communicate(timeout=LONGEST_SECONDS)
    assert process.returncode == 0
    assert (rest, "Stopped" in errors, "Traceback" in errors) == ("", True, False)


def test_serve_answers_and_refuses_a_port_that_is_taken(ready: CommandLine, tmp_path: Path) -> None:
    environ = {name: value for name, value in ready.environ.items() if value is not None}
    with started("serve", "--port", "0", "--json", folder=tmp_path, environ=environ) as process:
        address = first_json(process)["address"]
        assert status_of(address, "/") == http.HTTPStatus.OK
        result = ready.run("serve", "--port", address.rpartition(":")[2])
        assert (result.exit_code, "cannot be used" in result.stderr) == (2, True)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=LONGEST_SECONDS) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_serve_answers_from_several_processes_and_stops_cleanly(ready: CommandLine, tmp_path: Path) -> None:
    environ = {name: value for name, value in ready.environ.items() if value is not None}
    arguments = ("serve", "--processes", "2", "--port", "0", "--json")
    with started(*arguments, folder=tmp_path, environ=environ) as process:
        address = first_json(process)["address"]
        assert {status_of(address, "/healthz") for _ in range(20)} == {http.HTTPStatus.OK}
        # the first may answer before the second is there
        until = time.monotonic() + LONGEST_SECONDS
        while len(children_of(process.pid)) < 2 and time.monotonic() < until:
            time.sleep(0.05)
        assert len(children_of(process.pid)) == 2
        process.send_signal(signal.SIGTERM)
        rest, errors = process.communicate(timeout=LONGEST_SECONDS)
    assert process.returncode == 0
    assert (rest, errors.count("Stopped."), "Traceback" in errors) == ("", 1, False)


def test_serve_refuses_a_database_that_is_not_ready(delphi: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    result = delphi.run("serve", "--port", "0")
    assert (result.exit_code, "Run: delphi init" in result.stderr) == (2, True)

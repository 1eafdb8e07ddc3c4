"""Chorus as somebody installs it: `delphi init`, an account, the server and the worker as processes."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from click.testing import CliRunner

from delphi.app import create_app
from delphi.cli import commands
from tests.mail.mail_server import Inbox, free_port, running_mail_server

OWNER, PASSWORD = "owner@team.example", "a long password of the owner"
PERSONAL_LINK = re.compile(r"http://\S+/enter/\S+")


@dataclass(frozen=True, kw_only=True)
class Installation:
    """A running one. `settings`: its environment; what is mailed comes into `inbox`."""

    address: str
    settings: Mapping[str, str]
    inbox: Inbox

    def send_mail(self) -> dict[str, EmailMessage]:
        """Let one worker send what is due; the messages by who got them."""
        self.inbox.emails.clear()
        done = self._process("delphi", "worker", "--once", "--json")
        assert done.returncode == 0, done.stderr
        return {str(email["To"]): email for email in self.inbox.emails}

    def analyse(self, *arguments: str) -> str:
        """What `python -m analysis` prints."""
        done = self._process("analysis", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def _process(self, module: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            env={**os.environ, **self.settings},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@contextmanager
def installed(folder: Path) -> Iterator[Installation]:
    """Install it into an empty folder, make the owner's account, and run it until the block ends."""
    inbox, port = Inbox(), free_port()
    with running_mail_server(inbox) as mail_port:
        settings = _settings(folder, port=port, mail_port=mail_port)
        _command(settings, "init")
        _command(settings, "user", "add", OWNER, "--name", "Olu Owner", typed=f"{PASSWORD}\n{PASSWORD}\n")
        with _serving(settings, port=port) as address:
            yield Installation(address=address, settings=settings, inbox=inbox)


def personal_link(email: EmailMessage) -> str:
    """The link to come in, as it stands in the plain text of a message."""
    body = email.get_body(("plain",))
    assert body is not None
    found = PERSONAL_LINK.search(body.get_content())
    assert found is not None
    return found[0]


def _settings(folder: Path, *, port: int, mail_port: int) -> dict[str, str]:
    return {
        "DELPHI_ENV": "development",
        "DELPHI_DATA": str(folder),
        "DELPHI_ADDRESS": f"http://127.0.0.1:{port}",
        "DELPHI_SMTP_URL": f"smtp+plain://127.0.0.1:{mail_port}",
        "DELPHI_MAIL_FROM": "Questionnaires <post@team.example>",
        # Nobody is written to at night: it is noon there.
        "DELPHI_TIME_ZONE": f"Etc/GMT{datetime.now(UTC).hour - 12:+d}",
    }


def _command(settings: Mapping[str, str], *arguments: str, typed: str | None = None) -> None:
    runner = CliRunner(env=settings)
    done = runner.invoke(commands, arguments, obj=create_app, input=typed, catch_exceptions=False)
    assert done.exit_code == 0, done.output


@contextmanager
def _serving(settings: Mapping[str, str], *, port: int) -> Iterator[str]:
    server = subprocess.Popen(
        [sys.executable, "-m", "delphi", "serve", "--port", str(port), "--json"],
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout is not None
        announced = "".join(iter(server.stdout.readline, "}\n")) + "}"
        yield json.loads(announced)["address"]
    finally:
        server.terminate()
        server.communicate(timeout=20)

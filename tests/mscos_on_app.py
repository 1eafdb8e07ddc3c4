"""The real study on an app, once for all tests that only read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile

import pytest
from flask import Flask

from analysis.bundle.reader import read
from analysis.study.study import Study
from delphi.models import Role
from tests.apps import app_on, close_connections
from tests.studies_on_app import load_study
from tests.web_client import PageClient, sign_in_user

MSCOS = Path(__file__).resolve().parents[1] / "studies" / "mscos_2022"


@dataclass(frozen=True, kw_only=True)
class Mscos:
    """The real study, closed from end to end, and an analyst who is signed in."""

    app: Flask
    study: Study
    team: Mapping[Role, int]
    client: PageClient


@pytest.fixture(scope="session")
def mscos(migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mscos]:
    path = tmp_path_factory.mktemp("mscos") / "delphi.sqlite3"
    copyfile(migrated_sqlite_file, path)
    app, study = app_on(f"sqlite:///{path}"), read(MSCOS)
    client = PageClient(app)
    team = load_study(app, study, open_round=None).team
    sign_in_user(client, team[Role.ANALYST])
    yield Mscos(app=app, study=study, team=team, client=client)
    close_connections(app)

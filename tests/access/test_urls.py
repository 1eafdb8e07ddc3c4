"""Who may ask for which URL: one table, tried with every kind of visitor."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from delphi.access.guard import Level, mark_of
from delphi.extensions import db
from delphi.models import Role
from tests.access.url_table import URLS, Row
from tests.apps import app_on, close_connections
from tests.data.small_study import small_study
from tests.statements import statements_of
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient, sign_in_panellist, sign_in_user

CASES = [
    pytest.param(rule, row, method, id=f"{method} {rule}")
    for rule, rows in URLS.items()
    for row in rows
    for method in row.methods.split()
]
STALE_PAGE = "This page has gone out of date"


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """A signed-in browser: a panellist of the study, a member with a role in it, or somebody else's."""

    client: PageClient
    is_panellist: bool = False
    role: Role | None = None


@pytest.fixture(scope="module")
def shared_app(migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One app for the whole table: nothing here changes it."""
    path = tmp_path_factory.mktemp("urls") / "delphi.sqlite3"
    copyfile(migrated_sqlite_file, path)
    app = app_on(f"sqlite:///{path}")
    yield app
    close_connections(app)


@pytest.fixture(scope="module")
def visitors(shared_app: Flask) -> dict[str, Visitor]:
    """A visitor of each kind, signed in."""
    small = load_study(shared_app, small_study(), open_round="2")
    other = load_study(shared_app, small_study(code="other"), open_round="2")
    team = {str(role): member(shared_app, small, role, role_here=role) for role in Role}
    return {
        "nobody": Visitor(client=PageClient(shared_app)),
        "panellist": panellist(shared_app, small),
        "panellist of another study": panellist(shared_app, other),
        **team,
        "owner of another study": member(shared_app, other, Role.OWNER, role_here=None),
    }


def panellist(app: Flask, study: StudyOnApp) -> Visitor:
    visitor = Visitor(client=PageClient(app), is_panellist=True)
    sign_in_panellist(visitor.client, study.panellists["s1"])
    return visitor


def member(app: Flask, study: StudyOnApp, role: Role, *, role_here: Role | None) -> Visitor:
    visitor = Visitor(client=PageClient(app), role=role_here)
    sign_in_user(visitor.client, study.team[role])
    return visitor


def refusal(row: Row, name: str, visitor: Visitor, method: str) -> int | None:
    """The status with which the visitor is turned away; None for one who is let in."""
    if row.level is Level.PUBLIC:
        return None
    if name == "nobody":
        return 303 if method == "GET" and row.level is not Level.PANELLIST else 401
    if row.level is Level.STUDY:
        return (None if visitor.role in row.roles else 403) if visitor.role else 404
    return None if visitor.is_panellist is (row.level is Level.PANELLIST) else 403


def ask(app: Flask, client: PageClient, rule: str, row: Row, method: str) -> TestResponse:
    with app.test_request_context():
        endpoint = next(
            known.endpoint
            for known in app.url_map.iter_rules()
            if known.rule == rule and method in known.methods
        )
        url = app.url_map.bind("localhost").build(endpoint, row.example, method=method)
    return client.http.open(url, method=method)


def test_every_url_has_a_row_and_every_row_a_url(app: Flask) -> None:
    there = {
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or ())
        if method != "HEAD"
    }
    assert there == {
        (rule, method) for rule, rows in URLS.items() for row in rows for method in row.methods.split()
    }


def test_every_view_is_marked_as_its_row_says(app: Flask) -> None:
    for known in app.url_map.iter_rules():
        for row in URLS[known.rule]:
            if set(row.methods.split()) & (known.methods or set()):
                mark = mark_of(app, known.endpoint)
                assert (mark.level, mark.roles) == (row.level, row.roles), known.rule


@pytest.mark.parametrize(("rule", "row", "method"), CASES)
def test_only_those_it_is_for_are_let_in(
    shared_app: Flask, visitors: dict[str, Visitor], rule: str, row: Row, method: str
) -> None:
    for name, visitor in visitors.items():
        # without a token to stop it, the POST would act: it is tried by somebody who has nothing to lose
        client = visitor.client if row.asks_for_token else PageClient(shared_app)
        response = ask(shared_app, client, rule, row, method)
        refused = refusal(row, name, visitor, method)
        if refused is not None:
            assert response.status_code == refused, name
            assert refused != 303 or response.location.startswith("/sign-in?next=/"), name
        elif (
            method == "POST" and row.asks_for_token
        ):  # without a token for it, whoever is let in comes as far as the CSRF check
            assert response.status_code == 400, name
            assert STALE_PAGE in response.text, name
        else:
            assert response.status_code in row.answers, (name, response.text)
            assert not (response.location or "").startswith("/sign-in"), name


@pytest.mark.parametrize(("rule", "row", "method"), [case for case in CASES if case.values[2] == "GET"])
def test_a_get_writes_nothing(
    shared_app: Flask, visitors: dict[str, Visitor], rule: str, row: Row, method: str
) -> None:
    with shared_app.app_context():
        engine = db.engine
    with statements_of(engine) as statements:
        for visitor in visitors.values():
            ask(shared_app, visitor.client, rule, row, method)
    assert statements.not_for_a_get == []


def test_a_study_of_others_looks_as_if_it_did_not_exist(visitors: dict[str, Visitor]) -> None:
    client = visitors["owner of another study"].client
    theirs, nowhere = (client.http.get(f"/studies/{code}") for code in ("small", "nowhere"))
    assert (theirs.status_code, theirs.text) == (nowhere.status_code, nowhere.text)

"""The main job, end to end: the MSCOS study is rated through the app, closes round by round, gives its path.

Each panellist's synthetic answers go in through the pages' own addresses, signed in by a personal link.
Between rounds the team's decisions come in with the bundle: exported, lineage added, loaded again with the
next round open.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from shutil import copyfile

import pytest
from flask import Flask

from analysis.asof import as_of
from analysis.bundle.reader import read
from analysis.path import path_of
from analysis.study.records import Missing, Rating
from analysis.study.study import Study
from delphi.dataset import export_study
from delphi.models import Role
from tests.apps import app_on, close_connections
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient, sign_in_panellist, sign_in_user

REAL = read(Path(__file__).resolve().parents[1] / "studies" / "mscos_2022")
ONLINE_ROUNDS = ("0", "1", "2")
NOT_OFFERED = Missing.NO_OPINION  # the pages offer "I cannot say" and "Skip this one"
# toolkit, "The seven core outcomes"
CORE_SET = (
    "Secure and suitable housing",
    "Safety from any trafficker or other abuser",
    "Long-term, consistent support",
    "Compassionate, trauma-informed services",
    "Finding purpose in life and self-actualisation",
    "Access to medical treatment",
    "Access to education",
)
CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
SHOWN = re.compile(r'name="shown"[^>]*value="([^"]+)"')


@pytest.fixture(scope="module")
def held(migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Study]:
    """The study after each round, as the app exported it when everybody had answered and it was closed."""
    folder = tmp_path_factory.mktemp("main_job")
    study = as_of(REAL, ONLINE_ROUNDS[0], without={person.code for person in REAL.panel})
    after: dict[str, Study] = {}
    for round_ in ONLINE_ROUNDS:
        with _fresh_app(migrated_sqlite_file, folder / f"{round_}.sqlite3") as app:
            study = after[round_] = _hold(app, _decided(study, round_=round_), round_)
    return after


@pytest.mark.parametrize("round_", ONLINE_ROUNDS)
def test_every_answer_that_went_in_comes_out(held: dict[str, Study], round_: str) -> None:
    assert _ratings(held[round_], round_) == _ratings(REAL, round_)
    ours, theirs = ({c for c in study.comments if c.round == round_} for study in (held[round_], REAL))
    assert ours == theirs


def test_the_path_ends_with_the_published_seven(
    held: dict[str, Study], migrated_sqlite_file: Path, tmp_path: Path
) -> None:
    whole = replace(
        held["2"], outcomes=REAL.outcomes, lineage=REAL.lineage, panel=REAL.panel, ballots=REAL.ballots
    )
    assert path_of(whole).path == (74, 72, 34, 14, 7)  # toolkit, "How did we produce the MSCOS?"
    with _fresh_app(migrated_sqlite_file, tmp_path / "whole.sqlite3") as app:
        study = load_study(app, whole, open_round=None)
        client = PageClient(app)
        sign_in_user(client, study.team[Role.ANALYST])
        words = client.get(f"/studies/{study.code}/lineage").text
    assert "74 → 72 → 34 → 14 → 7" in words
    last_list = words.split("The list at the end: 7")[1].split("Every outcome")[0]
    assert [name for name in CORE_SET if name not in last_list] == []


class Person:
    """A panellist with their own browser, and the synthetic answers that they give in one round."""

    def __init__(self, app: Flask, study: StudyOnApp, code: str, round_: str) -> None:
        self.client, self.study, self.round = PageClient(app), study, round_
        self.ratings = [
            r
            for r in REAL.ratings
            if r.round == round_ and r.panellist == code and r.missing is not NOT_OFFERED
        ]
        self.comments = [c for c in REAL.comments if c.round == round_ and c.panellist == code]
        sign_in_panellist(self.client, study.panellists[code])
        asked = self.client.http.get("/rate/consent").get_data(as_text=True)
        self.token = CSRF.findall(asked)[-1]
        self._post("/rate/consent", {"agree": "yes", "shown": SHOWN.findall(asked)[0]}, status=303)

    def answer(self, *, late: bool) -> None:
        """Send what this person answered on time, or what they answered late."""
        fields = {
            f"rating-{self.study.outcomes[r.outcome]}-{r.criterion}": str(r.score or r.missing)
            for r in self.ratings
            if r.late is late
        }
        if not late:
            about = {c.outcome: c.comment for c in self.comments}
            fields |= {f"comment-{self.study.outcomes[code]}": text for code, text in about.items() if code}
            if None in about:
                self._post("/rate/finish", {"comment": about[None]}, status=303)
        if fields:
            said = self._post("/rate/answer", fields, status=200)
            assert ("marked as late" in said) is late

    def _post(self, url: str, fields: dict[str, str], *, status: int) -> str:
        data = {"csrf_token": self.token, "round": self.round, **fields}
        response = self.client.http.post(url, data=data)
        assert response.status_code == status, response.get_data(as_text=True)
        return response.get_data(as_text=True)


@contextmanager
def _fresh_app(migrated: Path, path: Path) -> Iterator[Flask]:
    copyfile(migrated, path)
    app = app_on(f"sqlite:///{path}", data_folder=path.parent)
    yield app
    close_connections(app)


def _hold(app: Flask, study: Study, round_: str) -> Study:
    """Let everybody answer the round and the facilitator close it; return what the app exports."""
    loaded = load_study(app, study, open_round=round_)
    people = [Person(app, loaded, code, round_) for code in _people_in(round_)]
    for person in people:
        person.answer(late=False)
    _close(app, loaded, round_)
    for person in people:
        person.answer(late=True)
    with app.app_context():
        return export_study(loaded.study_id)


def _people_in(round_: str) -> list[str]:
    answers = sorted(
        [(r.panellist, r.round) for r in REAL.ratings] + [(c.panellist, c.round) for c in REAL.comments]
    )
    return [code for (code, where), _ in groupby(answers) if where == round_]


def _decided(before: Study, *, round_: str) -> Study:
    """The study with the team's decisions up to the round, and the people who join in it."""
    then = as_of(REAL, round_)
    return replace(before, outcomes=then.outcomes, lineage=then.lineage, panel=then.panel)


def _ratings(study: Study, round_: str) -> set[Rating]:
    return {r for r in study.ratings if r.round == round_ and r.missing is not NOT_OFFERED}


def _close(app: Flask, study: StudyOnApp, round_: str) -> None:
    client = PageClient(app)
    sign_in_user(client, study.team[Role.FACILITATOR])
    client.get(f"/studies/{study.code}/rounds/{round_}/close")
    page = client.submit()
    assert "Closed" in page.text

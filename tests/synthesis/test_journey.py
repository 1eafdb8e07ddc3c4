"""From a closed round to the next one, on SQLite and on PostgreSQL; then the bundle says the same."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from analysis.bundle.reader import read
from analysis.bundle.writer import write
from analysis.cli.main import main
from analysis.path import path_of
from analysis.study.records import Evidence, LineageAction
from analysis.study.study import Study
from delphi.dataset import export_study
from delphi.models import Role
from tests.rating.panellists import who_agreed
from tests.studies_on_app import StudyOnApp, load_study
from tests.synthesis.deciders import URL, decide, member, undecided_study
from tests.web_client import PageClient

SPLIT = {"label_1": "Seeing a doctor", "label_2": "Seeing a dentist"}


def decide_everything(client: PageClient) -> None:
    decide(client, "home", "keep")
    decide(client, "papers", "drop", told="Too few people chose it.")
    decide(client, "work", "reword", label="Fair work", descriptor="Work that one chooses and is paid for.")
    decide(client, "friends", "merge", others=["family"], label="Friends and family")
    decide(client, "doctor", "split", **SPLIT)
    client.get(f"{URL}/add")
    new = {"label": "Rest", "domain": "Everyday life", "reason": "People wrote that sleep is missing."}
    client.submit(new, button="Save this decision")


def sign_and_make(app: Flask, study: StudyOnApp, client: PageClient) -> str:
    adviser = member(app, study, Role.ADVISER)
    adviser.get(f"{URL}/sign")
    signed = adviser.submit(button="Sign this list")
    client.get(f"{URL}/make")
    client.submit(button="Make the next list")
    return signed.text


@pytest.fixture
def each_study(each_app: Flask) -> StudyOnApp:
    """The small study with Round 1 open."""
    return load_study(each_app, undecided_study(), open_round="1")


@pytest.fixture
def decided(each_app: Flask, each_study: StudyOnApp) -> PageClient:
    """A facilitator who has closed Round 1, decided, had it signed, made the list and opened Round 2."""
    client = member(each_app, each_study, Role.FACILITATOR)
    client.get("/studies/small/rounds/1/close")
    client.submit(button="Close this round")
    decide_everything(client)
    assert "Adviser" in sign_and_make(each_app, each_study, client)
    client.get("/studies/small/rounds/2/open")
    client.submit(button="Open this round")
    return client


def exported(app: Flask, study: StudyOnApp) -> Study:
    with app.app_context():
        return export_study(study.study_id)


@pytest.mark.usefixtures("decided")
def test_the_decisions_are_in_the_bundle_and_the_commands_read_it(
    each_app: Flask, each_study: StudyOnApp, tmp_path: Path
) -> None:
    study = exported(each_app, each_study)
    write(study, tmp_path / "bundle")
    assert read(tmp_path / "bundle") == study
    path = path_of(study)
    assert path.final == (
        "home",
        "seeing_a_doctor",
        "seeing_a_dentist",
        "fair_work",
        "friends_and_family",
        "rest",
    )
    assert (path.disagreements, path.overrides) == ((), ())
    actions = {step.action: step for step in study.lineage}
    assert len(actions) == len(LineageAction)
    assert actions[LineageAction.DROPPED].told == "Too few people chose it."
    assert actions[LineageAction.KEPT].evidence is Evidence.RULE
    said = CliRunner().invoke(main, ["verdicts", str(tmp_path / "bundle"), "--round", "1"])
    assert said.exit_code == 0
    assert "Papers" in said.output


@pytest.mark.usefixtures("decided")
def test_panellists_read_what_changed_and_rate_the_new_list(each_app: Flask, each_study: StudyOnApp) -> None:
    panellist = who_agreed(each_app, each_study, "s1")
    page = panellist.get("/rate/changes")
    for words in ("Fair work", "Friends and family", "Rest", "Too few people chose it.", "Because of work."):
        assert words in page.text
    assert "Because of papers." not in page.text
    assert "Friends and family" in panellist.get("/rate/your-words").text

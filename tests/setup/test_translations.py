"""The study's page says how far the study is translated."""

from flask import Flask

from delphi.models import Role
from tests.data.small_study import study_of_every_kind
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient, sign_in_user


def study_page(app: Flask, study: StudyOnApp) -> list[list[str]]:
    client = PageClient(app)
    sign_in_user(client, study.team[Role.OWNER])
    return client.get(f"/studies/{study.code}").table_rows(1)


def test_what_is_checked_is_a_draft_and_is_missing_is_counted(app: Flask) -> None:
    study = load_study(app, study_of_every_kind(), open_round=None)
    # Of 7 outcomes `home` is checked; `work` lacks what it means. Of the other texts one label is checked,
    # one domain a draft. Of the digests' two lines the English one is translated, the Welsh one is not.
    rows = study_page(app, study)
    assert rows[1] == ["en: Digests", "0", "0", "1"]
    assert rows[2] == ["cy: Outcomes", "1", "0", "6"]
    assert rows[3][:3] == ["cy: Other texts", "1", "1"]
    assert rows[4] == ["cy: Digests", "1", "0", "0"]


def test_a_study_in_one_language_has_no_such_table_and_can_be_given_another(
    app: Flask, study: StudyOnApp
) -> None:
    client = PageClient(app)
    sign_in_user(client, study.team[Role.OWNER])
    page = client.get(f"/studies/{study.code}")
    assert len(list(page.root.iter("table"))) == 1
    assert client.get(page.link("Add a language")).h1 == "Languages"


def test_who_does_not_run_the_study_is_not_sent_to_its_languages(app: Flask, study: StudyOnApp) -> None:
    client = PageClient(app)
    sign_in_user(client, study.team[Role.ADVISER])
    assert "Translations" not in client.get(f"/studies/{study.code}").text

"""A line of a digest has a language; panellists read it in theirs, or as it is, marked."""

from dataclasses import replace

import pytest
from flask import Flask

from analysis.study.study import Study
from analysis.study.translation import digest_key
from delphi import dataset
from delphi.models import Role
from tests.rating.panellists import who_agreed
from tests.setup.test_digest import commented
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient, sign_in_user

URL = "/studies/small/rounds/1/digest"


def in_two_languages() -> Study:
    study = commented()
    identity = replace(study.protocol.study, languages=("en", "fr"))
    return replace(study, protocol=replace(study.protocol, study=identity))


@pytest.fixture
def study_in_two(app: Flask) -> StudyOnApp:
    return load_study(app, in_two_languages(), open_round="2")


def member(app: Flask, study: StudyOnApp, role: Role = Role.FACILITATOR) -> PageClient:
    client = PageClient(app)
    sign_in_user(client, study.team[role])
    return client


def write(app: Flask, study: StudyOnApp, text: str, language: str) -> None:
    client = member(app, study)
    client.get(URL)
    given = {f"digest-{study.outcomes['friends']}": text, "language": language}
    client.submit(given, button="Save the digest")


def translation(line: str) -> str:
    return digest_key(line).replace(".", "-")


def test_a_line_without_a_translation_is_shown_as_it_is_and_marked(
    app: Flask, study_in_two: StudyOnApp
) -> None:
    write(app, study_in_two, "Un autre avis.", "fr")
    page = who_agreed(app, study_in_two, "s1").get("/rate/section/2")
    assert '<span lang="fr" dir="ltr">Un autre avis.</span>' in page.html
    assert "They are shown in French." in page.text


def test_a_translated_line_is_read_in_the_language_of_the_page(app: Flask, study_in_two: StudyOnApp) -> None:
    write(app, study_in_two, "Un autre avis.", "fr")
    client = member(app, study_in_two)
    client.get(f"{URL}/en")
    client.submit({translation("Un autre avis."): "Another opinion."}, button="Save the digest")
    page = who_agreed(app, study_in_two, "s1").get("/rate/section/2")
    assert "Another opinion." in page.text
    assert "Un autre avis." not in page.text
    assert "not yet in your language" not in page.text


def test_a_line_that_is_changed_needs_a_new_translation_and_the_old_one_leaves_no_bundle(
    app: Flask, study_in_two: StudyOnApp
) -> None:
    write(app, study_in_two, "One view.", "en")
    client = member(app, study_in_two)
    client.get(f"{URL}/fr")
    client.submit({translation("One view."): "Un avis."}, button="Save the digest")
    with app.app_context():
        before = dataset.export_study(study_in_two.study_id)
    assert [text.text for text in before.texts] == ["Un avis."]
    write(app, study_in_two, "Another view.", "en")
    with app.app_context():
        after = dataset.export_study(study_in_two.study_id)
    assert [line.line for line in after.digest] == ["Another view."]
    assert after.texts == ()


def test_of_two_who_translate_the_later_one_is_asked_before_theirs_counts(
    app: Flask, study_in_two: StudyOnApp
) -> None:
    write(app, study_in_two, "One view.", "en")
    first, second = member(app, study_in_two), member(app, study_in_two, Role.OWNER)
    field = translation("One view.")
    for client in (first, second):
        client.get(f"{URL}/fr")
    first.submit({field: "Un avis."}, button="Save the digest")
    asked = second.submit({field: "Une opinion."}, button="Save the digest", status=422)
    assert "Somebody else wrote here meanwhile: “Un avis.”" in asked.text
    assert "Saved: 1 changed." in second.submit(button="Save the digest").text
    assert "Une opinion." in first.get(f"{URL}/fr").html


def test_how_many_lines_are_translated_stands_on_the_page_of_the_study(
    app: Flask, study_in_two: StudyOnApp
) -> None:
    write(app, study_in_two, "One view.\nAnother view.", "en")
    client = member(app, study_in_two)
    client.get(f"{URL}/fr")
    checked = {translation("One view."): "Un avis.", f"{translation('One view.')}-checked": "yes"}
    client.submit(checked, button="Save the digest")
    rows = client.get("/studies/small").table_rows(1)
    assert ["fr: Digests", "1", "0", "1"] in rows


def test_a_language_that_the_study_has_not_is_not_found(app: Flask, study_in_two: StudyOnApp) -> None:
    member(app, study_in_two).get(f"{URL}/de", status=404)

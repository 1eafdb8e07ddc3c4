"""A draft: saved page by page, never overwritten unseen, copied, its owner's only, told what is missing."""

import io

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from analysis.bundle.writer import packed
from analysis.study.study import Study
from delphi.dataset import export_study, path_of
from delphi.extensions import db
from delphi.models import DraftPart, Part
from delphi.models import Study as StudyRow
from tests.data.small_study import small_study
from tests.drafting.setting_up import PAGES, fill, filled_template, send_table, start
from tests.setup.round_actions import member
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient, filled_in, sign_in_user


def number_of_studies(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(StudyRow)) or 0


def study_named(app: Flask, code: str) -> Study:
    with app.app_context():
        return export_study(db.session.scalars(select(StudyRow.id).where(StudyRow.code == code)).one())


def test_a_page_that_is_not_complete_is_saved_and_says_what_is_missing(researcher: PageClient) -> None:
    draft = start(researcher)
    page = researcher.submit({"title": "Half a study", "code": "Not A Code"}, button="Save and continue")
    assert "Saved, and not complete yet" in page.text
    assert "Give a code of 1 to 40 small letters" in page.text
    again = researcher.get(f"{draft}/about")
    assert again.find(".//input[@id='title']").get("value") == "Half a study"
    assert again.find(".//input[@id='code']").get("value") == "Not A Code"


def test_of_two_pages_the_later_save_never_replaces_the_earlier_one_unseen(
    app: Flask, researcher: PageClient, researcher_id: int
) -> None:
    draft = start(researcher)
    other = PageClient(app)
    sign_in_user(other, researcher_id)
    other.get(f"{draft}/about")
    researcher.get(f"{draft}/about")
    researcher.submit({"title": "First"}, button="Save and continue")
    late = filled_in(other.page.form("Save and continue"), {"title": "Second"})  # type: ignore[union-attr]
    page = other.post(f"{draft}/about", late, status=409)
    assert "The other page saved here: “First”" in page.text
    assert page.find(".//input[@id='title']").get("value") == "Second"
    assert researcher.get(f"{draft}/about").find(".//input[@id='title']").get("value") == "First"
    other.submit(button="Save and continue")
    assert researcher.get(f"{draft}/about").find(".//input[@id='title']").get("value") == "Second"


def test_every_save_is_kept(app: Flask, researcher: PageClient) -> None:
    draft = start(researcher)
    for title in ("One", "Two"):
        researcher.get(f"{draft}/about")
        researcher.submit({"title": title}, button="Save and continue")
    with app.app_context():
        query = select(DraftPart).where(DraftPart.part == Part.ABOUT).order_by(DraftPart.number)
        kept = [(row.number, row.answers["title"]) for row in db.session.scalars(query)]
    assert kept == [(1, "One"), (2, "Two")]


def test_what_is_missing_is_listed_with_its_link_and_nothing_is_created(
    app: Flask, researcher: PageClient
) -> None:
    draft = start(researcher)
    fill(researcher, draft, *(part for part in PAGES if part != "texts"))
    page = researcher.get(draft)
    assert "2 things are missing" in page.text
    assert page.link("Send a table of outcomes.") == f"{draft}/outcomes#file"
    page = researcher.submit(button="Create the study", status=422)
    assert "The study was not created" in page.text
    assert page.link("Look at this page and save it.") == f"{draft}/texts"
    assert number_of_studies(app) == 0


def test_a_code_that_is_taken_is_told_and_the_draft_stays(
    app: Flask, study: StudyOnApp, researcher: PageClient
) -> None:
    draft = start(researcher)
    fill(researcher, draft)
    send_table(researcher, draft, filled_template("Sleep"), name="outcomes.xlsx")
    researcher.get(f"{draft}/about")
    researcher.submit({"code": study.code}, button="Save and continue")
    researcher.get(draft)
    page = researcher.submit(button="Create the study", status=422)
    words = f"There is a study with the code “{study.code}” on this site. Choose another code."
    assert page.link(words) == f"{draft}/about"
    assert number_of_studies(app) == 1


def test_a_draft_becomes_one_study_however_often_the_button_is_pressed(
    app: Flask, researcher: PageClient
) -> None:
    draft = start(researcher)
    fill(researcher, draft)
    send_table(researcher, draft, filled_template("Sleep"), name="outcomes.xlsx")
    data = filled_in(researcher.get(draft).form("Create the study"), {})
    researcher.post(draft, data)
    page = researcher.post(draft, data, status=422)
    assert "A study has been made of this draft." in page.text
    assert number_of_studies(app) == 1


def test_the_rule_is_said_in_words_and_worked_through(researcher: PageClient) -> None:
    draft = start(researcher)
    fill(researcher, draft, "groups")
    researcher.get(f"{draft}/consensus")
    page = researcher.submit({"in_of": "every"}, button="Save and show it in words")
    assert "In: in every group at least 70 % rated it 7 to 9 (critical)" in page.text
    assert "With 40 survivors and 24 service providers" in page.text
    # 70 % of 40 is 28; 70 % of 24 is 16.8, so 17
    assert "at least 28 of 40 survivors and at least 17 of 24 service providers rate it 7 to 9" in page.text


def test_the_rule_is_said_in_words_while_groups_are_not_complete(researcher: PageClient) -> None:
    draft = start(researcher)
    researcher.get(f"{draft}/groups")
    page = researcher.submit({"label-0": "Survivors"}, button="Save and continue")
    assert "Say what one person of “Survivors” is called." in page.text
    researcher.get(f"{draft}/consensus")
    page = researcher.submit(button="Save and show it in words")
    # nobody is hoped for yet, so the example takes 20: 70 % of them is 14, and 2 is fewer than 15 %
    assert "In: at least 14 of 20 people rate it 7 to 9." in page.text
    assert "In: at most 2 of 20 people rate it 1 to 3." in page.text


def test_a_weight_shows_in_the_worked_example(researcher: PageClient) -> None:
    draft = start(researcher)
    fill(researcher, draft, "groups")
    researcher.get(f"{draft}/consensus")
    page = researcher.submit(button="Save and show it in words")
    # 40 who count twice and 24 make 104; 70 % of it is 72.8
    assert "people who count at least 72.8 of 104 together rate it 7 to 9" in page.text


def test_another_user_sees_no_draft_of_mine(app: Flask, study: StudyOnApp, researcher: PageClient) -> None:
    draft = start(researcher)
    stranger = member(app, study)
    assert stranger.http.get(draft).status_code == 404
    assert stranger.http.get(f"{draft}/about").status_code == 404
    assert draft not in stranger.get("/drafts").html


def test_a_copy_of_a_study_becomes_one_with_the_outcomes_that_are_left(app: Flask, study: StudyOnApp) -> None:
    owner = member(app, study)
    owner.get("/drafts")
    draft = owner.submit({"copy_of": study.code}, button="Copy it into a draft").url.removesuffix("/about")
    owner.submit({"title": "A copy", "code": "copy"}, button="Save and continue")
    fill(owner, draft, "consensus", "feedback", "texts")
    owner.get(draft)
    owner.submit(button="Create the study")
    made, former = study_named(app, "copy"), study_named(app, study.code)
    with app.app_context():
        left = path_of(study.study_id).final
    assert {each.code for each in made.outcomes} == set(left)
    assert len(left) < len(former.outcomes)
    assert made.protocol.groups == former.protocol.groups
    assert made.protocol.support == former.protocol.support
    assert made.panel == ()


def test_nobody_copies_a_study_that_they_are_not_in(study: StudyOnApp, researcher: PageClient) -> None:
    researcher.get("/drafts")
    page = researcher.page
    assert page is not None
    data = filled_in(page.form("Start a draft"), {}) | {"copy_of": [study.code]}
    researcher.post("/drafts", data, status=404)


@pytest.mark.parametrize(("spoiled", "status"), [(False, 200), (True, 422)])
def test_a_bundle_is_loaded_whole_or_not_at_all(
    app: Flask, researcher: PageClient, spoiled: bool, status: int
) -> None:
    data = packed(small_study())
    page = researcher.get("/drafts/bundle")
    fields: dict[str, object] = dict(filled_in(page.form("Load the bundle"), {}))
    fields["file"] = FileStorage(io.BytesIO(data[:500] if spoiled else data), filename="study.zip")
    page = researcher.post("/drafts/bundle", fields, status=status)  # type: ignore[arg-type]  # a file, too
    assert number_of_studies(app) == (0 if spoiled else 1)
    assert ("expected a folder, or a zip that is whole" in page.text) is spoiled

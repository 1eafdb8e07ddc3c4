"""A study is given another language, and its texts are translated beside the first one."""

from flask import Flask

from delphi.extensions import db
from delphi.models import Role, Wording
from tests.rating.panellists import who_agreed
from tests.studies_on_app import StudyOnApp
from tests.translating.translators import (
    ARABIC,
    HOME,
    LANGUAGES,
    field,
    held,
    member,
    outcomes_url,
    prefix,
    with_arabic,
)


def test_a_language_that_is_added_has_nothing_translated_and_is_offered_no_more(
    app: Flask, study: StudyOnApp
) -> None:
    client = with_arabic(app, study)
    page = client.get(LANGUAGES)
    row = next(row for row in page.table_rows() if "Arabic" in row[0])
    assert row[1:3] == ["0", "0"]
    assert int(row[3]) > 20
    offered = [radio.get("value") for radio in page.root.findall(".//input[@type='radio']")]
    assert offered == ["fr", "es"]


def test_the_first_language_and_one_that_the_study_has_not_are_not_found(
    app: Flask, study: StudyOnApp
) -> None:
    client = with_arabic(app, study)
    client.get(f"{LANGUAGES}/en", status=404)
    client.get(f"{LANGUAGES}/es/table", status=404)


def test_who_chooses_no_language_is_told(app: Flask, study: StudyOnApp) -> None:
    client = member(app, study)
    client.get(LANGUAGES)
    assert "Choose a language." in client.submit(button="Add the language", status=422).text


def test_each_text_is_kept_with_its_state_and_written_from_right_to_left(
    app: Flask, study: StudyOnApp
) -> None:
    client = with_arabic(app, study)
    client.get(ARABIC)
    welcome, thanks = "ethics.welcome", "ethics.thanks"
    fields = {field(welcome): " أهلا ", f"{prefix(welcome)}-checked": "yes", field(thanks): "شكرا"}
    page = client.submit(fields, button="Save")
    assert "Saved: 2 texts were changed." in page.text
    assert held(app, study) == {welcome: ("أهلا", "checked"), thanks: ("شكرا", "draft")}
    box = page.find(f".//textarea[@id='{field(welcome)}']")
    assert (box.get("lang"), box.get("dir")) == ("ar", "rtl")


def test_an_outcome_is_missing_until_all_its_texts_are_there(app: Flask, study: StudyOnApp) -> None:
    client = with_arabic(app, study)
    client.get(outcomes_url())
    client.submit({field(HOME): "بيت", f"{prefix(HOME)}-checked": "yes"}, button="Save")
    assert "Safe" in client.get(f"{ARABIC}?show=missing&page=9").text
    assert "There is none." in client.get(f"{ARABIC}?show=checked").text
    client.get(outcomes_url())
    client.submit({field(HOME, piece=1): "مكان"}, button="Save")
    assert [box.text for box in client.get(f"{ARABIC}?show=checked").root.iter("textarea")] == [
        "بيت",
        "مكان",
    ]


def test_a_text_that_is_emptied_is_taken_away(app: Flask, study: StudyOnApp) -> None:
    client = with_arabic(app, study)
    client.get(outcomes_url())
    client.submit({field(HOME): "بيت"}, button="Save")
    client.submit({field(HOME): ""}, button="Save")
    assert held(app, study) == {}
    with app.app_context():
        assert db.session.query(Wording).count() == 0


def test_a_name_that_is_too_long_is_told_and_all_else_is_saved(app: Flask, study: StudyOnApp) -> None:
    client = with_arabic(app, study)
    client.get(outcomes_url())
    fields = {field(HOME): "ب" * 301, field("outcomes.work"): "عمل"}
    page = client.submit(fields, button="Save", status=422)
    assert "Write 300 characters or fewer. You have 301." in page.text
    assert field("outcomes.work") not in page.html
    assert held(app, study) == {"outcomes.work": ("عمل", "draft")}
    client.submit({field(HOME): "بيت"}, button="Save")
    assert held(app, study)[HOME] == ("بيت", "draft")


def test_of_two_who_translate_one_text_the_later_sees_both_and_chooses(app: Flask, study: StudyOnApp) -> None:
    first, second = with_arabic(app, study), member(app, study, Role.OWNER)
    for client in (first, second):
        client.get(outcomes_url())
    first.submit({field(HOME): "بيت"}, button="Save")
    fields = {field(HOME): "دار", field("outcomes.work"): "عمل"}
    asked = second.submit(fields, button="Save", status=422)
    assert "Somebody else changed" in asked.text
    assert "بيت" in asked.text
    assert "دار" in asked.html
    assert held(app, study) == {HOME: ("بيت", "draft"), "outcomes.work": ("عمل", "draft")}
    second.submit({f"{prefix(HOME)}-stands": "mine"}, button="Save")
    assert held(app, study)[HOME] == ("دار", "draft")


def test_who_keeps_the_other_text_changes_nothing(app: Flask, study: StudyOnApp) -> None:
    first, second = with_arabic(app, study), member(app, study, Role.OWNER)
    for client in (first, second):
        client.get(outcomes_url())
    first.submit({field(HOME): "بيت"}, button="Save")
    second.submit({field(HOME): "دار"}, button="Save", status=422)
    assert "Nothing was changed." in second.submit(button="Save").text
    assert held(app, study)[HOME] == ("بيت", "draft")


def test_what_only_another_changed_is_left_as_it_is(app: Flask, study: StudyOnApp) -> None:
    first, second = with_arabic(app, study), member(app, study, Role.OWNER)
    for client in (first, second):
        client.get(outcomes_url())
    first.submit({field(HOME): "بيت"}, button="Save")
    second.submit({field("outcomes.work"): "عمل"}, button="Save")
    assert held(app, study) == {HOME: ("بيت", "draft"), "outcomes.work": ("عمل", "draft")}


def test_after_the_opening_the_page_says_that_the_receipt_shows_a_change_and_it_does(
    app: Flask, study: StudyOnApp
) -> None:
    client = with_arabic(app, study)
    page = client.get(ARABIC)
    assert "the receipt shows it as a change" in page.text
    receipt = page.link("Receipt of Round 2")
    assert "Nothing has been changed." in client.get(receipt).text
    client.get(outcomes_url())
    client.submit({field(HOME): "بيت"}, button="Save")
    assert "+    (ar) بيت" in client.get(receipt).html


def test_a_list_that_was_read_before_is_read_again_with_the_new_words(app: Flask, study: StudyOnApp) -> None:
    client = with_arabic(app, study)
    panellist = who_agreed(app, study, "s1")
    panellist.get("/rate/section/1")
    assert "بيت" not in panellist.submit(button="العربية").text
    client.get(outcomes_url())
    client.submit({field(HOME): "بيت"}, button="Save")
    assert any("بيت" in panellist.get(f"/rate/section/{number}").text for number in (1, 2))

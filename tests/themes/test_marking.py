"""A comment that could tell who somebody is: shown in other words, or not at all."""

from flask import Flask

from delphi.dataset import export_study
from delphi.dataset.passing_on import HELD_BACK
from delphi.models import Role
from tests.studies_on_app import StudyOnApp
from tests.synthesis.deciders import OUTCOMES, member
from tests.synthesis.deciders import URL as DECISIONS
from tests.themes.commented import REWORDED, TELLING, URL, id_of, mark
from tests.web_client import PageClient

STREET = "Bridge Street"
ROUND = "/studies/small/rounds/1"
PASSED_ON = (
    f"{ROUND}/digest",
    f"{ROUND}/progress",
    DECISIONS,
    f"{OUTCOMES}/home",
    f"{OUTCOMES}/home/keep",
    f"{OUTCOMES}/doctor/similar",
)


def test_a_marked_original_reaches_no_other_page(app: Flask, facilitator: PageClient) -> None:
    assert STREET in facilitator.get(f"{ROUND}/digest").html
    assert STREET in facilitator.get(f"{OUTCOMES}/doctor/similar").html
    mark(facilitator, id_of(app, TELLING), "reworded")
    for url in PASSED_ON:
        html = facilitator.get(url).html
        assert STREET not in html
        assert REWORDED in html


def test_the_bundle_holds_what_stands_in_its_place(
    app: Flask, commented: StudyOnApp, facilitator: PageClient
) -> None:
    comment = id_of(app, TELLING)
    mark(facilitator, comment, "reworded")
    assert texts_in_bundle(app, commented) >= {REWORDED}
    mark(facilitator, comment, "nothing")
    assert HELD_BACK in texts_in_bundle(app, commented)
    assert TELLING not in texts_in_bundle(app, commented)
    mark(facilitator, comment, "as-it-is")
    assert TELLING in texts_in_bundle(app, commented)


def texts_in_bundle(app: Flask, study: StudyOnApp) -> set[str]:
    with app.app_context():
        return {comment.comment for comment in export_study(study.study_id).comments}


def test_the_original_stays_behind_a_warning_where_it_was_marked(app: Flask, facilitator: PageClient) -> None:
    page = mark(facilitator, id_of(app, TELLING), "reworded")
    (details,) = [each for each in page.root.iter("details") if STREET in "".join(each.itertext())][:1]
    assert details.get("open") is None
    assert "Do not copy it or pass it on." in "".join(details.itertext())
    assert REWORDED in facilitator.get(f"{URL}?show=marked").text
    assert "1 comment" in facilitator.get(f"{URL}?show=marked").text


def test_other_words_are_asked_for(app: Flask, facilitator: PageClient) -> None:
    for wording, fault in (("", "Write the other words."), (TELLING, "Change the words")):
        facilitator.get(f"{URL}/{id_of(app, TELLING)}")
        fields = {"passing": "reworded", "wording": wording}
        assert fault in facilitator.submit(fields, button="Save this mark", status=422).text
    assert STREET in facilitator.get(f"{ROUND}/digest").text


def test_two_who_mark_at_once_see_each_other_before_one_counts(
    app: Flask, facilitator: PageClient, owner: PageClient
) -> None:
    comment = id_of(app, TELLING)
    owner.get(f"{URL}/{comment}")
    mark(facilitator, comment, "reworded")
    page = owner.submit({"passing": "nothing"}, button="Save this mark", status=409)
    assert "somebody else marked this comment" in page.text
    assert REWORDED in owner.get(f"{ROUND}/digest").text
    owner.page = page
    owner.submit({"passing": "nothing"}, button="Save this mark")
    assert HELD_BACK in owner.get(f"{ROUND}/digest").text


def test_who_may_not_read_comments_is_not_led_to_them(app: Flask, commented: StudyOnApp) -> None:
    assert "Comments and their themes" not in member(app, commented, Role.ADVISER).get(DECISIONS).text

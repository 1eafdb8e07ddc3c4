"""What a browser's history keeps of a panellist's visit: neutral titles and addresses."""

import pytest
from flask import Flask

from tests.data.small_study import small_study
from tests.page_checks import text_of
from tests.rating.panellists import who_agreed
from tests.studies_on_app import StudyOnApp

STUDY = small_study()
PAGES = ("/rate/welcome", "/rate/consent", "/rate/section/1", "/rate/section/2", "/rate/finish")
TELLING = {
    STUDY.protocol.study.title,
    STUDY.protocol.study.code,
    *(text for outcome in STUDY.outcomes for text in (outcome.domain, outcome.label)),
    *(group.label for group in STUDY.protocol.groups),
}


@pytest.mark.parametrize("url", PAGES)
def test_neither_title_nor_address_tells_what_the_study_is_about(
    app: Flask, study: StudyOnApp, url: str
) -> None:
    page = who_agreed(app, study, "s4").get(url)
    assert page.url == url
    kept = f"{text_of(page.find('./head/title'))} {page.url}".lower()
    assert not [words for words in TELLING if words.lower() in kept]


def test_a_section_is_told_by_its_number(app: Flask, study: StudyOnApp) -> None:
    page = who_agreed(app, study, "s4").get("/rate/section/2")
    assert text_of(page.find("./head/title")) == "Section 2 of 2 – Chorus"
    assert page.h1.startswith("Section 2 of 2: ")

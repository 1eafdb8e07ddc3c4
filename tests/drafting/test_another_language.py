"""A study that was made from a draft is given Arabic: a panellist reads it, and what is missing as it is."""

from dataclasses import replace

from flask import Flask
from sqlalchemy import select

from analysis.bundle.reader import unpacked
from analysis.study.records import StudyText, TranslationState, Wording
from delphi.dataset import export_study, import_study
from delphi.extensions import db
from delphi.models import Study
from delphi.translating.queries import texts_in_view
from delphi.web import clock
from tests.drafting.test_journey import NAMES, a_panellist, created
from tests.web_client import PageClient, sign_in_panellist

URL = "/studies/matters/languages"
ARABIC = f"{URL}/ar"


def study_id(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(Study.id)).one()


def fields_of(app: Flask, *keys: str) -> list[str]:
    with app.app_context():
        items = {item.key: item.field for item in texts_in_view(study_id(app)).items}
    return [items[key] for key in keys]


def in_arabic(app: Flask, researcher: PageClient) -> None:
    """The study, with its welcome and the name of one outcome in Arabic."""
    created(researcher)
    researcher.get(URL)
    researcher.submit({"language": "ar"}, button="Add the language")
    welcome, outcome = fields_of(app, "ethics.welcome", "outcomes.outcome_1")
    researcher.get(ARABIC)
    researcher.submit({f"{welcome}-0": "أهلا بكم.", f"{welcome}-checked": "yes"}, button="Save")
    researcher.get(f"{ARABIC}?page=2")
    researcher.submit({f"{outcome}-0": "نتيجة أولى"}, button="Save")


def test_a_panellist_in_arabic_reads_what_is_translated_and_the_rest_marked(
    app: Flask, researcher: PageClient
) -> None:
    in_arabic(app, researcher)
    researcher.get("/studies/matters/rounds/1/open")
    researcher.submit(button="Open this round")
    client = PageClient(app)
    sign_in_panellist(client, a_panellist(app))
    client.get("/rate/exit-help")
    client.get("/rate/welcome")
    welcome = client.submit(button="العربية")
    assert (welcome.root.get("dir"), "أهلا بكم." in welcome.text) == ("rtl", True)
    client.get("/rate/consent")
    client.submit({"agree": "yes"})
    section = client.get("/rate/section/1")
    assert "نتيجة أولى" in section.text
    assert f">{NAMES[0]}<" not in section.html
    assert f'<span lang="en" dir="ltr">{NAMES[1]}</span>' in section.html


def test_the_bundle_that_is_taken_away_and_loaded_again_has_the_translations(
    app: Flask, researcher: PageClient
) -> None:
    in_arabic(app, researcher)
    study = unpacked(researcher.http.get("/studies/matters/bundle.zip").data)
    checked, draft = TranslationState.CHECKED, TranslationState.DRAFT
    assert study.protocol.study.languages == ("en", "ar")
    assert study.texts == (StudyText("ar", "ethics.welcome", "أهلا بكم.", checked),)
    assert study.wordings == (Wording("ar", "outcome_1", "نتيجة أولى", "", "", draft),)
    identity = replace(study.protocol.study, code="again")
    again = replace(study, protocol=replace(study.protocol, study=identity))
    with app.app_context():
        loaded = import_study(again, by="command line", now=clock.now())
        back = export_study(loaded)
    assert (back.texts, back.wordings) == (study.texts, study.wordings)

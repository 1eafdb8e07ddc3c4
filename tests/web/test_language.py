"""In which language a page is, and what is said in it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale, gettext
from sqlalchemy import select
from werkzeug.datastructures import LanguageAccept

from analysis.study.records import StudyText
from analysis.study.taking_part import SupportLine
from delphi.extensions import db
from delphi.models import AuditRow, Panellist, Role
from delphi.web import clock, language
from delphi.web.language import BY_CODE, LANGUAGES
from tests.data.small_study import small_study
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import Page, PageClient, sign_in_panellist, sign_in_user

MOMENT = datetime(2025, 4, 3, 13, 5, tzinfo=UTC)  # London is an hour ahead in April


@pytest.fixture
def arabic_study(app: Flask) -> StudyOnApp:
    """The small study in English and Arabic; the consent and a help line are in Arabic."""
    small = small_study(code="arabic")
    identity = replace(small.protocol.study, languages=("en", "ar"))
    line = SupportLine("A helpline", "3919", hours="Day and night")
    study = replace(
        small,
        protocol=replace(small.protocol, study=identity, support=(line,)),
        texts=(
            StudyText("ar", "ethics.consent", "المشاركة اختياركم."),
            StudyText("ar", "support.1.name", "خط مساعدة"),
        ),
    )
    return load_study(app, study, open_round="2")


def reader(app: Flask, accepted: str) -> PageClient:
    """Somebody whose browser asks for these languages."""
    client = PageClient(app)
    client.http.environ_base["HTTP_ACCEPT_LANGUAGE"] = accepted
    return client


def panellist_reading(app: Flask, study: StudyOnApp, accepted: str) -> PageClient:
    """A panellist whose browser asks for these languages."""
    client = reader(app, accepted)
    sign_in_panellist(client, study.panellists["s4"])
    return client


def spoken(page: Page) -> tuple[str | None, str | None]:
    """The language of a page and its direction, as it says."""
    return page.root.get("lang"), page.root.get("dir")


@pytest.mark.parametrize(
    ("codes", "wishes", "accepted", "chosen"),
    [
        (("en", "fr", "ar"), ("ar",), "fr", "ar"),
        (("en", "fr", "ar"), (None, "fr"), "ar", "fr"),
        (("en", "fr"), ("ar",), "fr-CA, en;q=0.5", "fr"),
        (("en", "fr"), (None,), "de", "en"),
        (("fr", "ar"), (None,), "de, en;q=0.5", "fr"),
        (("en", "es"), (None,), "", "en"),
    ],
)
def test_a_wish_comes_before_the_browser_and_both_only_out_of_what_is_offered(
    codes: Sequence[str], wishes: Sequence[str | None], accepted: str, chosen: str
) -> None:
    asked = LanguageAccept(
        [(part.split(";")[0].strip(), 0.5 if ";" in part else 1.0) for part in accepted.split(",") if part]
    )
    offered = [BY_CODE[code] for code in codes]
    assert language.choose(offered, wishes=wishes, accepted=asked).code == chosen


@pytest.mark.parametrize(
    ("codes", "ours"),
    [(("fr-CA", "en"), ["fr", "en"]), (("cy", "ar"), ["ar"]), (("cy",), ["en"]), (("en", "en-GB"), ["en"])],
)
def test_of_a_studys_languages_those_count_that_we_have(codes: Sequence[str], ours: list[str]) -> None:
    assert [each.code for each in language.among(codes)] == ours


@pytest.mark.parametrize(
    ("accepted", "lang", "direction", "heading"),
    [
        ("fr-CA,fr;q=0.9", "fr", "ltr", "Plusieurs voix, une liste"),
        ("ar", "ar", "rtl", "أصوات كثيرة، قائمة واحدة"),
        ("es", "es", "ltr", "Muchas voces, una lista"),
        ("de", "en", "ltr", "Many voices, one list"),
    ],
)
def test_the_first_page_is_in_the_browsers_language(
    app: Flask, accepted: str, lang: str, direction: str, heading: str
) -> None:
    page = reader(app, accepted).get("/")
    assert spoken(page) == (lang, direction)
    assert page.h1 == heading


@pytest.mark.parametrize("url", ["/", "/about", "/sign-in", "/enter/unknown", "/nowhere"])
@pytest.mark.parametrize("code", ["fr", "ar", "es"])
def test_each_page_for_anybody_says_that_its_translation_is_unchecked(
    app: Flask, url: str, code: str
) -> None:
    client = reader(app, code)
    page = client.get(url, status=404 if "now" in url else 200)
    assert page.root.get("lang") == code
    with app.test_request_context(headers={"Accept-Language": code}):
        unchecked = gettext("This translation has not yet been checked by a native speaker.")
    assert unchecked in page.all_text


def test_an_english_page_says_nothing_of_translations(client: PageClient) -> None:
    assert "native speaker" not in client.get("/").all_text


def test_a_language_that_is_chosen_stays_and_leads_back_to_the_page(app: Flask) -> None:
    client = reader(app, "fr")
    client.get("/about")
    page = client.submit(button="العربية")
    assert (page.url, *spoken(page)) == ("/about", "ar", "rtl")
    assert client.get("/").root.get("lang") == "ar"


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "/\\example.org", ""])
def test_choosing_a_language_leads_to_no_other_site(client: PageClient, back: str) -> None:
    token = client.get("/").find(".//nav//input[@name='csrf_token']").get("value") or ""
    fields = {"csrf_token": token, "language": "fr", "back": back}
    assert client.post("/language", fields).url == "/"


def test_a_language_that_we_do_not_have_changes_nothing(client: PageClient) -> None:
    token = client.get("/").find(".//nav//input[@name='csrf_token']").get("value") or ""
    page = client.post("/language", {"csrf_token": token, "language": "tlh", "back": "/about"})
    assert (page.url, page.root.get("lang")) == ("/about", "en")


def test_pages_for_teams_are_in_english(app: Flask, study: StudyOnApp) -> None:
    client = reader(app, "fr")
    sign_in_user(client, study.team[Role.OWNER])
    page = client.get("/studies")
    assert page.root.get("lang") == "en"
    assert "Français" not in page.all_text


def test_a_panellist_is_offered_the_languages_of_the_study(app: Flask, arabic_study: StudyOnApp) -> None:
    page = panellist_reading(app, arabic_study, "fr").get("/rate/welcome")
    names = [item.get("lang") for item in page.root.findall(".//nav/form/ul/li")]
    assert names == ["en", "ar"]
    assert page.root.get("lang") == "en"


def test_a_study_in_english_alone_offers_no_choice(app: Flask, study: StudyOnApp) -> None:
    page = panellist_reading(app, study, "fr").get("/rate/welcome")
    assert page.root.get("lang") == "en"
    assert "Français" not in page.all_text


def test_a_panellists_choice_is_kept_for_the_next_browser(app: Flask, arabic_study: StudyOnApp) -> None:
    client = panellist_reading(app, arabic_study, "en")
    client.get("/rate/welcome")
    assert client.submit(button="العربية").url == "/rate/welcome"
    panellist_id = arabic_study.panellists["s4"]
    with app.app_context():
        assert db.session.scalar(select(Panellist.language).where(Panellist.id == panellist_id)) == "ar"
        assert db.session.scalars(select(AuditRow.detail).where(AuditRow.action == "language chosen")).all()
    assert panellist_reading(app, arabic_study, "en").get("/rate/welcome").root.get("lang") == "ar"


def test_a_language_chosen_before_signing_in_comes_along(app: Flask, arabic_study: StudyOnApp) -> None:
    client = reader(app, "en")
    client.get("/")
    client.submit(button="العربية")
    sign_in_panellist(client, arabic_study.panellists["s4"])
    assert client.get("/rate/welcome").root.get("lang") == "ar"


def test_a_text_without_a_translation_says_which_language_it_is_in(
    app: Flask, arabic_study: StudyOnApp
) -> None:
    client = panellist_reading(app, arabic_study, "ar")
    page = client.get("/rate/welcome")
    foreign = [each for each in page.find(".//main").iter() if each.get("lang") == "en"]
    assert "A small study" in [each.text for each in foreign]
    assert {each.get("dir") for each in foreign} == {"ltr"}
    assert page.text.count("بعض نصوص الدراسة ليست بلغتكم بعد") == 1
    assert "المشاركة اختياركم." in client.get("/rate/consent").text


def test_a_page_in_the_studys_own_language_speaks_of_no_other(app: Flask, arabic_study: StudyOnApp) -> None:
    page = panellist_reading(app, arabic_study, "en").get("/rate/welcome")
    assert "not yet in your language" not in page.text
    assert not [each for each in page.find(".//main").iter() if each.get("lang")]


@pytest.mark.parametrize(
    ("locale", "words", "number"),
    [
        ("en_GB", "3 April 2025 at 14:05", "4,000"),
        ("fr", "3 avril 2025 à 14:05", "4\u202f000"),
        ("ar", "3 أبريل 2025 الساعة 14:05", "4,000"),
        ("es", "3 de abril de 2025 a las 14:05", "4.000"),
    ],
)
def test_moments_and_numbers_are_told_as_the_language_tells_them(
    app: Flask, locale: str, words: str, number: str
) -> None:
    with app.test_request_context(), force_locale(locale):
        assert clock.as_date_and_time(MOMENT) == words
        assert language.as_number(4000) == number


@pytest.mark.parametrize(
    ("locale", "bare", "in_sentence"),
    [
        ("en_GB", "a, b, c", "a, b and c"),
        ("fr", "a, b, c", "a, b et c"),
        ("ar", "a، b، c", "a وb وc"),
        ("es", "a, b, c", "a, b y c"),
    ],
)
def test_lists_are_joined_as_the_language_joins_them(
    app: Flask, locale: str, bare: str, in_sentence: str
) -> None:
    with app.test_request_context(), force_locale(locale):
        assert language.as_list(["a", "b", "c"]) == bare
        assert language.as_list_in_sentence(["a", "b", "c"]) == in_sentence


def test_a_list_escapes_what_the_study_wrote(app: Flask) -> None:
    with app.test_request_context():
        assert language.as_list(["R&D", "others"]) == "R&amp;D, others"


def test_outside_a_page_everything_is_in_english(app: Flask) -> None:
    with app.app_context():
        assert language.current_language().code == "en"


def test_an_app_without_its_catalogues_says_what_to_do(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "FOLDER", tmp_path)
    with pytest.raises(FileNotFoundError, match="make env"):
        language.prepare_languages(app, select=lambda: LANGUAGES[0], offered=lambda: LANGUAGES)


def test_help_lines_are_in_the_language_of_the_page_and_what_is_not_says_so(
    app: Flask, arabic_study: StudyOnApp
) -> None:
    page = panellist_reading(app, arabic_study, "ar").get("/help")
    assert "خط مساعدة" in page.text
    assert "A helpline" not in page.text
    assert page.find(".//main//li//span[@lang='en']").text == "Day and night"

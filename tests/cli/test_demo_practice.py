"""The practice copy of the demo: what it offers, what it says about itself, and how it reads in Arabic."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from analysis.bundle.reader import read
from analysis.study.rounds import FeedbackShown, SectionOrder
from analysis.study.study import Study
from analysis.study.taking_part import Joining
from analysis.study.translation import texts_of
from delphi.cli.demo_data import DemoStudies, demo_studies, digest, fill, way_to_join
from delphi.cli.demo_practice import practice_copy, summaries_of
from delphi.extensions import db
from delphi.models import DigestLine, OpenLink, Outcome, Panellist, Round
from delphi.panel.actions import end_open_link
from delphi.web import clock
from tests.data.small_study import small_study
from tests.page_checks import text_of
from tests.studies_on_app import load_study
from tests.web_client import Page, PageClient, sign_in_panellist

BUNDLE = Path(__file__).parents[2] / "studies" / "mscos_2022"
SYNTHETIC = "Synthetic summary: "


@cache
def studies() -> DemoStudies:
    return demo_studies(read(BUNDLE))


def title_of(study: Study, language: str) -> str:
    return next(t.text for t in study.texts if (t.language, t.key) == (language, "study.title"))


def in_arabic(app: Flask) -> PageClient:
    """The panellist who reads in Arabic, who has agreed to take part."""
    demo = studies()
    loaded = load_study(app, demo.practice, open_round=demo.open_round)
    client = PageClient(app)
    assert demo.in_arabic is not None
    sign_in_panellist(client, loaded.panellists[demo.in_arabic])
    client.get("/rate/consent")
    client.submit(button="العربية")
    client.submit({"agree": "yes"})
    return client


def english_texts() -> set[str]:
    """The study's texts in English, those of several words: a single one may be a word of the page's own."""
    practice = studies().practice
    domains = {outcome.domain for outcome in practice.outcomes}
    texts = {*texts_of(practice.protocol, domains=domains).values(), *domains}
    texts |= {text for outcome in practice.outcomes for text in (outcome.label, outcome.descriptor)}
    return {" ".join(text.split()) for text in texts if len(text.split()) > 1}


def left_in_english(page: Page) -> list[str]:
    """What a page shows or marks as English; a summary of the team's is in the team's language."""
    marked = {text_of(element) for element in page.root.iter() if element.get("lang") == "en"}
    allowed = {"English", *(summary.text for summary in summaries_of(studies().practice))}
    return sorted({text for text in english_texts() if text in page.text} | (marked - allowed))


def sections_from(page: Page) -> list[str]:
    addresses = [link.get("href") or "" for link in page.root.iter("a")]
    return sorted({address for address in addresses if re.fullmatch(r"/rate/section/\d+", address)})


def test_the_practice_copy_offers_what_a_running_study_may_offer() -> None:
    practice = studies().practice.protocol
    round_ = practice.round(studies().open_round)
    assert (round_.order, round_.feedback) == (SectionOrder.SHUFFLED, FeedbackShown.GROUPS)
    assert round_.ask_why_changed
    assert round_.show_digest
    assert practice.joining.open_link
    assert practice.joining.confirm_groups
    assert practice.ethics.private_readers
    assert practice.profile
    assert practice.support


def test_only_title_joining_and_the_open_round_differ_from_the_study() -> None:
    own, practice = studies().study.protocol, studies().practice.protocol
    unchanged = replace(practice, study=own.study, rounds=own.rounds, joining=own.joining)
    assert unchanged == own
    assert [r for r in practice.rounds if r not in own.rounds] == [practice.round(studies().open_round)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "copie d’essai, Tour 2 ouvert"),
        ("ar", "نسخة للتجربة، الجولة الثانية مفتوحة"),
        ("es", "copia de prueba, Ronda 2 abierta"),
    ],
)
def test_the_title_says_in_each_language_that_it_is_a_practice_copy(language: str, words: str) -> None:
    study, practice = studies().study, studies().practice
    assert title_of(practice, language) == f"{title_of(study, language)} — {words}"
    assert practice.protocol.study.title.endswith("— practice copy, Round 2 open")


def test_every_other_text_of_the_practice_copy_is_translated() -> None:
    practice = studies().practice
    keys = set(texts_of(practice.protocol, domains={outcome.domain for outcome in practice.outcomes}))
    for language in ("fr", "ar", "es"):
        assert {text.key for text in practice.texts if text.language == language} == keys


def test_every_line_of_the_digest_says_that_it_is_synthetic() -> None:
    lines = summaries_of(studies().practice)
    assert len(lines) == 3
    assert all(line.text.startswith(SYNTHETIC) for line in lines)
    assert {line.round for line in lines} == {"1"}


def test_comments_of_people_are_not_summed_up_by_the_demo() -> None:
    practice = practice_copy(small_study(), without=frozenset())
    assert practice.comments
    assert not practice.protocol.round("2").show_digest
    assert summaries_of(practice) == ()


def test_a_study_without_arabic_has_nobody_to_read_in_it() -> None:
    assert demo_studies(small_study()).in_arabic is None


def test_another_practice_copy_makes_the_demo_anew() -> None:
    practice = studies().practice
    changed = replace(practice, protocol=replace(practice.protocol, joining=Joining()))
    assert digest(BUNDLE, practice) != digest(BUNDLE, changed)


def test_the_demo_holds_the_digest_and_the_choice_of_arabic(app: Flask) -> None:
    fill(app, studies())
    with app.app_context():
        lines = db.session.execute(
            select(DigestLine.text, Round.code, Outcome.code)
            .join(Round, Round.id == DigestLine.round_id)
            .outerjoin(Outcome, Outcome.id == DigestLine.outcome_id)
            .order_by(DigestLine.position)
        ).all()
        readers = db.session.scalars(select(Panellist.code).where(Panellist.language == "ar")).all()
    assert lines == [(line.text, line.round, line.outcome) for line in summaries_of(studies().practice)]
    assert readers == [studies().in_arabic]


def test_somebody_can_join_by_the_open_link_until_the_team_ends_it(app: Flask) -> None:
    fill(app, studies())
    with app.app_context():
        path = way_to_join(studies())
    assert path is not None
    assert "Service providers" in PageClient(app).get(path).text
    with app.app_context():
        end_open_link(db.session.scalars(select(OpenLink.study_id)).one(), by="user:1", now=clock.now())
        assert way_to_join(studies()) is None


def test_no_section_in_arabic_falls_back_to_english(app: Flask) -> None:
    client = in_arabic(app)
    page = client.get("/rate/section/1")
    assert page.root.get("dir") == "rtl"
    addresses = sections_from(client.get("/rate/finish"))
    assert len(addresses) > 1
    assert {address: left_in_english(client.get(address)) for address in addresses} == {
        address: [] for address in addresses
    }

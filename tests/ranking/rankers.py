"""Panellists who come to put outcomes in order."""

from dataclasses import replace
from xml.etree.ElementTree import Element

from flask import Flask
from sqlalchemy import select

from analysis.asof import as_of
from analysis.study.rounds import SectionOrder
from analysis.study.study import Study
from delphi.extensions import db
from delphi.models import EntryMode, Finish, Ranking, RankingPlace
from tests.data.small_study import study_of_every_kind
from tests.rating.panellists import signed_in
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import Page, PageClient

LABELS = {"home": "A safe home", "doctor": "A doctor", "work": "Work", "ties": "Friends and family"}
PUT, UP, DOWN, OUT = "Put next", "Move up", "Move down", "Take out"


def ranking_study(*, places: int | None = None, order: SectionOrder = SectionOrder.LISTED) -> Study:
    """The study of every kind while its ranking round is open: four outcomes, nobody has ranked yet."""
    study = as_of(study_of_every_kind(), "order")
    asked = {"places": places, "order": order, "question": "What matters most?"}
    rounds = tuple(
        replace(round_, **asked) if round_.code == "order" else round_ for round_ in study.protocol.rounds
    )
    protocol = replace(study.protocol, rounds=rounds)
    return replace(study, protocol=protocol, rankings=())


def ranking_on(
    app: Flask, *, places: int | None = None, order: SectionOrder = SectionOrder.LISTED
) -> StudyOnApp:
    """That study on an app."""
    return load_study(app, ranking_study(places=places, order=order), open_round="order")


def who_ranks(app: Flask, study: StudyOnApp, code: str = "s4") -> PageClient:
    """A panellist who has agreed to take part and sees the ranking page."""
    client = signed_in(app, study, code)
    client.get("/rate/consent")
    client.submit({"agree": "yes"})
    client.get("/rate/order")
    return client


def press(client: PageClient, words: str, outcome: str) -> Page:
    """Press a button of an outcome on the last page."""
    return client.submit(button=f"{words} {LABELS[outcome]}")


def order_shown(page: Page) -> list[str]:
    """The labels of the outcomes in the order, first place first."""
    return [_label(item) for item in page.find(".//ol[@aria-labelledby='placed']")]


def left_shown(page: Page) -> list[str]:
    """The labels of the outcomes that are not in the order."""
    return [_label(item) for item in page.find(".//ul[@aria-labelledby='left']")]


def buttons_shown(page: Page, study: StudyOnApp, outcome: str) -> list[str]:
    """The moves that an outcome offers."""
    item = page.find(f".//li[@id='outcome-{study.outcomes[outcome]}']")
    return [button.text or "" for button in item.iter("button") if button.get("hidden") is None]


def orders_of(app: Flask, study: StudyOnApp, panellist: str = "s4") -> list[tuple[str, bool]]:
    """A panellist's orders, oldest first: codes, late."""
    codes = {outcome_id: code for code, outcome_id in study.outcomes.items()}
    query = select(Ranking).where(Ranking.panellist_id == study.panellists[panellist]).order_by(Ranking.id)
    with app.app_context():
        return [
            (" ".join(codes[outcome_id] for outcome_id in _places(row.id)), row.late)
            for row in db.session.scalars(query)
        ]


def entry_modes_of(app: Flask, study: StudyOnApp, panellist: str = "s4") -> list[EntryMode]:
    """Who put a panellist's orders in."""
    query = select(Ranking.entered).where(Ranking.panellist_id == study.panellists[panellist])
    with app.app_context():
        return list(db.session.scalars(query))


def has_finished(app: Flask, study: StudyOnApp, panellist: str = "s4") -> bool:
    """Whether a panellist has said that they have finished."""
    with app.app_context():
        return db.session.get(Finish, (study.rounds["order"], study.panellists[panellist])) is not None


def _places(ranking_id: int) -> list[int]:
    query = select(RankingPlace.outcome_id).where(RankingPlace.ranking_id == ranking_id)
    return list(db.session.scalars(query.order_by(RankingPlace.position)))


def _label(item: Element) -> str:
    (label,) = item.findall(".//*[@data-label]")
    return "".join(label.itertext())

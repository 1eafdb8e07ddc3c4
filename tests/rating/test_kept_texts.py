"""What the app keeps between requests follows the database as soon as a new version is noted."""

from flask import Flask
from sqlalchemy import update

from delphi.extensions import db
from delphi.models import Outcome, Study
from delphi.models.study import new_version
from tests.page_checks import text_of
from tests.rating.panellists import who_agreed
from tests.studies_on_app import StudyOnApp

SECTION = "/rate/section/1"


def change(app: Flask, outcome_id: int, **values: str) -> None:
    with app.app_context():
        db.session.execute(update(Outcome).where(Outcome.id == outcome_id).values(values))
        db.session.execute(update(Study).values(wordings_version=new_version()))
        db.session.commit()


def test_a_text_that_is_put_right_is_shown_at_the_next_look(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    assert "A safe home" in text_of(client.get(SECTION).root)
    change(app, study.outcomes["home"], label="A home that is safe")
    assert "A home that is safe" in text_of(client.get(SECTION).root)


def test_an_outcome_in_another_domain_is_shown_in_its_section(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    assert "Everyday life" not in text_of(client.get(SECTION).root)
    change(app, study.outcomes["home"], domain="Everyday life")  # the first in the list: so is its section
    assert "Everyday life" in text_of(client.get(SECTION).root)

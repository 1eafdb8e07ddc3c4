"""The "no thank you" of a message: one button, without signing in."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from delphi.access.links import make_link
from delphi.dataset.wishes import wish_of
from delphi.extensions import db
from delphi.models import AuditRow, Channel, ContactWish, Reminders, SignInLink
from delphi.web import clock
from tests.joining.joiners import consents_of
from tests.rating.panellists import close, signed_in
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient

DAY = timedelta(days=1)


def link_of(app: Flask, study: StudyOnApp, *, made: timedelta = timedelta(0), for_team: bool = False) -> str:
    """The token of a link for panellist s4, or for the team's owner."""
    whose = {"user_id": 1} if for_team else {"panellist_id": study.panellists["s4"]}
    with app.app_context():
        return make_link(**whose, by="user:1", now=clock.now() - made, valid_for=DAY)


def wishes(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(ContactWish)).all())


def test_looking_changes_nothing_and_names_no_study(app: Flask, study: StudyOnApp) -> None:
    page = PageClient(app).get(f"/no-thank-you/{link_of(app, study)}")
    assert (page.h1, "A small study" in page.all_text) == ("No thank you", False)
    assert (wishes(app), consents_of(app, study.panellists["s4"])) == (0, [])


def test_the_button_stops_messages_and_declines_the_round(app: Flask, study: StudyOnApp) -> None:
    client = PageClient(app)
    client.get(f"/no-thank-you/{link_of(app, study)}")
    page = client.submit(button="No thank you")
    assert (page.url, page.h1) == ("/no-thank-you", "Thank you for telling us")
    with app.app_context():
        wish = wish_of(study.panellists["s4"])
    assert wish is not None
    assert (wish.reminders, wish.channel) == (Reminders.STOPPED, Channel.NONE)
    (kept,) = consents_of(app, study.panellists["s4"])
    assert (kept.agreed, kept.round_id) == (False, study.rounds["2"])


def test_it_signs_nobody_in_and_spends_nothing(app: Flask, study: StudyOnApp) -> None:
    client, token = PageClient(app), link_of(app, study)
    client.get(f"/no-thank-you/{token}")
    client.submit(button="No thank you")
    with client.http.session_transaction() as session:
        assert "_user_id" not in session
    client.get(f"/enter/{token}")
    client.submit()
    page = client.get("/rate")
    assert page.url == "/rate/declined"
    assert page.link("choose again") == "/rate/consent"


def test_it_works_after_the_link_was_used(app: Flask, study: StudyOnApp) -> None:
    token = link_of(app, study)
    client = PageClient(app)
    client.get(f"/enter/{token}")
    client.submit()
    other = PageClient(app)
    other.get(f"/no-thank-you/{token}")
    assert other.submit(button="No thank you").h1 == "Thank you for telling us"


@pytest.mark.parametrize(("made", "for_team", "status"), [(DAY, False, 410), (timedelta(0), True, 404)])
def test_an_expired_link_and_one_of_the_team_are_refused(
    app: Flask, study: StudyOnApp, made: timedelta, for_team: bool, status: int
) -> None:
    token = link_of(app, study, made=made, for_team=for_team)
    page = PageClient(app).get(f"/no-thank-you/{token}", status=status)
    assert "you need not do anything" in page.text


def test_a_link_that_expires_while_the_page_is_read_changes_nothing(app: Flask, study: StudyOnApp) -> None:
    client = PageClient(app)
    client.get(f"/no-thank-you/{link_of(app, study)}")
    with app.app_context():
        for link in db.session.scalars(select(SignInLink)):
            link.expires_at = clock.now()
        db.session.commit()
    client.submit(button="No thank you", status=410)
    assert wishes(app) == 0


def test_without_an_open_round_only_messages_stop(app: Flask, study: StudyOnApp) -> None:
    close(app, study, "2", at=clock.now())
    client = PageClient(app)
    client.get(f"/no-thank-you/{link_of(app, study)}")
    client.submit(button="No thank you")
    assert (wishes(app), consents_of(app, study.panellists["s4"])) == (1, [])


def test_it_is_in_the_trail(app: Flask, study: StudyOnApp) -> None:
    client = PageClient(app)
    client.get(f"/no-thank-you/{link_of(app, study)}")
    client.submit(button="No thank you")
    with app.app_context():
        row = db.session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).all()[0]
    person = f"panellist:{study.panellists['s4']}"
    assert (row.action, row.actor, row.detail) == ("no thank you said", person, {"round": "2"})


def test_answers_stay_as_they_are(app: Flask, study: StudyOnApp) -> None:
    client = PageClient(app)
    client.get(f"/no-thank-you/{link_of(app, study)}")
    client.submit(button="No thank you")
    assert "choose again" in signed_in(app, study, "s4").get("/rate/declined").text

"""From a table of outcomes to an open round, as a researcher and a panellist see it."""

from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import select

from delphi.extensions import db
from delphi.models import Membership, Panellist, Role, Round, StakeholderGroup, Study
from tests.drafting.setting_up import fill, filled_template, send_table, start
from tests.web_client import PageClient, sign_in_panellist

NAMES = [f"Outcome {number}" for number in range(1, 21)]


def created(client: PageClient) -> None:
    draft = start(client)
    fill(client, draft)
    send_table(client, draft, filled_template(*NAMES), name="outcomes.xlsx")
    client.get(draft)
    client.submit(button="Create the study")


def a_panellist(app: Flask) -> int:
    with app.app_context():
        group = db.session.scalars(select(StakeholderGroup).order_by(StakeholderGroup.id)).first()
        round_ = db.session.scalars(select(Round).order_by(Round.position)).first()
        assert group is not None
        assert round_ is not None
        person = Panellist(
            study_id=group.study_id,
            code="p1",
            position=0,
            group_id=group.id,
            joined_round_id=round_.id,
            group_confirmed_at=datetime.now(UTC),
        )
        db.session.add(person)
        db.session.commit()
        return person.id


def test_a_table_of_twenty_outcomes_becomes_a_study_whose_round_opens(
    app: Flask, researcher: PageClient
) -> None:
    created(researcher)
    assert researcher.page is not None
    assert researcher.page.h1 == "What matters"
    researcher.get("/studies/matters/rounds/1/open")
    page = researcher.submit(button="Open this round")
    assert "is open" in page.text
    assert "20" in page.text


def test_a_panellist_of_the_new_study_is_shown_its_outcomes(app: Flask, researcher: PageClient) -> None:
    created(researcher)
    researcher.get("/studies/matters/rounds/1/open")
    researcher.submit(button="Open this round")
    client = PageClient(app)
    sign_in_panellist(client, a_panellist(app))
    client.get("/rate/exit-help")
    client.get("/rate/consent")
    client.submit({"agree": "yes"})
    shown = "".join(client.get(f"/rate/section/{number}").text for number in (1, 2))
    assert [name for name in NAMES if f"What {name} is." in shown] == NAMES[:20]
    assert "How important is this outcome?" in shown


def test_the_panel_of_the_new_study_wants_the_people_who_were_hoped_for(researcher: PageClient) -> None:
    created(researcher)
    fields = researcher.get("/studies/matters/people/targets").root.findall(".//input[@inputmode='numeric']")
    assert [field.get("value") for field in fields] == ["40", "24"]


def test_the_page_of_a_new_study_says_how_to_begin(researcher: PageClient) -> None:
    created(researcher)
    page = researcher.get("/studies/matters")
    assert "Add people to the panel, from a spreadsheet or one by one. It has nobody yet." in page.text
    assert researcher.get(page.link("Open Round 1")).h1.startswith("Open")


def test_whoever_creates_a_study_owns_it(app: Flask, researcher: PageClient, researcher_id: int) -> None:
    created(researcher)
    with app.app_context():
        query = select(Membership.role).join(Study).where(Membership.user_id == researcher_id)
        assert list(db.session.scalars(query)) == [Role.OWNER]


def test_the_receipt_of_the_first_round_names_rule_and_weights(researcher: PageClient) -> None:
    created(researcher)
    researcher.get("/studies/matters/rounds/1/open")
    researcher.submit(button="Open this round")
    page = researcher.get("/studies/matters/rounds/1/receipt")
    assert "70 %" in page.text
    assert "Survivors count twice" in page.text


def test_the_panel_of_a_new_study_shows_how_many_people_its_draft_hoped_for(researcher: PageClient) -> None:
    created(researcher)
    rows = researcher.get("/studies/matters/panel").table_rows(-1)
    assert [row[:3] for row in rows[1:]] == [["Survivors", "40", "0"], ["Service providers", "24", "0"]]

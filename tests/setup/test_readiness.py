"""What is missing before a round opens."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import insert

from analysis.study.study import Study
from analysis.study.taking_part import SupportLine
from delphi.access.contacts import ContactDetails, seal
from delphi.extensions import db
from delphi.models import Contact, GroupTarget, Role
from tests.data.small_study import study_of_every_kind
from tests.setup.round_actions import load_before_round_2, member, study_before_round_2
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import Page

OPEN = "/studies/small/rounds/2/open"


def gaps_on(page: Page) -> list[str]:
    """Each gap's words with the address of its link."""
    items = page.root.findall(".//ul[@class='govuk-list govuk-list--spaced app-gaps']/li")
    return [f"{(item.text or '').strip()} {item.find('a').get('href')}" for item in items]  # type: ignore[union-attr]


def give_contacts(app: Flask, study: StudyOnApp) -> None:
    with app.app_context():
        sealed = seal(ContactDetails(email="a@example.org"), keys=app.config["CONTACT_KEYS"])
        ids = study.panellists.values()
        db.session.execute(insert(Contact), [{"panellist_id": each, "sealed": sealed} for each in ids])
        db.session.commit()


def complete() -> Study:
    study = study_before_round_2()
    ethics = replace(study.protocol.ethics, team_contact="team@example.org")
    lines = (SupportLine(name="A line", contact="+44 20 7946 0018"),)
    return replace(study, protocol=replace(study.protocol, ethics=ethics, support=lines))


def test_each_gap_has_the_link_where_it_is_mended(app: Flask) -> None:
    page = member(app, load_before_round_2(app)).get(OPEN)
    assert gaps_on(page) == [
        "No contact is known of 8 of 8 people. They get no e-mail from here. /studies/small/panel",
        "No help lines are named. Panellists then see none on their pages. /drafts",
        "It is not said how panellists reach the team. /drafts",
    ]


def test_nothing_is_missing_where_all_is_there(app: Flask) -> None:
    study = load_study(app, complete(), open_round=None)
    give_contacts(app, study)
    page = member(app, study).get(OPEN)
    assert gaps_on(page) == []
    assert "Nothing is missing" in page.text


def test_a_group_with_fewer_people_than_wanted_is_told(app: Flask) -> None:
    study = load_study(app, complete(), open_round=None)
    with app.app_context():
        db.session.execute(insert(GroupTarget), {"group_id": 1, "people": 10})
        db.session.commit()
    gaps = gaps_on(member(app, study).get(OPEN))
    assert gaps[0] == "“Survivors” has 6 of the 10 people that you want. /studies/small/panel"


@pytest.mark.parametrize("comments", [True, False])
def test_a_digest_is_missing_only_where_somebody_wrote_something(app: Flask, comments: bool) -> None:
    small = complete()
    second = replace(small.protocol.rounds[1], show_digest=True)
    protocol = replace(small.protocol, rounds=(small.protocol.rounds[0], second, *small.protocol.rounds[2:]))
    small = replace(small, protocol=protocol, digest=(), comments=small.comments if comments else ())
    gaps = gaps_on(member(app, load_study(app, small, open_round=None)).get(OPEN))
    assert any("digest of the comments of Round 1" in gap for gap in gaps) is comments


def test_a_study_that_has_just_been_made_lacks_people_rule_and_translations(app: Flask) -> None:
    made = study_of_every_kind()
    without = ("lineage", "panel", "ratings", "rankings", "ballots", "comments", "digest")
    kept = tuple(text for text in made.texts if not text.key.startswith("digest"))
    rounds = (replace(made.protocol.rounds[1], definition=None),)
    made = replace(
        made,
        **dict.fromkeys(without, ()),
        protocol=replace(made.protocol, rounds=rounds),
        texts=tuple(text for text in kept if not text.key.startswith("rounds")),
    )
    gaps = gaps_on(
        member(app, load_study(app, made, open_round=None)).get("/studies/every_kind/rounds/1/open")
    )
    assert gaps[0] == "Nobody is on the panel. /studies/every_kind/people/import"
    assert any(gap.startswith("Welsh: ") and gap.endswith("#translations") for gap in gaps)
    assert any("There is no rule" in gap for gap in gaps)


def test_the_receipt_that_is_told_before_is_the_one_that_comes(app: Flask) -> None:
    study = load_before_round_2(app)
    client = member(app, study, Role.FACILITATOR)
    page = client.get(OPEN)
    told = page.find(".//code").text or ""
    before = client.http.get(f"{OPEN}/receipt.txt").data
    client.submit(button="Open this round")
    assert told in client.get("/studies/small/rounds/2/receipt").text
    assert client.http.get("/studies/small/rounds/2/receipt.txt").data == before
    assert client.http.get(f"{OPEN}/receipt.txt").status_code == 404

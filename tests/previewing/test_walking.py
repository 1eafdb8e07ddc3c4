"""Walking a round's pages as a panellist whom there is not."""

from dataclasses import replace

from flask import Flask
from sqlalchemy import func, select

from analysis.study.study import Study
from delphi.extensions import Base, db
from delphi.models import Role
from tests.data.small_study import small_study, study_of_every_kind
from tests.setup.round_actions import acts_of, load_before_round_2, member
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient, sign_in_panellist

CHOOSE = "/studies/small/rounds/2/preview"
WALK = f"{CHOOSE}/survivors/en/rate"


def rows_of(app: Flask) -> dict[str, int]:
    with app.app_context():
        tables = Base.metadata.tables
        return {
            name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in tables.items()
        }


def begun(app: Flask, study: StudyOnApp, role: Role = Role.OWNER) -> PageClient:
    client = member(app, study, role)
    client.get(CHOOSE)
    client.submit(button="Start the preview")
    return client


def unopened(study: Study) -> Study:
    """The study as drafting leaves it: nothing has opened, nobody is on the panel."""
    return replace(
        study,
        **dict.fromkeys(
            ("lineage", "panel", "ratings", "rankings", "ballots", "comments", "digest", "wordings", "texts"),
            (),
        ),
    )


def test_an_adviser_walks_from_the_welcome_to_the_thanks(app: Flask) -> None:
    client = begun(app, load_before_round_2(app), Role.ADVISER)
    assert client.get(f"{WALK}/welcome").h1 == "Welcome"
    assert client.submit(button="Continue").h1 == "Your choice"
    changes = client.submit({"agree": "yes"}, button="Continue")
    assert changes.h1 == "What changed since last time"
    section = client.get(changes.link("Go to the questions"))
    assert section.h1.startswith("Section 1 of 2")
    assert client.submit(button="Save and continue").h1.startswith("Section 2 of 2")
    assert client.submit(button="Save and continue").h1 == "What is left"
    assert "Thank you" in client.submit(button="I have finished").text


def test_a_walk_leaves_one_row_in_the_trail_and_nothing_else(app: Flask) -> None:
    study = load_before_round_2(app)
    client, before = member(app, study), rows_of(app)
    client.get(CHOOSE)
    client.submit(button="Start the preview")
    form = client.get(f"{WALK}/section/1").form("Save and continue")
    answer = next(each.get("name") or "" for each in form.iter("input") if each.get("type") == "radio")
    client.submit({answer: "9"}, button="Save and continue")
    client.get(f"{WALK}/finish")
    client.submit(button="I have finished")
    assert acts_of(app, study)[-1] == "preview begun"
    assert rows_of(app) == {**before, "audit": before["audit"] + 1}


def test_each_page_says_that_nothing_is_saved_and_keeps_its_links_in_the_preview(app: Flask) -> None:
    client = begun(app, load_before_round_2(app))
    for path in ("welcome", "consent", "declined", "changes", "section/1", "section/2", "finish", "done"):
        page = client.get(f"{WALK}/{path}")
        assert "Preview: nothing is saved." in page.all_text
        assert 'href="/rate' not in page.html
        assert 'action="/rate' not in page.html
        assert "/static/rating." not in page.html
        assert page.url.startswith(WALK)


def test_feedback_is_what_a_panellist_is_shown_and_nobodys_own(app: Flask) -> None:
    study = load_study(app, small_study(), open_round="2")
    page = member(app, study).get(f"{WALK}/section/1").text
    assert "You did not answer this. All survivors and researchers chose 7 to 9 (only 8 answered)." in page
    assert "Small groups are counted together" in page
    assert "You chose" not in page


def test_what_a_preview_shows_first_is_what_is_kept_later(app: Flask, study: StudyOnApp) -> None:
    before = rows_of(app)
    previewed = member(app, study).get(f"{WALK}/section/1").table_rows()
    assert rows_of(app)["kept_feedback"] == before["kept_feedback"]
    panellist = PageClient(app)
    sign_in_panellist(panellist, study.panellists["s6"])  # who came in Round 2: nothing is marked as theirs
    panellist.get("/rate/welcome")
    panellist.submit()
    panellist.submit({"agree": "yes"})
    assert panellist.get("/rate/section/1").table_rows() == previewed
    assert rows_of(app)["kept_feedback"] > before["kept_feedback"]


def test_a_study_that_has_just_been_made_is_previewed_in_each_language(app: Flask) -> None:
    made = unopened(study_of_every_kind())
    french = replace(made.protocol.study, languages=("en", "fr"))
    made = replace(made, protocol=replace(made.protocol, study=french))
    client = member(app, load_study(app, made, open_round=None))
    for language, heading in (("en", "Welcome"), ("fr", "Bienvenue")):
        base = f"/studies/every_kind/rounds/0/preview/researchers/{language}/rate"
        page = client.get(f"{base}/welcome")
        assert (page.h1, page.root.get("lang")) == (heading, language)
        assert "A safe home" in client.get(f"{base}/section/1").html + client.get(f"{base}/section/2").html
    assert client.get("/studies").root.get("lang") == "en"


def test_a_ranking_is_previewed_and_a_workshop_is_not(app: Flask) -> None:
    client = member(app, load_study(app, unopened(study_of_every_kind()), open_round=None))
    base = "/studies/every_kind/rounds"
    order = client.get(f"{base}/order/preview/survivors/en/rate")
    assert order.url.endswith("/rate/order")
    assert "A safe home" in order.text
    assert "held in a room" in client.get(f"{base}/workshop/preview").text
    client.get(f"{base}/workshop/preview/survivors/en/rate/welcome", status=404)


def test_pages_about_one_person_are_left_out(app: Flask, study: StudyOnApp) -> None:
    client = member(app, study)
    for path in ("settings", "leave", "come-back", "receipt", "exit-help", "your-words"):
        assert client.get(f"{WALK}/{path}").h1 == "Not in the preview"


def test_other_groups_languages_and_addresses_are_not_there(app: Flask, study: StudyOnApp) -> None:
    client = member(app, study)
    for way in ("nobody/en/rate/welcome", "survivors/ar/rate/welcome", "survivors/en/nothing"):
        client.get(f"{CHOOSE}/{way}", status=404)


def test_a_closed_round_is_not_previewed(app: Flask, study: StudyOnApp) -> None:
    client = member(app, study)
    assert "has closed" in client.get("/studies/small/rounds/1/preview").text
    client.get("/studies/small/rounds/1/preview/survivors/en/rate/welcome", status=404)

"""Deciding on outcomes: reasons, overriding, taking back, differences, who sees what."""

from flask import Flask
from sqlalchemy import delete, func, select

from delphi.extensions import db
from delphi.models import AnswersAfterLeaving, AuditRow, Decision, Outcome, Rating, Role, Withdrawal
from delphi.web import clock
from tests.page_checks import text_of
from tests.studies_on_app import StudyOnApp
from tests.synthesis.deciders import OUTCOMES, SAVE, URL, accept_rule, decide, member
from tests.web_client import PageClient


def rows(page_client: PageClient, show: str = "") -> dict[str, list[str]]:
    """The list's rows by outcome."""
    page = page_client.get(f"{URL}?show={show}" if show else URL)
    return {row[0]: row[1:] for row in page.table_rows()[1:]}


def test_each_outcome_stands_with_its_figures_and_comments(facilitator: PageClient) -> None:
    found = rows(facilitator)
    assert found["Papers"][:2] == ["Undecided", "Out"]
    assert found["Papers"][2:] == ["0.0 % of 5", "50.0 % of 2", "14.3 % of 7", "8.3 % of 12", "0"]
    assert found["Friends"][-1] == "1 on FriendsComment: This and family say the same."


def test_a_decision_needs_a_reason(facilitator: PageClient) -> None:
    facilitator.get(f"{OUTCOMES}/home/keep")
    page = facilitator.submit(button=SAVE, status=422)
    assert "Write the reason." in page.text


def test_against_the_rule_is_said_before_and_shown_after(facilitator: PageClient) -> None:
    before = facilitator.get(f"{OUTCOMES}/papers/keep")
    assert "The rule says out. This decision goes against it." in before.text
    after = facilitator.submit({"reason": "Lawyers need it."}, button=SAVE)
    assert "Overrides the rule" in after.text
    assert list(rows(facilitator, "against")) == ["Papers"]


def test_merging_what_the_rule_puts_out_is_said_before_and_shown_from_each_part(
    facilitator: PageClient,
) -> None:
    page = facilitator.get(f"{OUTCOMES}/friends/merge")
    assert "in writing. The rule says out. This decision goes against it." in page.text
    assert "Overrides the rule" in decide(facilitator, "friends", "merge", others=["papers"]).text
    assert "Overrides the rule" in facilitator.get(f"{OUTCOMES}/papers").text


def test_as_the_rule_says_is_no_overriding(facilitator: PageClient) -> None:
    assert "goes against it" not in facilitator.get(f"{OUTCOMES}/papers/drop").text
    assert "Overrides" not in facilitator.submit({"reason": "Few."}, button=SAVE).text


def test_a_new_wording_stands_beside_the_old_with_the_difference_marked(facilitator: PageClient) -> None:
    page = decide(facilitator, "home", "reword", descriptor="A warm place to live safely.")
    warm, _ = page.root.iter("ins")
    assert text_of(warm) == "put in: warm, end of what is put in"
    (taken_out,) = page.root.iter("del")
    assert text_of(taken_out) == "taken out: without fear., end of what is taken out"


def test_a_cited_comment_is_shown_with_the_decision(facilitator: PageClient) -> None:
    page = facilitator.get(f"{OUTCOMES}/friends/merge")
    cited = next(one.get("value") or "" for one in page.root.iter("input") if one.get("name") == "cited")
    made = decide(facilitator, "friends", "merge", others=["family"], label="Ties", cited=[cited])
    assert "It rests on this comment" in made.text
    assert rows(facilitator)["Family"][0].startswith("Merge: “Friends” and “Family” → “Ties”")


def test_a_decision_is_taken_back_and_stays_in_the_history(app: Flask, facilitator: PageClient) -> None:
    decide(facilitator, "home", "drop")
    page = facilitator.submit(button="Take back decision 1")
    assert "Drop: “A safe home” (no longer stands). Because of home." in page.text
    assert rows(facilitator)["A safe home"][0] == "Undecided"
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Decision)) == 2


def test_deciding_on_a_part_of_a_merge_takes_the_merge_apart(facilitator: PageClient) -> None:
    decide(facilitator, "friends", "merge", others=["family"], label="Ties")
    assert "A new decision takes its place." in facilitator.get(f"{OUTCOMES}/family/keep").text
    decide(facilitator, "family", "keep")
    found = rows(facilitator)
    assert (found["Friends"][0], found["Family"][0][:4]) == ("Undecided", "Keep")


def test_the_rule_is_accepted_for_all_that_are_undecided(facilitator: PageClient) -> None:
    decide(facilitator, "papers", "keep")
    page = accept_rule(facilitator)
    assert "The rule is accepted for 5 outcomes." in page.text
    assert "6 of 6 outcomes are decided, 1 against the rule." in page.text


def test_two_parts_need_names_and_a_description_needs_a_name(facilitator: PageClient) -> None:
    facilitator.get(f"{OUTCOMES}/home/split")
    page = facilitator.submit(
        {"label_1": "One", "descriptor_3": "Three", "reason": "r"}, button=SAVE, status=422
    )
    assert "Write a name for part 2." in page.text
    assert "Write a name for part 3" in page.text


def test_a_merge_needs_another_outcome(facilitator: PageClient) -> None:
    facilitator.get(f"{OUTCOMES}/home/merge")
    assert "Choose at least one other" in facilitator.submit({"reason": "r"}, button=SAVE, status=422).text


def test_outcomes_with_words_in_common_are_suggested_first(facilitator: PageClient) -> None:
    decide(facilitator, "home", "keep")
    page = facilitator.get(f"{OUTCOMES}/friends/merge")
    others = [one.get("value") for one in page.root.iter("input") if one.get("name") == "others"]
    assert sorted(filter(None, others)) == ["doctor", "family", "home", "papers", "work"]
    assert "Decided so far: Keep: “A safe home”." in page.text


def test_advisers_and_analysts_see_decisions_but_no_comments(
    app: Flask, closed: StudyOnApp, facilitator: PageClient
) -> None:
    page = facilitator.get(f"{OUTCOMES}/friends/keep")
    cited = next(one.get("value") or "" for one in page.root.iter("input") if one.get("name") == "cited")
    decide(facilitator, "friends", "keep", cited=[cited])
    for role in (Role.ADVISER, Role.ANALYST):
        for url in (URL, f"{OUTCOMES}/friends"):
            page = member(app, closed, role).get(url)
            assert "Because of friends." in page.text
            assert "This and family say the same." not in page.text


def test_an_open_round_shows_no_figures(app: Flask, study: StudyOnApp) -> None:
    page = member(app, study, Role.OWNER).get("/studies/small/rounds/2/decisions")
    assert "You can decide once this round is closed." in page.text
    assert "%" not in page.text


def test_originals_are_never_changed(app: Flask, closed: StudyOnApp, facilitator: PageClient) -> None:
    decide(facilitator, "home", "reword", label="Home")
    with app.app_context():
        assert db.session.get_one(Outcome, closed.outcomes["home"]).label == "A safe home"


def test_who_decided_what_is_in_the_audit_trail(app: Flask, facilitator: PageClient) -> None:
    decide(facilitator, "home", "keep")
    with app.app_context():
        row = db.session.scalars(select(AuditRow).where(AuditRow.action == "decided: keep")).one()
        assert row.detail == {"round": "1", "outcomes": ["home"]}


def test_who_leaves_and_takes_their_answers_along_is_in_no_figure(
    app: Flask, closed: StudyOnApp, facilitator: PageClient
) -> None:
    assert rows(facilitator)["Papers"][2] == "0.0 % of 5"
    with app.app_context():
        gone = closed.panellists["s1"]
        db.session.execute(delete(Rating).where(Rating.panellist_id == gone))
        db.session.add(
            Withdrawal(panellist_id=gone, answers=AnswersAfterLeaving.REMOVED, withdrew_at=clock.now())
        )
        db.session.commit()
    assert rows(facilitator)["Papers"][2] == "0.0 % of 4"


def test_the_list_needs_no_more_statements_for_more_decisions(facilitator: PageClient) -> None:
    facilitator.get(URL)
    decide(facilitator, "home", "keep")
    few = len(facilitator.get(URL).statements)
    accept_rule(facilitator)
    assert len(facilitator.get(URL).statements) == few < 30

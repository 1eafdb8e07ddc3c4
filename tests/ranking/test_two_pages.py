"""Two pages of one panellist, the page's script, late and entered orders, and forms that no page sends."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from delphi.access.current import ENTERED, ENTERED_BY
from delphi.domain.answers import LONGEST_COMMENT
from delphi.models import EntryMode, Role
from delphi.web import clock
from tests.leaving.leavers import MINUTE, be_away
from tests.ranking.rankers import (
    PUT,
    UP,
    entry_modes_of,
    has_finished,
    order_shown,
    orders_of,
    press,
    who_ranks,
)
from tests.rating.panellists import close, comments_of
from tests.statements import Statements
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient, filled_in

TOLD = "you saved something else on another page or device. This newer one counts."


def send(client: PageClient, **fields: str) -> TestResponse:
    """Send the form of the last page to the script's address, with some fields replaced."""
    assert client.page is not None
    form = filled_in(client.page.form(PUT_WORK), fields)
    form.pop("move")  # the script has moved the outcome itself
    return client.http.post("/rate/order/answer", data=form)


PUT_WORK = "Put next Work"


def test_the_later_of_two_pages_wins_and_the_person_is_told(app: Flask, ranking: StudyOnApp) -> None:
    first, second = who_ranks(app, ranking), who_ranks(app, ranking)
    press(second, PUT, "home")
    page = press(first, PUT, "work")
    assert TOLD in page.text
    assert order_shown(page) == ["Work"]
    assert orders_of(app, ranking) == [("home", False), ("work", False)]
    assert TOLD not in press(first, PUT, "doctor").all_text


def test_a_page_on_which_nothing_was_moved_replaces_nothing(app: Flask, ranking: StudyOnApp) -> None:
    first, second = who_ranks(app, ranking), who_ranks(app, ranking)
    second.submit({"comment": "A word."}, button="Put next A safe home")
    page = first.submit(button="Save this, I have not finished")
    assert order_shown(page) == ["A safe home"]
    assert TOLD not in page.all_text
    first, second = who_ranks(app, ranking), who_ranks(app, ranking)
    press(second, PUT, "doctor")
    first.submit(button="I have finished")
    assert orders_of(app, ranking)[-1] == ("home doctor", False)
    assert comments_of(app, ranking, "s4", round_code="order") == [("A word.", False)]


def test_a_comment_from_an_older_page_wins_and_the_person_is_told(app: Flask, ranking: StudyOnApp) -> None:
    first, second = who_ranks(app, ranking), who_ranks(app, ranking)
    second.submit({"comment": "One."}, button="Save this, I have not finished")
    page = first.submit({"comment": "Two."}, button="Save this, I have not finished")
    assert TOLD in page.text
    assert comments_of(app, ranking, "s4", round_code="order") == [("One.", False), ("Two.", False)]


def test_the_script_is_told_what_is_saved(app: Flask, ranking: StudyOnApp) -> None:
    client = who_ranks(app, ranking)
    response = send(client, order=f"{ranking.outcomes['ties']} {ranking.outcomes['home']}", comment="A word.")
    assert (response.status_code, orders_of(app, ranking)) == (200, [("ties home", False)])
    assert response.json is not None
    assert response.json["status"].startswith("Saved ")
    page = client.get("/rate/order")
    seen = {name: page.find(f".//input[@name='{name}']").get("value") for name in ("seen", "seen_comment")}
    assert {name: str(response.json[name]) for name in seen} == seen


def test_a_request_that_comes_twice_is_kept_once_and_is_no_other_page(
    app: Flask, ranking: StudyOnApp
) -> None:
    client = who_ranks(app, ranking)
    answers = [send(client, order=str(ranking.outcomes["ties"])).json for _ in range(2)]
    assert answers[0] == answers[1]
    assert orders_of(app, ranking) == [("ties", False)]


def test_the_script_is_told_of_another_page(app: Flask, ranking: StudyOnApp) -> None:
    first, second = who_ranks(app, ranking), who_ranks(app, ranking)
    press(second, PUT, "home")
    answer = send(first, order=str(ranking.outcomes["ties"])).json
    assert answer is not None
    assert TOLD in answer["status"]


def test_a_late_order_is_kept_marked_and_told(app: Flask, ranking: StudyOnApp) -> None:
    client = who_ranks(app, ranking)
    press(client, PUT, "home")
    close(app, ranking, "order", at=clock.now())
    page = press(client, PUT, "ties")
    assert orders_of(app, ranking) == [("home", False), ("home ties", True)]
    assert "Ranking had closed before this came. Your order is kept, marked as late" in page.all_text
    assert "1 of your answers came after that." in page.text


def test_a_late_finish_is_no_finish(app: Flask, ranking: StudyOnApp) -> None:
    client = who_ranks(app, ranking)
    close(app, ranking, "order", at=clock.now())
    assert client.submit(button="I have finished").h1 == "Nothing to do right now"
    assert not has_finished(app, ranking)


def test_the_script_is_told_of_the_closing(app: Flask, ranking: StudyOnApp) -> None:
    client = who_ranks(app, ranking)
    close(app, ranking, "order", at=clock.now())
    answer = send(client, order=str(ranking.outcomes["ties"])).json
    assert answer is not None
    assert answer["status"] == "The round has closed. Your answer is kept, marked as late."
    assert orders_of(app, ranking) == [("ties", True)]


def test_what_somebody_enters_for_a_panellist_is_marked(app: Flask, ranking: StudyOnApp) -> None:
    client = who_ranks(app, ranking)
    with client.http.session_transaction() as session:
        session[ENTERED], session[ENTERED_BY] = EntryMode.PAPER.value, ranking.team[Role.OWNER]
    press(client, PUT, "ties")
    assert entry_modes_of(app, ranking) == [EntryMode.PAPER]


def test_what_comes_after_the_time_out_is_kept_and_shows_nothing(app: Flask, ranking: StudyOnApp) -> None:
    client = who_ranks(app, ranking)
    be_away(client, seconds=2 * 60 * MINUTE)
    page = press(client, PUT, "ties")
    assert orders_of(app, ranking) == [("ties", False)]
    assert "Friends and family" not in page.all_text
    assert client.http.get("/rate/order").status_code == 401


@pytest.mark.parametrize("broken", ["999999", "x", "{home} {home}", "{home};--", "{papers}", "9" * 5000])
def test_an_order_that_no_page_gives_is_refused_and_the_comment_kept(
    app: Flask, ranking: StudyOnApp, broken: str
) -> None:
    client = who_ranks(app, ranking)
    press(client, PUT, "home")
    page = client.submit(
        {"order": broken.format(**ranking.outcomes), "comment": "A word."}, button=PUT_WORK, status=422
    )
    assert "Your last step could not be saved. Look at the order below, then try again." in page.text
    assert order_shown(page) == ["A safe home"]
    assert orders_of(app, ranking) == [("home", False)]
    assert comments_of(app, ranking, "s4", round_code="order") == [("A word.", False)]


@pytest.mark.parametrize("move", ["", "put", "put-", "fly-{home}", "put-999999", "up-{papers}"])
def test_a_button_that_no_page_has_is_refused(app: Flask, ranking: StudyOnApp, move: str) -> None:
    client = who_ranks(app, ranking)
    assert client.page is not None
    form = filled_in(client.page.form(PUT_WORK), {}) | {"move": [move.format(**ranking.outcomes)]}
    client.post("/rate/order", form, status=422)
    assert orders_of(app, ranking) == []


@pytest.mark.parametrize("seen", ["", "-1", "x", "1" * 40, "2147483648"])
def test_a_page_that_lost_what_it_knew_still_saves(app: Flask, ranking: StudyOnApp, seen: str) -> None:
    client = who_ranks(app, ranking)
    client.submit({"seen": seen, "seen_comment": seen}, button=PUT_WORK)
    assert orders_of(app, ranking) == [("work", False)]


def test_more_than_there_are_places_is_refused(app: Flask, top_two: StudyOnApp) -> None:
    client = who_ranks(app, top_two)
    order = " ".join(str(top_two.outcomes[code]) for code in ("home", "work", "ties"))
    assert send(client, order=order).status_code == 422
    assert orders_of(app, top_two) == []


def test_a_comment_that_is_too_long_stays_in_its_box_and_the_order_is_saved(
    app: Flask, ranking: StudyOnApp
) -> None:
    client = who_ranks(app, ranking)
    long = "a" * (LONGEST_COMMENT + 1)
    page = client.submit({"comment": long}, button=PUT_WORK, status=422)
    assert page.find(".//textarea").text == long
    assert orders_of(app, ranking) == [("work", False)]
    assert comments_of(app, ranking, "s4", round_code="order") == []


def test_another_panellists_order_counts_as_nothing_seen(app: Flask, ranking: StudyOnApp) -> None:
    other = who_ranks(app, ranking, "s1")
    press(other, PUT, "work")
    assert other.page is not None
    theirs = other.page.find(".//input[@name='seen']").get("value") or ""
    client = who_ranks(app, ranking)
    client.submit({"seen": theirs}, button=PUT_WORK)
    assert orders_of(app, ranking) == [("work", False)]
    assert press(client, UP, "work").h1 == "Put these in order"


def test_one_order_takes_few_statements(app: Flask, ranking: StudyOnApp, statements: Statements) -> None:
    client = who_ranks(app, ranking)
    statements.clear()
    send(client, order=str(ranking.outcomes["ties"]))
    assert len(statements) <= 13, statements

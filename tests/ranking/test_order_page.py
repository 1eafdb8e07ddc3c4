"""Putting outcomes in order by buttons alone."""

from flask import Flask
from sqlalchemy import delete

from analysis.study.rounds import SectionOrder
from delphi.extensions import db
from delphi.models import Ranking, ShownOrder
from delphi.web import clock
from tests.ranking.rankers import (
    DOWN,
    OUT,
    PUT,
    UP,
    buttons_shown,
    has_finished,
    left_shown,
    order_shown,
    orders_of,
    press,
    ranking_on,
    who_ranks,
)
from tests.rating.panellists import audit_rows, comments_of, signed_in
from tests.statements import Statements
from tests.studies_on_app import StudyOnApp


def test_who_agrees_comes_to_the_order(app: Flask, ranking: StudyOnApp) -> None:
    page = who_ranks(app, ranking).get("/rate")
    assert (page.url, page.h1) == ("/rate/order", "Put these in order")
    assert "What matters most?" in page.text
    assert order_shown(page) == []
    assert left_shown(page) == ["A safe home", "A doctor", "Work", "Friends and family"]


def test_each_press_saves_an_order_and_says_where_the_outcome_is(app: Flask, ranking: StudyOnApp) -> None:
    client = who_ranks(app, ranking)
    press(client, PUT, "work")
    page = press(client, PUT, "home")
    assert order_shown(page) == ["Work", "A safe home"]
    assert "A safe home is now number 2 of 4. Saved " in page.text
    assert page.url.endswith(f"?moved={ranking.outcomes['home']}#outcome-{ranking.outcomes['home']}")
    assert orders_of(app, ranking) == [("work", False), ("work home", False)]


def test_an_outcome_moves_up_down_and_out(app: Flask, ranking: StudyOnApp) -> None:
    client = who_ranks(app, ranking)
    for outcome in ("home", "doctor", "work"):
        press(client, PUT, outcome)
    assert order_shown(press(client, UP, "work")) == ["A safe home", "Work", "A doctor"]
    assert order_shown(press(client, DOWN, "home")) == ["Work", "A safe home", "A doctor"]
    page = press(client, OUT, "home")
    assert order_shown(page) == ["Work", "A doctor"]
    assert left_shown(page) == ["A safe home", "Friends and family"]
    assert "A safe home is not in your order now." in page.text


def test_the_same_button_is_at_hand_again(app: Flask, ranking: StudyOnApp) -> None:
    client = who_ranks(app, ranking)
    for outcome in ("home", "doctor", "work"):
        press(client, PUT, outcome)
    work = ranking.outcomes["work"]
    assert press(client, UP, "work").url.endswith(f"#up-{work}")
    assert press(client, UP, "work").url.endswith(f"#outcome-{work}")


def test_only_moves_that_change_something_are_offered(app: Flask, ranking: StudyOnApp) -> None:
    client = who_ranks(app, ranking)
    assert buttons_shown(press(client, PUT, "home"), ranking, "home") == [OUT]
    press(client, PUT, "doctor")
    page = press(client, PUT, "work")
    assert buttons_shown(page, ranking, "home") == [DOWN, OUT]
    assert buttons_shown(page, ranking, "doctor") == [UP, DOWN, OUT]
    assert buttons_shown(page, ranking, "work") == [UP, OUT]
    assert buttons_shown(page, ranking, "ties") == [PUT]


def test_a_round_for_a_few_places_takes_no_more_and_is_content_with_fewer(
    app: Flask, top_two: StudyOnApp
) -> None:
    client = who_ranks(app, top_two)
    assert "There are 2 places. You can leave some empty." in client.get("/rate/order").text
    press(client, PUT, "home")
    page = press(client, PUT, "ties")
    assert "All 2 places are used. To put in another one, first take one out." in page.text
    assert buttons_shown(page, top_two, "work") == []
    assert orders_of(app, top_two)[-1] == ("home ties", False)
    assert press(client, PUT, "work").h1 == "Put these in order"
    assert orders_of(app, top_two)[-1] == ("home ties", False)


def test_a_partial_order_can_be_the_end(app: Flask, ranking: StudyOnApp) -> None:
    client = who_ranks(app, ranking)
    press(client, PUT, "ties")
    assert client.submit(button="I have finished").h1 == "Thank you"
    assert has_finished(app, ranking)
    assert client.get("/rate").url == "/rate/done"
    assert orders_of(app, ranking) == [("ties", False)]


def test_who_has_finished_can_still_change_the_order(app: Flask, ranking: StudyOnApp) -> None:
    client = who_ranks(app, ranking)
    press(client, PUT, "ties")
    page = client.submit(button="I have finished")
    page = client.get(page.link("look at your answers and change them"))
    assert page.url == "/rate/order"
    assert "You have finished this round." in page.text
    press(client, PUT, "home")
    assert orders_of(app, ranking)[-1] == ("ties home", False)


def test_there_are_no_sections_to_a_ranking(app: Flask, ranking: StudyOnApp) -> None:
    client = who_ranks(app, ranking)
    assert client.get("/rate/section/1").url == "/rate/order"
    assert client.get("/rate/finish").url == "/rate/order"
    client.submit(button="I have finished")
    assert client.get("/rate/section/1").url == "/rate/order"


def test_there_is_no_order_in_a_rating_round(app: Flask, study: StudyOnApp) -> None:
    assert signed_in(app, study, "s4").http.get("/rate/order").location == "/rate"


def test_a_comment_goes_along_with_every_button(app: Flask, ranking: StudyOnApp) -> None:
    client = who_ranks(app, ranking)
    client.submit({"comment": "Sleep is missing."}, button="Put next Work")
    assert comments_of(app, ranking, "s4", round_code="order") == [("Sleep is missing.", False)]
    page = client.submit({"comment": ""}, button="Save this, I have not finished")
    assert page.h1 == "Put these in order"
    assert comments_of(app, ranking, "s4", round_code="order")[-1] == ("", False)
    assert not has_finished(app, ranking)


def test_one_press_is_one_audit_row_without_the_order(app: Flask, ranking: StudyOnApp) -> None:
    client = who_ranks(app, ranking)
    before = audit_rows(app, ranking.panellists["s4"])
    press(client, PUT, "ties")
    client.submit(button="Save this, I have not finished")
    (row,) = audit_rows(app, ranking.panellists["s4"])[len(before) :]
    detail = {"round": "order", "orders": 1, "places": 1, "comments": 0, "late": False}
    assert row == ("order saved", detail)


def test_saved_is_said_of_what_is_on_disk(app: Flask, ranking: StudyOnApp) -> None:
    client = who_ranks(app, ranking)
    page = press(client, PUT, "ties")
    with app.app_context():
        moment = db.session.query(Ranking.answered_at).scalar()
    with app.test_request_context():
        assert page.text.count(f"Saved {clock.as_time(moment)}") == 2


def test_what_is_not_in_the_order_comes_as_it_was_drawn(app: Flask) -> None:
    ranking = ranking_on(app, order=SectionOrder.SHUFFLED)
    drawn = [ranking.outcomes[code] for code in ("ties", "work", "doctor", "home")]
    client = who_ranks(app, ranking)
    with app.app_context():
        shown = (ranking.rounds["order"], ranking.panellists["s4"])
        db.session.execute(delete(ShownOrder))
        db.session.add(
            ShownOrder(round_id=shown[0], panellist_id=shown[1], outcome_ids=drawn, drawn_at=clock.now())
        )
        db.session.commit()
    page = client.get("/rate/order")
    assert left_shown(page) == ["Friends and family", "Work", "A doctor", "A safe home"]
    press(client, PUT, "doctor")
    page = press(client, OUT, "doctor")
    assert left_shown(page) == ["Friends and family", "Work", "A doctor", "A safe home"]


def test_nobody_ranks_without_consent(app: Flask, ranking: StudyOnApp) -> None:
    client = signed_in(app, ranking, "s4")
    page = client.get("/rate/consent")
    token = page.find(".//main//input[@name='csrf_token']").get("value") or ""
    form = {"csrf_token": token, "round": "order", "order": "", "move": f"put-{ranking.outcomes['home']}"}
    client.post("/rate/order", form)
    assert client.http.post("/rate/order/answer", data=form).status_code == 409
    assert orders_of(app, ranking) == []


def test_the_page_takes_few_statements(app: Flask, ranking: StudyOnApp, statements: Statements) -> None:
    client = who_ranks(app, ranking)
    press(client, PUT, "home")
    page = client.get("/rate/order")
    assert len(page.statements) <= 7, page.statements

"""Feedback is kept before it is shown: the same for everybody, and written down once, on each database."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select, update
from werkzeug.exceptions import Conflict

from analysis.study.protocol import FeedbackPolicy
from analysis.study.study import Study
from delphi.extensions import db
from delphi.feedback.keeping import keep_shown
from delphi.models import FeedbackText, KeptFeedback, Panellist, Rating, ShownFeedback
from delphi.web import clock
from tests.apps import app_on, close_connections
from tests.data.small_study import small_study
from tests.migrated_databases import make_tables
from tests.rating.numbers_shown import numbers_shown
from tests.rating.panellists import who_agreed
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient


def with_minimum(minimum: int) -> Study:
    small = small_study()
    return replace(small, protocol=replace(small.protocol, feedback=FeedbackPolicy(minimum)))


def numbers(client: PageClient, number: int = 0) -> list[str]:
    """The row of how many people answered, behind a card of section 1."""
    return numbers_shown(client.get("/rate/section/1").root)[number][1][-1]


def take_out(app: Flask, study: StudyOnApp, person: str) -> None:
    """Take somebody's answers out of the database."""
    with app.app_context():
        db.session.execute(delete(Rating).where(Rating.panellist_id == study.panellists[person]))
        db.session.commit()


def rows(app: Flask, table: type[KeptFeedback] | type[ShownFeedback] | type[FeedbackText]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_who_takes_answers_out_leaves_no_gap_between_two_views(each_app: Flask) -> None:
    study = load_study(each_app, with_minimum(2), open_round="2")
    before = who_agreed(each_app, study, "s1")
    assert numbers(before) == ["All", "5", "3"]
    take_out(each_app, study, "s5")
    assert numbers(before) == ["All", "5", "3"]
    assert numbers(who_agreed(each_app, study, "s2")) == ["All", "5", "3"]


def test_what_nobody_has_seen_yet_is_counted_without_them(each_app: Flask) -> None:
    study = load_study(each_app, with_minimum(2), open_round="2")
    take_out(each_app, study, "s5")
    assert numbers(who_agreed(each_app, study, "s1")) == ["All", "4", "3"]


def test_people_whose_group_is_not_confirmed_are_not_counted(each_app: Flask) -> None:
    study = load_study(each_app, with_minimum(2), open_round="2")
    with each_app.app_context():
        db.session.get_one(Panellist, study.panellists["s5"]).group_confirmed_at = None
        db.session.commit()
    assert numbers(who_agreed(each_app, study, "s1")) == ["All", "4", "3"]


def test_what_each_person_was_shown_is_kept_once(each_app: Flask) -> None:
    study = load_study(each_app, with_minimum(2), open_round="2")
    client = who_agreed(each_app, study, "s1")
    for _ in range(3):
        client.get("/rate/section/1")
    shown = rows(each_app, ShownFeedback)
    who_agreed(each_app, study, "r1").get("/rate/section/1")
    assert (shown, rows(each_app, ShownFeedback), rows(each_app, KeptFeedback)) == (2, 4, 2)
    with each_app.app_context():
        query = (
            select(FeedbackText.text)
            .join(ShownFeedback, ShownFeedback.sha256 == FeedbackText.sha256)
            .where(
                ShownFeedback.panellist_id == study.panellists["r1"],
                ShownFeedback.outcome_id == study.outcomes["home"],
            )
        )
        facts = json.loads(db.session.scalars(query).one())
    # Round 1, home: survivors 9 9 8 9 7, researchers 9 8 9
    assert [part["counts"] for part in facts["parts"]] == [
        [0, 0, 0, 0, 0, 0, 1, 1, 3],
        [0, 0, 0, 0, 0, 0, 0, 1, 2],
    ]


def test_a_section_that_was_seen_before_writes_nothing_and_counts_nothing(each_app: Flask) -> None:
    study = load_study(each_app, with_minimum(2), open_round="2")
    client = who_agreed(each_app, study, "s1")
    first, again = (client.get("/rate/section/1").statements for _ in range(2))
    assert first.writing
    assert again.writing == []
    counted = [statement for statement in again if "GROUP BY" in statement]
    assert counted == []
    shown = [statement for statement in again if "shown_feedback" in statement]
    assert len(shown) == 1


def test_of_two_who_look_at_the_same_moment_one_counts_for_both(each_app: Flask) -> None:
    study = load_study(each_app, with_minimum(2), open_round="2")
    clients = [who_agreed(each_app, study, code) for code in ("s1", "s2", "r1", "r2")]
    with each_app.app_context():
        db.session.execute(delete(ShownFeedback))
        for table in (KeptFeedback, FeedbackText):
            db.session.execute(delete(table))
        db.session.commit()
    start, pages = threading.Barrier(len(clients)), []

    def look(client: PageClient) -> None:
        start.wait()
        pages.append(client.http.get("/rate/section/1"))

    threads = [threading.Thread(target=look, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [page.status_code for page in pages] == [200] * len(clients)
    assert (rows(each_app, KeptFeedback), rows(each_app, FeedbackText)) == (2, 2)
    assert rows(each_app, ShownFeedback) == 2 * len(clients)


def kept_as_shown(app: Flask, study: StudyOnApp, texts: dict[str, str]) -> None:
    with app.app_context():
        keep_shown(
            [(study.outcomes["home"], sha256) for sha256 in texts],
            texts=texts,
            round_id=study.rounds["2"],
            panellist_id=study.panellists["s1"],
            now=clock.now(),
        )


def test_two_who_keep_the_same_texts_in_another_order_do_not_block_each_other(postgres_url: str) -> None:
    make_tables(postgres_url)
    app = app_on(postgres_url)
    study = load_study(app, with_minimum(2), open_round="2")
    first, last = "a" * 64, "b" * 64
    add = insert(FeedbackText)
    with app.app_context():
        engine = db.engine
    with ThreadPoolExecutor(1) as pool, engine.connect() as other:
        other.execute(add.values(sha256=first, text="first"))
        ours = pool.submit(kept_as_shown, app, study, {last: "last", first: "first"})
        wait([ours], timeout=0.5)
        assert not ours.done()
        other.execute(add.values(sha256=last, text="last"))  # a deadlock, if ours had begun with this one
        other.commit()
        ours.result(timeout=10)
    assert rows(app, ShownFeedback) == 2
    close_connections(app)


def test_of_who_left_meanwhile_nothing_is_kept(each_app: Flask) -> None:
    study = load_study(each_app, with_minimum(2), open_round="2")
    with each_app.app_context():
        db.session.get_one(Panellist, study.panellists["s1"]).withdrew_round_id = study.rounds["2"]
        db.session.commit()
    with pytest.raises(Conflict):
        kept_as_shown(each_app, study, {"a" * 64: "text"})
    assert (rows(each_app, ShownFeedback), rows(each_app, FeedbackText)) == (0, 0)


def test_who_leaves_at_the_same_moment_goes_first_and_nothing_is_kept(each_app: Flask) -> None:
    study = load_study(each_app, with_minimum(2), open_round="2")
    leaving = update(Panellist).where(Panellist.id == study.panellists["s1"])
    with each_app.app_context():
        engine = db.engine
    with ThreadPoolExecutor(1) as pool, engine.connect() as other:
        mine = select(Panellist.id).where(Panellist.id == study.panellists["s1"]).with_for_update()
        other.execute(leaving.values(withdrew_round_id=study.rounds["2"]))
        other.execute(mine)
        ours = pool.submit(kept_as_shown, each_app, study, {"a" * 64: "text"})
        wait([ours], timeout=0.5)
        assert not ours.done()
        other.commit()
        with pytest.raises(Conflict):
            ours.result(timeout=10)
    assert rows(each_app, ShownFeedback) == 0

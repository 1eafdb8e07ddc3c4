"""Comments are given themes, one by one or several at once, by two people at once."""

import csv
import io

from flask import Flask
from sqlalchemy import delete, select

from delphi.extensions import db
from delphi.models import AuditRow, Comment, CommentTheme
from tests.themes.commented import LOUD, PAPERS, SLEEP, TELLING, URL, code, id_of, mark
from tests.web_client import PageClient


def test_ticked_comments_get_a_theme_and_the_list_can_be_had_by_it(
    app: Flask, facilitator: PageClient
) -> None:
    facilitator.get(URL)
    chosen = [str(id_of(app, PAPERS)), str(id_of(app, SLEEP))]
    page = facilitator.submit({"comment": chosen, "new_theme": "Rest"}, button="Add to the ticked comments")
    assert "2 of 4 have a theme." in page.text
    by_theme = facilitator.get(f"{URL}?theme=1")
    assert "2 comments" in by_theme.text
    assert PAPERS in by_theme.text
    assert TELLING not in by_theme.text
    assert "2 comments" in facilitator.get(f"{URL}?show=not-coded").text


def test_what_is_not_ticked_or_has_no_theme_is_told_and_nothing_is_saved(facilitator: PageClient) -> None:
    facilitator.get(URL)
    page = facilitator.submit({}, button="Add to the ticked comments", status=422)
    assert "Tick at least one comment." in page.text
    assert "Choose a theme, or write a new one." in page.text
    assert "0 of 4 have a theme." in facilitator.get(URL).text


def test_two_who_code_one_comment_at_once_keep_each_others_themes(
    app: Flask, facilitator: PageClient, owner: PageClient
) -> None:
    comment = id_of(app, PAPERS)
    code(facilitator, comment, new_theme="Law")
    owner.get(f"{URL}/{comment}")
    code(facilitator, comment, new_theme="Safety")
    page = owner.submit({"themes": [], "new_theme": "Rights"}, button="Save themes")
    assert "1 added, 1 taken away" in page.text
    assert "Themes: Rights, Safety." in owner.get(URL).text


def test_a_theme_that_exists_is_used_and_the_trail_tells_how_many_not_what(
    app: Flask, facilitator: PageClient
) -> None:
    code(facilitator, id_of(app, PAPERS), new_theme="Law")
    code(facilitator, id_of(app, SLEEP), new_theme="LAW")
    assert "2 comments" in facilitator.get(f"{URL}?theme=1").text
    with app.app_context():
        row = db.session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
        assert row is not None
        assert row.action == "comments coded with themes"
        assert row.detail == {"round": "1", "comments": 1, "added": 1, "removed": 0}


def test_saving_and_going_on_leads_to_the_next_without_a_theme(app: Flask, facilitator: PageClient) -> None:
    ids = {id_of(app, text) for text in (TELLING, PAPERS, LOUD, SLEEP)}
    facilitator.get(f"{URL}/{min(ids)}")
    while ids:
        assert facilitator.page is not None
        ids.remove(int(facilitator.page.url.rsplit("/", 1)[1]))
        button = "Save, and go to the next" if ids else "Save themes"
        facilitator.submit({"new_theme": "Read"}, button=button)
    assert "4 of 4 have a theme." in facilitator.get(URL).text


def test_the_file_holds_themes_escapes_formulas_and_no_marked_original(
    app: Flask, facilitator: PageClient
) -> None:
    code(facilitator, id_of(app, LOUD), new_theme="Noise")
    mark(facilitator, id_of(app, TELLING), "nothing")
    text = facilitator.http.get(f"{URL}/codes.csv").get_data(as_text=True)
    rows = {row["text"]: row for row in csv.DictReader(io.StringIO(text))}
    assert "Bridge Street" not in text
    assert rows[f"'{LOUD}"]["themes"] == "Noise"
    assert rows[PAPERS]["outcome"] == "Papers"
    assert [row["marked"] for row in rows.values()].count("yes") == 1


def test_a_comment_that_its_author_takes_out_takes_its_themes_and_marks_along(
    app: Flask, facilitator: PageClient
) -> None:
    comment = id_of(app, TELLING)
    code(facilitator, comment, new_theme="Home")
    mark(facilitator, comment, "reworded")
    with app.app_context():
        db.session.execute(delete(Comment).where(Comment.id == comment))
        db.session.commit()
        assert db.session.scalars(select(CommentTheme.comment_id)).all() == []
    assert "That comment is not here." in facilitator.get(f"{URL}/{comment}").text

"""The team puts comments together, and panellists read it."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select, update

from analysis.study.records import Comment, CommentKind
from analysis.study.rounds import FeedbackShown
from analysis.study.study import Study
from delphi.extensions import db
from delphi.feedback.digest import digest_lines
from delphi.models import AuditRow, Panellist, Role, ShownFeedback
from delphi.models import Comment as CommentRow
from tests.data.small_study import ROUND_1, ROUND_2, small_study
from tests.rating.panellists import who_agreed
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient, sign_in_user

URL = "/studies/small/rounds/1/digest"
HEADING = "What people wrote, put together by the team"


def commented(*, show_digest: bool = True, feedback: FeedbackShown = FeedbackShown.GROUPS) -> Study:
    """The small study with comments of Round 1, which Round 2 shows put together."""
    small = small_study()
    rounds = (ROUND_1, replace(ROUND_2, show_digest=show_digest, feedback=feedback))
    comments = (
        *small.comments,
        Comment("1", "r1", "friends", "Another view."),
        Comment("1", "r2", "friends", "I changed it.", CommentKind.REASON),
    )
    return replace(small, protocol=replace(small.protocol, rounds=rounds), comments=comments)


@pytest.fixture
def study_with_comments(app: Flask) -> StudyOnApp:
    return load_study(app, commented(), open_round="2")


def facilitator(app: Flask, study: StudyOnApp) -> PageClient:
    client = PageClient(app)
    sign_in_user(client, study.team[Role.FACILITATOR])
    return client


def write(app: Flask, study: StudyOnApp, outcome: str, text: str, *, status: int = 200) -> PageClient:
    client = facilitator(app, study)
    client.get(URL)
    client.submit({f"digest-{study.outcomes[outcome]}": text}, button="Save the digest", status=status)
    return client


def test_a_text_that_came_late_is_left_out(app: Flask, study_with_comments: StudyOnApp) -> None:
    with app.app_context():
        late = update(CommentRow).where(CommentRow.text == "Another view.").values(late=True)
        db.session.execute(late)
        db.session.commit()
    assert "Another view." not in facilitator(app, study_with_comments).get(URL).text


def test_texts_stand_without_codes_in_an_order_that_says_nothing(
    app: Flask, study_with_comments: StudyOnApp
) -> None:
    page = facilitator(app, study_with_comments).get(URL)
    words = page.text
    assert words.index("Another view.") < words.index("I changed it.") < words.index("This and family")
    codes = [code for code in study_with_comments.panellists if f" {code} " in words]
    assert codes == []


def test_a_round_that_is_open_has_no_digest_yet(app: Flask, study_with_comments: StudyOnApp) -> None:
    page = facilitator(app, study_with_comments).get(URL.replace("/1/", "/2/"))
    assert "The digest is written when the round has closed." in page.text


def test_texts_of_people_whose_group_is_not_confirmed_are_left_out(
    app: Flask, study_with_comments: StudyOnApp
) -> None:
    with app.app_context():
        db.session.get_one(Panellist, study_with_comments.panellists["r1"]).group_confirmed_at = None
        db.session.commit()
    assert "Another view." not in facilitator(app, study_with_comments).get(URL).text


def test_each_line_is_a_point_on_the_card_of_what_the_outcome_became(
    app: Flask, study_with_comments: StudyOnApp
) -> None:
    write(app, study_with_comments, "friends", "Some find it close to family.\n\n Others do not. ")
    page = who_agreed(app, study_with_comments, "s1").get("/rate/section/2")
    points = [item.text for item in page.root.iter("li") if item.text and "find" in item.text]
    assert points == ["Some find it close to family."]
    assert page.text.index(HEADING) > page.text.index("Answers in Round 1")


def test_newer_lines_stand_for_older_ones_and_an_empty_box_takes_them_back(
    app: Flask, study_with_comments: StudyOnApp
) -> None:
    panellist = who_agreed(app, study_with_comments, "s1")
    write(app, study_with_comments, "friends", "First.")
    write(app, study_with_comments, "friends", "Second.")
    words = panellist.get("/rate/section/2").text
    assert "Second." in words
    assert "First." not in words
    write(app, study_with_comments, "friends", "")
    assert HEADING not in panellist.get("/rate/section/2").text


@pytest.mark.parametrize("feedback", [FeedbackShown.NONE, FeedbackShown.OWN])
def test_the_digest_does_not_hang_on_the_groups_answers(app: Flask, feedback: FeedbackShown) -> None:
    study = load_study(app, commented(feedback=feedback), open_round="2")
    write(app, study, "friends", "A point.")
    assert "A point." in who_agreed(app, study, "s1").get("/rate/section/2").text


def test_where_the_protocol_does_not_show_it_nobody_reads_it(app: Flask) -> None:
    study = load_study(app, commented(show_digest=False), open_round="2")
    write(app, study, "friends", "A point.")
    client = who_agreed(app, study, "s1")
    for url in ("/rate/section/2", "/rate/changes", "/rate/your-words"):
        assert "A point." not in client.get(url).text


def test_who_read_which_lines_is_kept(app: Flask, study_with_comments: StudyOnApp) -> None:
    write(app, study_with_comments, "friends", "A point.")
    who_agreed(app, study_with_comments, "s1").get("/rate/section/2")
    query = select(ShownFeedback.sha256).where(
        ShownFeedback.outcome_id == study_with_comments.outcomes["ties"]
    )
    with app.app_context():
        assert len(db.session.scalars(query).all()) == 3  # friends, family, and the lines


def test_what_is_too_long_is_said_and_the_rest_is_saved(app: Flask, study_with_comments: StudyOnApp) -> None:
    client = write(app, study_with_comments, "friends", "x" * 4001, status=422)
    assert client.page is not None
    assert "Write 4,000 characters or fewer. You have 4,001." in client.page.text


def test_the_trail_tells_how_much_was_written_and_not_what(
    app: Flask, study_with_comments: StudyOnApp
) -> None:
    write(app, study_with_comments, "friends", "A point.\nAnother.")
    with app.app_context():
        row = db.session.scalars(select(AuditRow).where(AuditRow.action == "digest written")).one()
        assert row.detail == {"round": "1", "outcomes": 1, "lines": 2}


def two_pages(app: Flask, study: StudyOnApp, text: str) -> tuple[PageClient, PageClient]:
    """Two members of the team with the same page before them, on which `text` stands."""
    write(app, study, "friends", text)
    pages = facilitator(app, study), facilitator(app, study)
    for page in pages:
        page.get(URL)
    return pages


def keep(client: PageClient, study: StudyOnApp, text: str, *, status: int = 200) -> str:
    form = {f"digest-{study.outcomes['friends']}": text}
    return client.submit(form, button="Save the digest", status=status).text


def lines(app: Flask, study: StudyOnApp) -> list[str]:
    with app.app_context():
        held = digest_lines([study.rounds["1"]]).get(study.outcomes["friends"], ())
        return [line.text for line in held]


def test_lines_that_somebody_else_added_meanwhile_are_kept_and_the_person_is_told(
    app: Flask, study_with_comments: StudyOnApp
) -> None:
    first, second = two_pages(app, study_with_comments, "Old.")
    keep(first, study_with_comments, "Old.\nFrom the first.")
    told = keep(second, study_with_comments, "Old, in other words.\nFrom the second.")
    assert "Their lines are kept beside yours: Friends." in told
    assert lines(app, study_with_comments) == ["Old, in other words.", "From the first.", "From the second."]


@pytest.mark.parametrize(
    ("choice", "kept"), [("theirs", ["One."]), ("ours", ["Two."]), ("both", ["One.", "Two."])]
)
def test_a_line_that_both_changed_is_shown_with_both_texts_and_a_choice(
    app: Flask, study_with_comments: StudyOnApp, choice: str, kept: list[str]
) -> None:
    first, second = two_pages(app, study_with_comments, "Old.")
    keep(first, study_with_comments, "One.")
    shown = keep(second, study_with_comments, "Two.", status=422)
    assert "Keep theirs: “One.”" in shown
    assert "Keep yours: “Two.”" in shown
    assert lines(app, study_with_comments) == ["One."]
    field = f"digest-{study_with_comments.outcomes['friends']}-choice-0"
    second.submit({field: choice}, button="Save the digest")
    assert lines(app, study_with_comments) == kept


def test_who_does_not_choose_is_asked_again_and_loses_nothing(
    app: Flask, study_with_comments: StudyOnApp
) -> None:
    first, second = two_pages(app, study_with_comments, "Old.")
    keep(first, study_with_comments, "One.")
    keep(second, study_with_comments, "Two.\nMore.", status=422)
    assert "“Two.”" in second.submit(button="Save the digest", status=422).text
    field = f"digest-{study_with_comments.outcomes['friends']}-choice-0"
    second.submit({field: "ours"}, button="Save the digest")
    assert lines(app, study_with_comments) == ["Two.", "More."]


def test_what_is_too_long_takes_nobodys_lines_away_when_it_is_sent_again(
    app: Flask, study_with_comments: StudyOnApp
) -> None:
    first, second = two_pages(app, study_with_comments, "Old.")
    keep(first, study_with_comments, "Old.\nFrom the first.")
    keep(second, study_with_comments, "x" * 4001, status=422)
    keep(second, study_with_comments, "Old.\nFrom the second.")
    assert lines(app, study_with_comments) == ["Old.", "From the first.", "From the second."]


def test_a_page_that_does_not_say_what_it_had_seen_takes_nothing_away(
    app: Flask, study_with_comments: StudyOnApp
) -> None:
    second = two_pages(app, study_with_comments, "Old.")[1]
    field = f"digest-{study_with_comments.outcomes['friends']}"
    second.submit({"seen": "x", field: "New."}, button="Save the digest")
    assert lines(app, study_with_comments) == ["Old.", "New."]

"""Welcome and consent: in versions, asked again each round, with a copy to keep."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from analysis.study.taking_part import Leaving
from delphi.extensions import db
from delphi.joining.actions import ConsentAnswer, answer_consent
from delphi.joining.wordings import wording_now
from delphi.models import Consent, EntryMode, ShownOrder
from delphi.standing import standing_of
from delphi.web import clock
from tests.data.small_study import small_study
from tests.joining.joiners import change_protocol, consents_of, study_to_join
from tests.rating.panellists import audit_rows, rating_of, rows_of, signed_in, who_agreed
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient, filled_in

CONSENT = "It is your choice to take part."
ASKED = ("Do you want to take part?", "Yes, I want to take part", "No, I do not want to take part")
WORDING = "\n\n".join([CONSENT, *ASKED])


def who_agreed_in_round_1(app: Flask, study: StudyOnApp, *, language: str | None = None) -> PageClient:
    """Panellist s4, who said yes in Round 1 to the same words."""
    answer = {"wording": WORDING, "agreed": True, "answered_at": clock.now(), "language": language}
    whose = {"panellist_id": study.panellists["s4"], "round_id": study.rounds["1"]}
    with app.app_context():
        db.session.add(Consent(**whose, **answer))
        db.session.commit()
    return signed_in(app, study, "s4")


def in_order_drawn(app: Flask, study: StudyOnApp, who: str = "s4") -> list[int] | None:
    with app.app_context():
        drawn = db.session.get(ShownOrder, (study.rounds["2"], study.panellists[who]))
        return None if drawn is None else drawn.outcome_ids


@pytest.mark.parametrize(
    "words",
    [
        "Who asks",
        "How long",
        "What we keep",
        "Who reads it",
        "What happens to it",
        "You can leave at any time",
        "You answered in an earlier round, and it has closed. So your answers stay in the results.",
    ],
)
def test_the_welcome_tells_everything_before_anything_else(app: Flask, study: StudyOnApp, words: str) -> None:
    client = signed_in(app, study, "s4")
    assert words in client.get("/rate/welcome").text
    assert client.submit(button="Continue").url == "/rate/consent"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2999-03-31", "You can take your answers out until 31 March 2999."),
        ("2020-03-31", "Until 31 March 2020, answers could be taken out. Now answers stay in the results."),
    ],
)
def test_the_welcome_tells_until_when_answers_can_be_taken_out(app: Flask, day: str, words: str) -> None:
    small = small_study()
    protocol = replace(small.protocol, leaving=Leaving(removable_until=day))
    study = load_study(app, replace(small, protocol=protocol), open_round="2")
    assert words in signed_in(app, study, "s4").get("/rate/welcome").text


def test_who_agreed_before_is_asked_again_in_one_short_page(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed_in_round_1(app, study)
    client.get("/rate")  # what "Exit this page" does, once in a session
    page = client.get("/rate")
    assert (page.url, "Welcome back. This is Round 2." in page.text) == ("/rate/consent", True)
    assert "The text below is the same as when you said yes on" in page.text
    assert client.get(page.link("Welcome")).h1 == "Welcome"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('consent_version = "1"', 'consent_version = "2"'),
        (CONSENT, "It is your own choice to take part."),
    ],
)
def test_other_words_than_last_time_are_told(app: Flask, study: StudyOnApp, before: str, after: str) -> None:
    client = who_agreed_in_round_1(app, study, language="en")
    change_protocol(app, (before, after))
    page = client.get("/rate/consent")
    assert "The text below is not the same as when you said yes on" in page.text


def test_a_no_before_is_no_reason_to_leave_the_welcome_out(app: Flask, study: StudyOnApp) -> None:
    client = signed_in(app, study, "s4")
    client.get("/rate/consent")
    client.submit({"agree": "no"})
    assert "Welcome back." not in client.get("/rate/consent").text


def test_version_wording_language_and_who_entered_it_are_kept(app: Flask, study: StudyOnApp) -> None:
    change_protocol(app, ('consent_version = "1"', 'consent_version = "3b"'))
    client = signed_in(app, study, "s4")
    client.get("/rate/consent")
    client.submit({"agree": "yes"})
    (kept,) = consents_of(app, study.panellists["s4"])
    assert (kept.agreed, kept.version, kept.language, kept.entered) == (True, "3b", "en", EntryMode.SELF)
    assert kept.wording.startswith(CONSENT)
    assert ("consent given", {"round": "2", "version": "3b", "entered": "self"}) in audit_rows(
        app, study.panellists["s4"]
    )


def test_the_wording_is_kept_in_the_language_that_was_read(app: Flask) -> None:
    study = load_study(app, study_to_join(languages=("en", "fr")), open_round="2")
    client = signed_in(app, study, "s4")
    client.get("/rate/consent")
    client.submit(button="Français")
    client.submit({"agree": "yes"}, button=_continue_of(client))
    (kept,) = consents_of(app, study.panellists["s4"])
    assert kept.language == "fr"
    assert "Do you want to take part?" not in kept.wording


def test_what_was_read_is_kept_though_another_language_was_chosen_elsewhere_since(app: Flask) -> None:
    study = load_study(app, study_to_join(languages=("en", "fr")), open_round="2")
    client = signed_in(app, study, "s4")
    sent = filled_in(client.get("/rate/consent").form("Continue"), {"agree": "yes"})
    client.submit(button="Français")  # in another tab
    assert client.post("/rate/consent", sent).url == "/rate/about-you"
    (kept,) = consents_of(app, study.panellists["s4"])
    assert (kept.language, kept.wording) == ("en", WORDING)


@pytest.mark.parametrize("mark", ["", "0" * 64])
def test_an_answer_to_words_that_the_study_does_not_ask_with_is_asked_again(
    app: Flask, study: StudyOnApp, mark: str
) -> None:
    client = signed_in(app, study, "s4")
    client.get("/rate/consent")
    page = client.submit({"agree": "yes", "shown": mark}, status=422)
    assert page.text.count("The text has changed since you opened this page.") == 2
    assert consents_of(app, study.panellists["s4"]) == []
    client.submit({"agree": "yes"})
    assert [kept.wording for kept in consents_of(app, study.panellists["s4"])] == [WORDING]


def test_who_read_the_text_before_the_team_changed_it_reads_it_again(app: Flask, study: StudyOnApp) -> None:
    client = signed_in(app, study, "s4")
    client.get("/rate/consent")
    change_protocol(app, (CONSENT, "It is your own choice to take part."))
    page = client.submit({"agree": "yes"}, status=422)
    assert "It is your own choice to take part." in page.text
    client.submit({"agree": "yes"})
    (kept,) = consents_of(app, study.panellists["s4"])
    assert kept.wording.startswith("It is your own choice to take part.")


def _continue_of(client: PageClient) -> str:
    """The words of the main form's button, whatever the language."""
    assert client.page is not None
    (button,) = client.page.root.findall(".//form[@id='main-form']//button")
    return "".join(button.itertext()).strip()


def test_a_copy_to_keep_has_date_version_answer_and_wording(app: Flask, study: StudyOnApp) -> None:
    client = signed_in(app, study, "s4")
    client.get("/rate/consent")
    client.submit({"agree": "no"})
    copy = client.http.get("/rate/consent/copy")
    assert copy.headers["Content-Disposition"] == "attachment; filename=copy.txt"
    assert (copy.mimetype, copy.headers["Cache-Control"]) == ("text/plain", "no-store")
    for words in (
        "Round 2",
        "Version of the text: 1",
        "Your answer: No, I do not want to take part",
        CONSENT,
    ):
        assert words in copy.text
    assert clock.now().strftime("%Y") in copy.text


def test_there_is_no_copy_before_an_answer(app: Flask, study: StudyOnApp) -> None:
    client = signed_in(app, study, "s4")
    client.get("/rate")
    assert client.get("/rate/consent/copy").url == "/rate/welcome"


def test_with_the_first_yes_an_order_is_drawn_and_stays(app: Flask) -> None:
    study = load_study(app, study_to_join(), open_round="2")
    client = signed_in(app, study, "s4")
    for agree in ("no", "yes"):
        assert in_order_drawn(app, study) is None
        client.get("/rate/consent")
        client.submit({"agree": agree})
    drawn = in_order_drawn(app, study)
    assert drawn is not None
    assert sorted(drawn) == sorted(study.outcomes[code] for code in ("home", "doctor", "work", "ties"))
    client.get("/rate/consent")
    client.submit({"agree": "yes"})
    assert in_order_drawn(app, study) == drawn


def test_where_sections_are_not_shuffled_nothing_is_drawn(app: Flask, study: StudyOnApp) -> None:
    client = signed_in(app, study, "s4")
    client.get("/rate/consent")
    client.submit({"agree": "yes"})
    assert in_order_drawn(app, study) is None


def test_the_drawn_order_is_the_one_that_is_met(app_on_each_database: Flask) -> None:
    app = app_on_each_database
    study = load_study(app, study_to_join(), open_round="2")
    first_sections = set()
    for seed, who in enumerate(("s1", "s2", "s3", "s4", "r1", "r2")):
        with app.app_context():
            standing = standing_of(study.panellists[who], now=clock.now())
            assert standing.open_round is not None
            answer = ConsentAnswer(agreed=True, wording=wording_now(standing))
            answer_consent(
                answer, standing=standing, round_=standing.open_round, seed=seed, by="test", now=clock.now()
            )
        drawn = in_order_drawn(app, study, who)
        assert drawn is not None
        first_sections.add(tuple(drawn[:2]))
    home, doctor, work, ties = (study.outcomes[code] for code in ("home", "doctor", "work", "ties"))
    assert first_sections == {(home, doctor), (work, ties)}


def test_consent_is_in_the_database_with_its_order_or_not_at_all(app: Flask) -> None:
    study = load_study(app, study_to_join(), open_round="2")
    with app.app_context():
        standing = standing_of(study.panellists["s4"], now=clock.now())
        assert standing.open_round is not None
        answer = ConsentAnswer(agreed=True, wording=wording_now(standing))
        with pytest.raises(TypeError):
            answer_consent(
                answer,
                standing=standing,
                round_=standing.open_round,
                seed={},  # type: ignore[arg-type]  # so that drawing fails
                by="test",
                now=clock.now(),
            )
        db.session.rollback()
        assert db.session.scalars(select(Consent)).all() == []


def test_who_has_answered_in_no_closed_round_is_told_how_long_answers_can_be_taken_out(
    app: Flask, study: StudyOnApp
) -> None:
    words = "You can take your answers out until the first round that you answer in has closed."
    assert words in signed_in(app, study, "s6").get("/rate/welcome").text


def test_answers_of_who_said_no_elsewhere_meanwhile_are_kept(app: Flask, study: StudyOnApp) -> None:
    client, elsewhere = who_agreed(app, study, "s4"), signed_in(app, study, "s4")
    client.get("/rate/section/1")
    elsewhere.get("/rate/consent")
    elsewhere.submit({"agree": "no"})
    client.submit({rating_of(study, "home"): "8"})
    assert rows_of(app, study, "s4") == [("home", "8", False)]
    assert client.page is not None
    assert client.page.url == "/rate/declined"

"""An app on which every panellist page can be seen: its studies, and people at each point of them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from flask import Flask

from analysis.asof import as_of
from analysis.study.records import Rating, StudyText, TranslationState, Wording
from analysis.study.rounds import FeedbackShown
from analysis.study.study import Study
from analysis.study.taking_part import Joining, Leaving, SupportLine
from delphi.access.links import make_link
from delphi.extensions import limiter
from delphi.web import clock
from tests.data.small_study import INCLUSION, small_study, study_of_every_kind
from tests.joining.joiners import REGION, SPOKEN, WORK, newest_token, team_of
from tests.ranking.rankers import ranking_study
from tests.rating.rounds_to_rate import EASE, FIVE, on_scale, second_round, with_private_messages
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient, sign_in_panellist

LANGUAGES = ("en", "fr", "ar", "es")
HELPLINES = (
    SupportLine(
        "A helpline", "08000 121 700", "United Kingdom", ("en", "ar"), "Day and night", "https://a.example"
    ),
    SupportLine("Another helpline", "3919", "France", ("fr",), "Day and night"),
)
LEAVES_TO = Leaving(exit_to="https://neutral.example/weather", removable_until="2999-12-31")
HOME_IN = {
    "fr": ("Un logement sûr", "Un endroit où vivre sans peur.", "Un lieu où personne n’entre."),
    "ar": ("بيت آمن", "مكان للعيش بلا خوف.", "مكان لا يدخله أحد."),
    "es": ("Un hogar seguro", "Un lugar donde vivir sin miedo.", "Un lugar donde nadie entra."),
}
GROUP_IN = {"fr": "Personnes survivantes", "ar": "الناجون والناجيات", "es": "Personas sobrevivientes"}
CHECKED = TranslationState.CHECKED


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The app, its studies by code, the session cookies of people by who they are, and addresses by name."""

    app: Flask
    studies: Mapping[str, StudyOnApp]
    cookies: Mapping[str, str]
    addresses: Mapping[str, str]


def ground_on(app: Flask, *, people: Collection[str] | None = None) -> Ground:
    """Load the studies, and bring everybody to where they stand, or only these people."""
    limiter.reset()
    coming = {who: _PEOPLE[who] for who in people or _PEOPLE}
    needed = {"full", *(code for code, _, _ in coming.values())}
    studies = {
        code: load_study(app, in_our_languages(make(), code=code), open_round=open_)
        for code, (make, open_) in _STUDIES.items()
        if code in needed
    }
    cookies = {who: _standing(app, studies[code], person, act) for who, (code, person, act) in coming.items()}
    return Ground(app=app, studies=studies, cookies=cookies, addresses=_addresses(app, studies["full"]))


def full_study() -> Study:
    """A second round with everything that a page can ask, show or offer; partly translated."""
    study = with_private_messages(second_round(ask_why_changed=True, show_digest=True))
    first = replace(study.outcomes[0], plain="A place where nobody comes in.")
    protocol = replace(
        study.protocol,
        study=replace(study.protocol.study, languages=LANGUAGES),
        joining=Joining(open_link=True, confirm_groups=True),
        profile=(REGION, SPOKEN, WORK),
        leaving=LEAVES_TO,
        support=HELPLINES,
    )
    wordings = tuple(Wording(code, "home", *words, CHECKED) for code, words in HOME_IN.items())
    texts = tuple(StudyText(code, "groups.survivors.label", text, CHECKED) for code, text in GROUP_IN.items())
    outcomes = (first, *study.outcomes[1:])
    return replace(study, protocol=protocol, outcomes=outcomes, wordings=wordings, texts=texts)


def live_study() -> Study:
    """A round whose answers are shown while they come in; five survivors have answered."""
    study = second_round(feedback=FeedbackShown.GROUPS, live_feedback=True)
    outcomes, five = ("home", "doctor", "work", "ties"), ("s1", "s2", "s3", "s5", "s6")
    answered = tuple(
        Rating("2", person, outcome, INCLUSION.code, 8, None) for person in five for outcome in outcomes
    )
    return replace(study, ratings=(*study.ratings, *answered))


def comment_study() -> Study:
    """A study whose comment round is open, and everybody is there from its beginning."""
    study = study_of_every_kind()
    return as_of(replace(study, panel=tuple(replace(person, joined="0") for person in study.panel)), "0")


def in_our_languages(study: Study, *, code: str) -> Study:
    """The study under another code, read in all our languages."""
    identity = replace(study.protocol.study, code=code, languages=LANGUAGES)
    theirs = tuple(wording for wording in study.wordings if wording.language in LANGUAGES)
    texts = tuple(text for text in study.texts if text.language in LANGUAGES)
    digest = tuple(line for line in study.digest if line.language in ("", *LANGUAGES))
    return replace(
        study,
        protocol=replace(study.protocol, study=identity),
        wordings=theirs,
        texts=texts,
        digest=digest,
    )


# Each study, and its open round.
_STUDIES: Mapping[str, tuple[Callable[[], Study], str | None]] = {
    "full": (full_study, "2"),
    "criteria": (lambda: on_scale(FIVE, criteria=(INCLUSION, EASE)), "2"),
    "live": (live_study, "2"),
    "comments": (comment_study, "0"),
    "order": (ranking_study, "order"),
    "places": (lambda: ranking_study(places=2), "order"),
    "closed": (small_study, None),
    "workshop": (lambda: as_of(study_of_every_kind(), "workshop"), "workshop"),
}
Act = Callable[[PageClient, StudyOnApp], Any]


def _nothing(_client: PageClient, _study: StudyOnApp) -> None:
    """Come, and do nothing yet."""


def _decline(client: PageClient, _study: StudyOnApp) -> None:
    client.get("/rate/consent")
    client.submit({"agree": "no"})


def _agree(client: PageClient, _study: StudyOnApp) -> None:
    client.get("/rate/consent")
    client.submit({"agree": "yes"})


def _finish(client: PageClient, study: StudyOnApp) -> None:
    _agree(client, study)
    client.get("/rate/finish")
    client.submit()


def _leave(client: PageClient, _study: StudyOnApp) -> None:
    client.get("/rate/leave")
    client.submit({"way": "kept"})
    client.submit()


def _put_in_order(client: PageClient, study: StudyOnApp) -> None:
    _agree(client, study)
    client.get("/rate/order")
    for outcome in ("A safe home", "Work"):
        client.submit(button=f"Put next {outcome}")


# Who they are: their study, their code in it, and what they have done.
_PEOPLE: Mapping[str, tuple[str, str, Act]] = {
    "new": ("full", "s4", _nothing),
    "declined": ("full", "s5", _decline),
    "rater": ("full", "s1", _agree),
    "finished": ("full", "s2", _finish),
    "left": ("full", "s3", _leave),
    "rater of two criteria": ("criteria", "s1", _agree),
    "rater in real time": ("live", "s4", _agree),
    "commenter": ("comments", "s4", _agree),
    "commenter who finished": ("comments", "s3", _finish),
    "ranker": ("order", "s4", _put_in_order),
    "ranker of two": ("places", "s4", _put_in_order),
    "waiting": ("closed", "s4", _nothing),
    "before a workshop": ("workshop", "s4", _nothing),
}


def _standing(app: Flask, study: StudyOnApp, person: str, act: Act) -> str:
    """The session cookie of somebody who has signed in, has read how to leave at once, and has acted."""
    client = PageClient(app)
    sign_in_panellist(client, study.panellists[person])
    client.get("/rate/exit-help")
    act(client, study)
    cookie = client.http.get_cookie("chorus")
    return cookie.value if cookie else ""


def _addresses(app: Flask, study: StudyOnApp) -> Mapping[str, str]:
    team = team_of(app, study)
    team.get(f"/studies/{study.code}/panel")
    team.submit(button="Make an open link")
    with app.app_context():
        links = {
            name: make_link(
                panellist_id=study.panellists["s4"],
                by="command line",
                now=clock.now(),
                valid_for=timedelta(hours=1),
            )
            for name in ("enter", "no")
        }
        join = newest_token()
    return {
        "enter": f"/enter/{links['enter']}",
        "no": f"/no-thank-you/{links['no']}",
        "join": f"/join/{join}",
    }

"""Every URL, the methods that it answers, and whom it is for: a new one needs a row."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from delphi.access.guard import Level
from delphi.models import Role

EVERY_ROLE = frozenset(Role)
RUNS_ROUNDS = frozenset({Role.OWNER, Role.FACILITATOR})
SEES_RESULTS = frozenset({Role.OWNER, Role.FACILITATOR, Role.ADVISER, Role.ANALYST})
SAYS_SOMETHING = frozenset({Role.OWNER, Role.FACILITATOR, Role.ADVISER})
TAKES_THE_BUNDLE = frozenset({Role.OWNER, Role.FACILITATOR, Role.ANALYST})


@dataclass(frozen=True, kw_only=True)
class Row:
    """A URL rule. `example` fills its variables; `answers`: what a visitor who is let in may get.

    `asks_for_token`: a POST without a CSRF token is refused.
    """

    methods: str
    level: Level
    roles: frozenset[Role] = frozenset()
    example: Mapping[str, str | int] = field(default_factory=dict)
    answers: frozenset[int] = frozenset({200, 302, 303})
    asks_for_token: bool = True


PUBLIC, PANELLIST, STAFF, STUDY = Level.PUBLIC, Level.PANELLIST, Level.STAFF, Level.STUDY
UNKNOWN_LINK = frozenset({404})


def _for_panellists(methods: str, **example: str | int) -> tuple[Row, ...]:
    return (Row(methods=methods, level=PANELLIST, example=example),)


FRONT: dict[str, tuple[Row, ...]] = {
    "/": (Row(methods="GET", level=PUBLIC),),
    "/about": (Row(methods="GET", level=PUBLIC),),
    "/healthz": (Row(methods="GET", level=PUBLIC),),
    "/enter/<token>": (
        Row(methods="GET", level=PUBLIC, example={"token": "unknown"}, answers=UNKNOWN_LINK),
        Row(methods="POST", level=PUBLIC, example={"token": "unknown"}),
    ),
    "/enter": (Row(methods="GET POST", level=PUBLIC),),
    "/sign-in": (Row(methods="GET POST", level=PUBLIC),),
    "/sign-out": (Row(methods="POST", level=PUBLIC),),
    "/sign-out-elsewhere": (Row(methods="POST", level=STAFF),),
    "/signed-out-elsewhere": (Row(methods="GET", level=STAFF),),
    "/language": (Row(methods="POST", level=PUBLIC),),
}
RATING: dict[str, tuple[Row, ...]] = {
    "/rate": _for_panellists("GET"),
    "/rate/section/<int:number>": _for_panellists("GET POST", number=1),
    "/rate/answer": _for_panellists("POST"),
    "/rate/finish": _for_panellists("GET POST"),
    "/rate/done": _for_panellists("GET"),
    "/rate/since": _for_panellists("GET"),
    "/rate/changes": _for_panellists("GET"),
    "/rate/your-words": _for_panellists("GET"),
    "/rate/live/<int:outcome_id>": (
        Row(methods="GET", level=PANELLIST, example={"outcome_id": 1}, answers=frozenset({404})),
    ),
}
JOINING: dict[str, tuple[Row, ...]] = {
    "/join/<token>": (
        Row(methods="GET", level=PUBLIC, example={"token": "unknown"}, answers=UNKNOWN_LINK),
        Row(methods="POST", level=PUBLIC, example={"token": "unknown"}),
    ),
    "/no-thank-you/<token>": (
        Row(methods="GET", level=PUBLIC, example={"token": "unknown"}, answers=UNKNOWN_LINK),
        Row(methods="POST", level=PUBLIC, example={"token": "unknown"}),
    ),
    "/no-thank-you": (Row(methods="GET", level=PUBLIC),),
    "/rate/joined": _for_panellists("GET"),
    "/rate/welcome": _for_panellists("GET POST"),
    "/rate/consent": _for_panellists("GET POST"),
    "/rate/consent/copy": _for_panellists("GET"),
    "/rate/declined": _for_panellists("GET"),
    "/rate/about-you": _for_panellists("GET POST"),
    "/rate/come-back": _for_panellists("GET POST"),
    "/rate/stop-entering": _for_panellists("POST"),
}
RANKING: dict[str, tuple[Row, ...]] = {
    "/rate/order": _for_panellists("GET POST"),
    "/rate/order/answer": _for_panellists("POST"),
}
LEAVING: dict[str, tuple[Row, ...]] = {
    "/exit": (Row(methods="POST", level=PUBLIC, asks_for_token=False),),
    "/signed-out": (Row(methods="GET", level=PUBLIC),),
    "/help": (Row(methods="GET", level=PUBLIC),),
    "/rate/exit-help": _for_panellists("GET"),
    "/rate/stay": _for_panellists("POST"),
    "/rate/settings": _for_panellists("GET POST"),
    "/rate/settings/device": _for_panellists("POST"),
    "/rate/sign-out-elsewhere": _for_panellists("POST"),
    "/rate/signed-out-elsewhere": _for_panellists("GET"),
    "/rate/reach": _for_panellists("GET POST"),
    "/rate/leave": _for_panellists("GET POST"),
    "/rate/leave/<any(kept, removed):way>": _for_panellists("GET POST", way="kept"),
    "/rate/receipt": (Row(methods="GET", level=PANELLIST, answers=UNKNOWN_LINK),),
    "/rate/receipt.txt": (Row(methods="GET", level=PANELLIST, answers=UNKNOWN_LINK),),
}


def _in_study(methods: str, *, roles: frozenset[Role] = EVERY_ROLE, **example: str | int) -> tuple[Row, ...]:
    return (Row(methods=methods, level=STUDY, roles=roles, example={"study": "small", **example}),)


def _not_without_mail(methods: str, **example: str) -> tuple[Row, ...]:
    """A page that is not there while mail is off."""
    whole = {"study": "small", **example}
    return (Row(methods=methods, level=STUDY, roles=RUNS_ROUNDS, example=whole, answers=UNKNOWN_LINK),)


SETUP: dict[str, tuple[Row, ...]] = {
    "/studies": (Row(methods="GET", level=STAFF),),
    "/studies/<study>": _in_study("GET"),
    "/studies/<study>/rounds/<round_code>": _in_study("GET", roles=RUNS_ROUNDS, round_code="2"),
    "/studies/<study>/rounds/<round_code>/open": _in_study("GET POST", roles=RUNS_ROUNDS, round_code="2"),
    "/studies/<study>/rounds/<round_code>/open/receipt.txt": (
        Row(
            methods="GET",
            level=STUDY,
            roles=RUNS_ROUNDS,
            example={"study": "small", "round_code": "2"},
            answers=UNKNOWN_LINK,
        ),
    ),
    "/studies/<study>/rounds/<round_code>/close": _in_study("GET POST", roles=RUNS_ROUNDS, round_code="2"),
    "/studies/<study>/rounds/<round_code>/digest": _in_study("GET POST", roles=RUNS_ROUNDS, round_code="1"),
    "/studies/<study>/rounds/<round_code>/digest/<language>": _in_study(
        "GET POST", roles=RUNS_ROUNDS, round_code="1", language="en"
    ),
    "/studies/<study>/rounds/<round_code>/preview": _in_study(
        "GET POST", roles=SAYS_SOMETHING, round_code="2"
    ),
    "/studies/<study>/rounds/<round_code>/preview/<group>/<language>/<path:path>": _in_study(
        "GET POST",
        roles=SAYS_SOMETHING,
        round_code="2",
        group="survivors",
        language="en",
        path="rate/welcome",
    ),
    "/studies/<study>/rounds/<round_code>/receipt": _in_study("GET", round_code="2"),
    "/studies/<study>/rounds/<round_code>/receipt.txt": _in_study("GET", round_code="2"),
    "/studies/<study>/rounds/<round_code>/receipt.pdf": _in_study("GET", round_code="2"),
}
PANEL: dict[str, tuple[Row, ...]] = {
    "/studies/<study>/panel": _in_study("GET", roles=RUNS_ROUNDS),
    "/studies/<study>/rounds/<round_code>/private": _in_study("GET", roles=RUNS_ROUNDS, round_code="2"),
    "/studies/<study>/panel/<code>": _in_study("GET", roles=RUNS_ROUNDS, code="s1"),
    "/studies/<study>/panel/<code>/link": _in_study("POST", roles=RUNS_ROUNDS, code="s1"),
    "/studies/<study>/panel/<code>/code": _in_study("POST", roles=RUNS_ROUNDS, code="s1"),
    "/studies/<study>/panel/<code>/enter": _in_study("POST", roles=RUNS_ROUNDS, code="s1"),
    "/studies/<study>/panel/<code>/group": _in_study("POST", roles=RUNS_ROUNDS, code="s1"),
    "/studies/<study>/open-link": _in_study("POST", roles=RUNS_ROUNDS),
    "/studies/<study>/open-link/end": _in_study("GET POST", roles=RUNS_ROUNDS),
}
_MESSAGES = "/studies/<study>/rounds/<round_code>/messages"
_CAUSE = f"{_MESSAGES}/<any(invitation, reminder):cause>"
_IN_FRENCH = {"round_code": "2", "cause": "reminder", "language": "fr"}
INVITING: dict[str, tuple[Row, ...]] = {
    "/stop-reminders/<token>": (
        Row(methods="GET", level=PUBLIC, example={"token": "unknown"}, answers=UNKNOWN_LINK),
        Row(
            methods="POST",
            level=PUBLIC,
            example={"token": "unknown"},
            answers=UNKNOWN_LINK,
            asks_for_token=False,
        ),
    ),
    "/stop-reminders": (Row(methods="GET", level=PUBLIC),),
    _MESSAGES: _in_study("GET", roles=RUNS_ROUNDS, round_code="2"),
    _CAUSE: _in_study("GET POST", roles=RUNS_ROUNDS, round_code="2", cause="reminder"),
    f"{_CAUSE}/preview/<language>": _not_without_mail("GET", **_IN_FRENCH),
    f"{_CAUSE}/preview/<language>/page": _not_without_mail("GET", **_IN_FRENCH),
    f"{_CAUSE}/text/<language>": _in_study(
        "GET POST", roles=RUNS_ROUNDS, round_code="2", cause="reminder", language="en"
    ),
    f"{_MESSAGES}/<int:message_id>/again": _in_study(
        "POST", roles=RUNS_ROUNDS, round_code="2", message_id="1"
    ),
    f"{_MESSAGES}/kept/<int:message_id>": _not_without_mail("GET", round_code="2", message_id="1"),
    f"{_MESSAGES}/kept": _not_without_mail("GET POST", round_code="2"),
}
NO_DRAFT = {"example": {"draft": 1}, "answers": UNKNOWN_LINK}
NO_PART = {"example": {"draft": 1, "part": "about"}, "answers": UNKNOWN_LINK}
DRAFTING: dict[str, tuple[Row, ...]] = {
    "/drafts": (Row(methods="GET POST", level=STAFF),),
    "/drafts/outcomes-template.xlsx": (Row(methods="GET", level=STAFF),),
    "/drafts/outcomes-template.csv": (Row(methods="GET", level=STAFF),),
    "/drafts/bundle": (Row(methods="GET POST", level=STAFF),),
    "/drafts/<int:draft>": (Row(methods="GET POST", level=STAFF, **NO_DRAFT),),
    "/drafts/<int:draft>/delete": (Row(methods="GET POST", level=STAFF, **NO_DRAFT),),
    "/drafts/longlist-template.xlsx": (Row(methods="GET", level=STAFF),),
    "/drafts/longlist-template.csv": (Row(methods="GET", level=STAFF),),
    "/drafts/<int:draft>/longlist": (Row(methods="GET", level=STAFF, **NO_DRAFT),),
    "/drafts/<int:draft>/longlist.csv": (Row(methods="GET", level=STAFF, **NO_DRAFT),),
    "/drafts/<int:draft>/longlist/table": (Row(methods="GET POST", level=STAFF, **NO_DRAFT),),
    "/drafts/<int:draft>/longlist/step": (Row(methods="GET POST", level=STAFF, **NO_DRAFT),),
    "/drafts/<int:draft>/longlist/duplicates": (Row(methods="GET POST", level=STAFF, **NO_DRAFT),),
    "/drafts/<int:draft>/longlist/alike": (Row(methods="GET", level=STAFF, **NO_DRAFT),),
    "/drafts/<int:draft>/longlist/steps": (Row(methods="GET POST", level=STAFF, **NO_DRAFT),),
    "/drafts/<int:draft>/longlist/use": (Row(methods="GET POST", level=STAFF, **NO_DRAFT),),
    "/drafts/<int:draft>/longlist/lines/<int:number>": (
        Row(methods="GET", level=STAFF, example={"draft": 1, "number": 1}, answers=UNKNOWN_LINK),
    ),
    "/drafts/<int:draft>/<part>": (Row(methods="GET POST", level=STAFF, **NO_PART),),
}
ENROLLING: dict[str, tuple[Row, ...]] = {
    "/studies/<study>/people/import": _in_study("GET POST", roles=RUNS_ROUNDS),
    "/studies/<study>/people/template.<any(csv, xlsx):kind>": _in_study("GET", roles=RUNS_ROUNDS, kind="csv"),
    "/studies/<study>/people/import/check": _in_study("GET POST", roles=RUNS_ROUNDS),
    "/studies/<study>/people/import/drop": _in_study("POST", roles=RUNS_ROUNDS),
    "/studies/<study>/people/add": _in_study("GET POST", roles=RUNS_ROUNDS),
    "/studies/<study>/people/targets": _in_study("GET POST", roles=RUNS_ROUNDS),
    "/studies/<study>/panel/<code>/contact": (
        Row(
            methods="POST",
            level=STUDY,
            roles=RUNS_ROUNDS,
            example={"study": "small", "code": "s1"},
            answers=UNKNOWN_LINK,
        ),
    ),
    "/studies/<study>/panel/<code>/contact/change": _in_study("GET POST", roles=RUNS_ROUNDS, code="s1"),
    "/studies/<study>/panel/<code>/contact/delete": _in_study("GET POST", roles=RUNS_ROUNDS, code="s1"),
}
REPORTS: dict[str, tuple[Row, ...]] = {
    "/studies/<study>/rounds/<round_code>/results": _in_study("GET", roles=SEES_RESULTS, round_code="1"),
    "/studies/<study>/rounds/<round_code>/results.csv": _in_study("GET", roles=SEES_RESULTS, round_code="1"),
    "/studies/<study>/lineage": _in_study("GET", roles=SEES_RESULTS),
    "/studies/<study>/lineage/<outcome>": _in_study("GET", roles=SEES_RESULTS, outcome="ties"),
    "/studies/<study>/bundle.zip": _in_study("GET", roles=TAKES_THE_BUNDLE),
}
DECISIONS = "/studies/<study>/rounds/<round_code>/decisions"
SYNTHESIS: dict[str, tuple[Row, ...]] = {
    DECISIONS: _in_study("GET", round_code="1"),
    f"{DECISIONS}/list.txt": _in_study("GET", round_code="1"),
    f"{DECISIONS}/similar": _in_study("GET", round_code="1"),
    f"{DECISIONS}/outcomes/<outcome>/similar": _in_study("GET", round_code="1", outcome="home"),
    f"{DECISIONS}/outcomes/<outcome>": _in_study("GET", round_code="1", outcome="home"),
    f"{DECISIONS}/outcomes/<outcome>/<action>": _in_study(
        "GET POST", roles=RUNS_ROUNDS, round_code="1", outcome="home", action="keep"
    ),
    f"{DECISIONS}/outcomes/<outcome>/remarks": _in_study(
        "POST", roles=SAYS_SOMETHING, round_code="1", outcome="home"
    ),
    f"{DECISIONS}/remarks": _in_study("POST", roles=SAYS_SOMETHING, round_code="1"),
    f"{DECISIONS}/add": _in_study("GET POST", roles=RUNS_ROUNDS, round_code="1"),
    f"{DECISIONS}/rule": _in_study("GET POST", roles=RUNS_ROUNDS, round_code="1"),
    f"{DECISIONS}/make": _in_study("GET POST", roles=RUNS_ROUNDS, round_code="1"),
    f"{DECISIONS}/sign": _in_study("GET POST", roles=frozenset({Role.ADVISER}), round_code="1"),
    f"{DECISIONS}/<int:number>/undo": _in_study("POST", roles=RUNS_ROUNDS, round_code="1", number=1),
}
COMMENTS = "/studies/<study>/rounds/<round_code>/comments"
THEMES: dict[str, tuple[Row, ...]] = {
    COMMENTS: _in_study("GET POST", roles=RUNS_ROUNDS, round_code="1"),
    f"{COMMENTS}/codes.csv": _in_study("GET", roles=RUNS_ROUNDS, round_code="1"),
    f"{COMMENTS}/<int:comment>": _in_study("GET", roles=RUNS_ROUNDS, round_code="1", comment=1),
    f"{COMMENTS}/<int:comment>/themes": _in_study("POST", roles=RUNS_ROUNDS, round_code="1", comment=1),
    f"{COMMENTS}/<int:comment>/mark": _in_study("POST", roles=RUNS_ROUNDS, round_code="1", comment=1),
    f"{COMMENTS}/themes": _in_study("GET POST", roles=RUNS_ROUNDS, round_code="1"),
    f"{COMMENTS}/themes/<int:theme>": _in_study("GET POST", roles=RUNS_ROUNDS, round_code="1", theme=1),
    f"{COMMENTS}/themes/<int:theme>/merge": _in_study("POST", roles=RUNS_ROUNDS, round_code="1", theme=1),
    f"{COMMENTS}/themes/<int:theme>/bring-back": _in_study(
        "POST", roles=RUNS_ROUNDS, round_code="1", theme=1
    ),
}
WATCHING: dict[str, tuple[Row, ...]] = {
    "/studies/<study>/rounds/<round_code>/progress": _in_study("GET", round_code="2"),
    "/studies/<study>/rounds/<round_code>/progress.json": _in_study("GET", round_code="2"),
    "/studies/<study>/rounds/<round_code>/what-if": _in_study("GET", roles=TAKES_THE_BUNDLE, round_code="1"),
    "/studies/<study>/rounds/<round_code>/planned-closing": _in_study(
        "GET POST", roles=RUNS_ROUNDS, round_code="2"
    ),
    "/studies/<study>/rounds/<round_code>/planned-closing/take-away": _in_study(
        "POST", roles=RUNS_ROUNDS, round_code="2"
    ),
}
TIMING: dict[str, tuple[Row, ...]] = {
    f"/studies/<study>/rounds/<round_code>/{page}": _in_study("GET POST", roles=RUNS_ROUNDS, round_code="2")
    for page in ("pause", "resume", "beginning")
}
EXPLORING: dict[str, tuple[Row, ...]] = {
    "/studies/<study>/attrition": _in_study("GET", roles=TAKES_THE_BUNDLE),
    "/studies/<study>/attrition.csv": _in_study("GET", roles=TAKES_THE_BUNDLE),
    "/studies/<study>/rounds/<round_code>/rules": _in_study("GET", roles=TAKES_THE_BUNDLE, round_code="1"),
    "/studies/<study>/rounds/<round_code>/groups": _in_study("GET", roles=TAKES_THE_BUNDLE, round_code="1"),
    "/studies/<study>/rounds/<round_code>/changes": _in_study("GET", roles=TAKES_THE_BUNDLE, round_code="1"),
    "/studies/<study>/rounds/<round_code>/tables/<name>.csv": _in_study(
        "GET", roles=TAKES_THE_BUNDLE, round_code="1", name="rules"
    ),
}


def _in_another_language(methods: str, **example: str) -> tuple[Row, ...]:
    """A page about a language that the study has not."""
    whole = {"study": "small", "language": "fr", **example}
    return (Row(methods=methods, level=STUDY, roles=RUNS_ROUNDS, example=whole, answers=UNKNOWN_LINK),)


TRANSLATING: dict[str, tuple[Row, ...]] = {
    "/studies/<study>/languages": _in_study("GET POST", roles=RUNS_ROUNDS),
    "/studies/<study>/languages/<language>": _in_another_language("GET POST"),
    "/studies/<study>/languages/<language>/table": _in_another_language("GET POST"),
    "/studies/<study>/languages/<language>/table.<any(csv, xlsx):kind>": _in_another_language(
        "GET", kind="csv"
    ),
}
OWNS = frozenset({Role.OWNER})
TEAM: dict[str, tuple[Row, ...]] = {
    "/sign-in/code": (Row(methods="GET POST", level=PUBLIC, answers=frozenset({410})),),
    "/invitation/<token>": (
        Row(methods="GET", level=PUBLIC, example={"token": "unknown"}, answers=UNKNOWN_LINK),
        Row(methods="POST", level=PUBLIC, example={"token": "unknown"}),
    ),
    "/account": (Row(methods="GET", level=STAFF),),
    "/account/sessions/<int:number>/end": (Row(methods="POST", level=STAFF, example={"number": 1}),),
    "/account/second-factor/begin": (Row(methods="POST", level=STAFF),),
    "/account/second-factor/set-up": (Row(methods="GET POST", level=STAFF),),
    "/account/second-factor/codes": (Row(methods="GET POST", level=STAFF),),
    "/account/second-factor/off": (Row(methods="GET POST", level=STAFF),),
    "/studies/<study>/team": _in_study("GET"),
    "/studies/<study>/team/invite": _in_study("GET POST", roles=OWNS),
    "/studies/<study>/team/invitations/<int:number>/end": _in_study("POST", roles=OWNS, number="1"),
    "/studies/<study>/team/<int:member>/role": _in_study("GET POST", roles=OWNS, member="1"),
    "/studies/<study>/team/<int:member>/remove": _in_study("GET POST", roles=OWNS, member="1"),
    "/studies/<study>/audit": _in_study("GET", roles=RUNS_ROUNDS),
    "/studies/<study>/audit.csv": _in_study("GET", roles=RUNS_ROUNDS),
}
URLS = (
    FRONT
    | RATING
    | JOINING
    | RANKING
    | LEAVING
    | SETUP
    | PANEL
    | INVITING
    | DRAFTING
    | ENROLLING
    | REPORTS
    | SYNTHESIS
    | THEMES
    | WATCHING
    | TIMING
    | EXPLORING
    | TRANSLATING
    | TEAM
)

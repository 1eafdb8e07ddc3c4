"""Two studies that can be worked out by hand: `small_study` (two rating rounds) and `study_of_every_kind`."""

from dataclasses import replace
from fractions import Fraction

from analysis.study.protocol import Ethics, FeedbackPolicy, Group, Identity, Protocol
from analysis.study.published import Figure, FigureMeasure, Published, Source
from analysis.study.records import (
    AnswersAfterLeaving,
    Comment,
    CommentKind,
    DigestLine,
    EntryMode,
    Evidence,
    LineageAction,
    LineageStep,
    Missing,
    Outcome,
    Panellist,
    Ranking,
    Rating,
    StudyText,
    TranslationState,
    Vote,
    Wording,
)
from analysis.study.rounds import Ballot, Criterion, FeedbackShown, Round, RoundKind
from analysis.study.rules import (
    BallotMeasure,
    Comparator,
    ConsensusDefinition,
    Of,
    ShareRule,
    ShareTest,
    TopRule,
    Verdict,
)
from analysis.study.scale import Box, Scale
from analysis.study.study import Study
from analysis.study.translation import digest_key
from analysis.study.values import Provenance
from analysis.study.weighting import Weighting, WeightScheme

SCALE = Scale(
    code="agreement",
    low=1,
    high=9,
    words=("Strongly disagree", "", "", "", "Neither", "", "", "", "Strongly agree"),
    cannot_say="I cannot say",
    boxes=(
        Box("disagree", 1, 3, "disagree"),
        Box("neither", 4, 6, "in between"),
        Box("agree", 7, 9, "agree"),
    ),
)
DOUBLE = Weighting(
    "survivors_double", WeightScheme.MULTIPLIER, {"survivors": Fraction(2)}, reason="Their lives are meant."
)
SEVENTY_PERCENT = ConsensusDefinition(
    code="seventy_percent",
    rules=(ShareRule(Verdict.IN, (ShareTest("agree", Comparator.AT_LEAST, Fraction(70)),)),),
    otherwise=Verdict.OUT,
    minimum_n=2,
    reason="Fixed in advance.",
)
TOP_TWO_OF_BALLOT = ConsensusDefinition(
    code="top_two",
    rules=(TopRule(Verdict.IN, 2, BallotMeasure("final", (3, 2, 1)), Of.POOLED),),
    otherwise=Verdict.OUT,
    reason="Fixed in advance.",
)
INCLUSION = Criterion("inclusion", "How strongly do you agree that this outcome should be in the core set?")
GROUPS = (
    Group("survivors", "Survivors", "survivor", "Adults who have lived through it."),
    Group("researchers", "Researchers", "researcher"),
)
ROUND_1 = Round(
    code="1",
    kind=RoundKind.RATING,
    label="Round 1",
    scale="agreement",
    criteria=(INCLUSION,),
    weights="survivors_double",
    definition="seventy_percent",
)
ROUND_2 = replace(ROUND_1, code="2", label="Round 2", feedback=FeedbackShown.GROUPS)

# One letter or digit an answer: c cannot say, s skipped, "." no answer at all, "!" behind it: late.
ROUND_1_ANSWERS = {
    "s1": "9 8 7 2 8 7",
    "s2": "9 9 8 3 7 8",
    "s3": "8 7 9 5 9 9",
    "s4": "9 8 c 4 7 7",
    "s5": "7 9 8 1 s 8",
    "r1": "9 7 6 8 7 8",
    "r2": "8 8 7 6 8 7",
    "r3": "9 9 8 7! 7 .",
}
# On work, 4 of 4 survivors agree and 0 of 2 researchers: 4 / 6 = 66.7 % unweighted, 8 / 10 = 80 % weighted.
ROUND_2_ANSWERS = {
    "s1": "9 9 7 8",
    "s2": "9 8 8 8",
    "s3": "9 8 8 9",
    "s6": "8 9 7 9",
    "r1": "9 8 6 8",
    "r2": "9 9 5 7",
}
LIST_1 = ("home", "doctor", "work", "papers", "friends", "family")
LIST_2 = ("home", "doctor", "work", "ties")
CHECKED = TranslationState.CHECKED
MISSING = {"c": Missing.CANNOT_SAY, "s": Missing.SKIPPED}


def small_study(*, code: str = "small") -> Study:
    """Two groups (six survivors, three researchers), Round 1 with six outcomes, Round 2 with four.

    In Round 1 the rule puts `papers` out; `friends` and `family` are merged into `ties` on comments.
    s4 misses Round 2, s5 does not come back, s6 joins in Round 2, r3 withdraws in it. Three researchers are
    too few to be shown (the smallest shown group is five).
    """
    return Study(
        protocol=_protocol(code, rounds=(ROUND_1, ROUND_2), definitions=(SEVENTY_PERCENT,)),
        outcomes=_outcomes(),
        lineage=_lineage(),
        panel=_panel(),
        ratings=(
            *_ratings("1", outcomes=LIST_1, answers=ROUND_1_ANSWERS),
            *_ratings("2", outcomes=LIST_2, answers=ROUND_2_ANSWERS),
        ),
        comments=(
            Comment("1", "s1", "friends", "This and family say the same."),
            Comment("1", "s2", None, "Thank you for asking.\nIt matters."),
        ),
    )


def study_of_every_kind() -> Study:
    """The small study, a comment round before it, a ranking and a workshop after, each optional table."""
    small = small_study(code="every_kind")
    zero = Round(code="0", kind=RoundKind.COMMENT, label="Round Zero", question="What would you change?")
    order = Round(code="order", kind=RoundKind.RANKING, label="Ranking")
    final = Ballot("final", "Final top two", 2)
    workshop = Round(
        code="workshop", kind=RoundKind.WORKSHOP, label="Workshop", ballots=(final,), definition="top_two"
    )
    identity = replace(
        small.protocol.study,
        languages=("en", "cy"),
        synthetic=("ratings",),
        note="These ratings are synthetic.",
    )
    protocol = replace(
        small.protocol,
        study=identity,
        rounds=(zero, ROUND_1, ROUND_2, order, workshop),
        definitions=(SEVENTY_PERCENT, TOP_TWO_OF_BALLOT),
    )
    return replace(
        small,
        protocol=protocol,
        lineage=(replace(small.lineage[0], told="They say the same."), *small.lineage[1:]),
        outcomes=(replace(small.outcomes[0], plain="A place where nobody comes in."), *small.outcomes[1:]),
        comments=(
            Comment("0", "r1", "home", 'Say "safe" too, please.'),
            Comment("0", "r1", None, "Sleep.", CommentKind.PROPOSAL),
            *small.comments,
        ),
        digest=(
            DigestLine("1", "home", "Some want a door to lock."),
            DigestLine("1", None, "Roedd yn hir.", "cy"),
        ),
        panel=(
            *small.panel[:-1],
            replace(
                small.panel[-1],
                withdrew="workshop",
                withdrawal_entered=EntryMode.PAPER,
                withdrawal_answers=AnswersAfterLeaving.KEPT,
            ),
        ),
        rankings=_rankings({"s1": "home ties work", "r2": "ties doctor home"}),
        ballots=_votes({"s1": "home ties", "s2": "ties home", "r1": "home work"}),
        wordings=(
            Wording("cy", "home", "Cartref diogel", "Lle i fyw heb ofn.", "Lle i chi.", CHECKED),
            Wording("cy", "work", "Gwaith", ""),
        ),
        texts=(
            StudyText("cy", "rounds.1.label", "Rownd 1", CHECKED),
            StudyText("cy", "domains.Everyday life", "Bywyd bob dydd"),
            StudyText("cy", digest_key("Some want a door to lock."), "Mae rhai eisiau clo.", CHECKED),
        ),
        published=_published(),
        documents={"README.md": "# Small\n\nA study to test with.\n", "synthetic.toml": "seed = 1\n"},
    )


def _protocol(
    code: str, *, rounds: tuple[Round, ...], definitions: tuple[ConsensusDefinition, ...]
) -> Protocol:
    return Protocol(
        study=Identity(code, "A small study", "What matters most?"),
        ethics=Ethics(
            welcome="Welcome.\n\nRead one text after another.",
            consent="It is your choice to take part.",
            comment_readers="The team reads what you write.",
            thanks="Thank you.",
        ),
        groups=GROUPS,
        rounds=rounds,
        scales=(SCALE,),
        weights=(DOUBLE,),
        definitions=definitions,
        feedback=FeedbackPolicy(minimum_group_size=5),
    )


def _outcomes() -> tuple[Outcome, ...]:
    rows = (
        ("home", "A safe home", "A place to live without fear.", "Safety and health"),
        ("doctor", "A doctor", "Seeing a doctor when one is needed.", "Safety and health"),
        ("work", "Work", "Work that one chooses and is paid for.", "Everyday life"),
        ("papers", "Papers", "The right to stay, in writing.", "Everyday life"),
        ("friends", "Friends", "People to talk to.", "Everyday life"),
        ("family", "Family", "Being in touch with family.", "Everyday life"),
        ("ties", "Friends and family", "People who are close.", "Everyday life"),
    )
    return tuple(Outcome(*row, provenance=Provenance.PUBLISHED) for row in rows)


def _lineage() -> tuple[LineageStep, ...]:
    why = "Panellists wrote that the two say the same."
    merged = (LineageAction.MERGED, ("friends", "family"), ("ties",), why, Evidence.COMMENTS)
    dropped = (LineageAction.DROPPED, ("papers",), (), "Too few agreed.", Evidence.RULE)
    return tuple(LineageStep("1", *row, provenance=Provenance.DERIVED) for row in (merged, dropped))


def _panel() -> tuple[Panellist, ...]:
    survivors = tuple(
        Panellist(f"s{number}", "survivors", "2" if number == 6 else "1") for number in range(1, 7)
    )
    researchers = tuple(
        Panellist(f"r{number}", "researchers", "1", "2" if number == 3 else None) for number in range(1, 4)
    )
    return survivors + researchers


def _ratings(round_code: str, *, outcomes: tuple[str, ...], answers: dict[str, str]) -> tuple[Rating, ...]:
    return tuple(
        _rating(round_code, panellist, outcome, mark)
        for panellist, marks in answers.items()
        for outcome, mark in zip(outcomes, marks.split(), strict=True)
        if mark != "."
    )


def _rating(round_code: str, panellist: str, outcome: str, mark: str) -> Rating:
    kind = MISSING.get(mark[0])
    score = None if kind else int(mark[0])
    return Rating(round_code, panellist, outcome, INCLUSION.code, score, kind, late=mark.endswith("!"))


def _rankings(orders: dict[str, str]) -> tuple[Ranking, ...]:
    return tuple(
        Ranking("order", panellist, position, outcome)
        for panellist, order in orders.items()
        for position, outcome in enumerate(order.split(), start=1)
    )


def _votes(ballots: dict[str, str]) -> tuple[Vote, ...]:
    return tuple(
        Vote("workshop", "final", panellist, position, outcome)
        for panellist, names in ballots.items()
        for position, outcome in enumerate(names.split(), start=1)
    )


def _published() -> Published:
    source = Source("report", "The report", "Page 1", "https://example.org/report")
    figures = (
        Figure("listed_1", FigureMeasure.OUTCOMES_IN, 6, "report", should_reproduce=True, stage="1"),
        Figure(
            "names",
            FigureMeasure.NONE,
            ("Home", "Ties"),
            "report",
            should_reproduce=False,
            note="Not computable.",
        ),
    )
    return Published((source,), figures)

"""Studies of every shape, drawn by Hypothesis: odd texts, every kind of rule, round and answer."""

from dataclasses import replace

from hypothesis import strategies as st

from analysis.study.protocol import (
    Domain,
    Ethics,
    FeedbackPolicy,
    Group,
    Identity,
    Protocol,
    QuantilePolicy,
)
from analysis.study.published import Figure, FigureMeasure, Published, Source
from analysis.study.records import (
    Comment,
    CommentKind,
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
from analysis.study.rounds import (
    Ballot,
    BallotList,
    Criterion,
    FeedbackShown,
    Round,
    RoundKind,
    SectionOrder,
)
from analysis.study.rules import (
    BallotMeasure,
    Comparator,
    ConsensusDefinition,
    EmptyGroups,
    MeanMeasure,
    Of,
    Rule,
    ShareMeasure,
    ShareRule,
    ShareTest,
    TopRule,
    TwoListRule,
    Verdict,
)
from analysis.study.scale import Box, Scale
from analysis.study.study import Study
from analysis.study.taking_part import Joining, Leaving, ProfileKind, ProfileQuestion, SupportLine
from analysis.study.values import Provenance
from analysis.study.weighting import Weighting, WeightScheme

ANY_TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\0") | st.sampled_from("'\"=+-@,;\t\r\n #"), max_size=6
)
TEXT = ANY_TEXT.filter(lambda text: bool(text.strip()))
DOCUMENT = ANY_TEXT.filter(lambda text: "\r" not in text and not text.startswith("\ufeff"))
GROUPS, PEOPLE = ("g1", "g2"), ("p1", "p2", "p3")
OUTCOMES = ("a", "b", "c", "d", "made")
PROVENANCE = st.sampled_from(Provenance)
VERDICT = st.sampled_from([Verdict.IN, Verdict.OUT, Verdict.NONE])
PERCENT = st.fractions(0, 100, max_denominator=99)

PROFILE = (
    ProfileQuestion("where", "Where do you live?", choices=("Here", "There"), hint="Leave it if you like."),
    ProfileQuestion("words", "In your words?", ProfileKind.TEXT),
)
SUPPORT = (SupportLine("A line", "123", "Wales", ("cy", "en"), "always", "https://help.example/"),)
TESTS = st.lists(
    st.builds(ShareTest, st.just("high"), st.sampled_from(Comparator), PERCENT), min_size=1, max_size=2
).map(tuple)
MEASURES = st.sampled_from([ShareMeasure("high"), MeanMeasure()])
SHARE_RULES = st.sampled_from(
    [(Of.POOLED, None, None), (Of.GROUP, "g1", None), (Of.EVERY, None, None), (Of.AT_LEAST, None, 2)]
).flatmap(
    lambda of: st.builds(
        ShareRule,
        VERDICT,
        TESTS,
        st.just(of[0]),
        st.just(of[1]),
        st.just(of[2]),
        st.sampled_from(EmptyGroups),
    )
)
RULES: st.SearchStrategy[Rule] = st.one_of(
    SHARE_RULES,
    st.builds(TopRule, VERDICT, st.integers(1, 9), MEASURES),
    st.builds(TopRule, VERDICT, st.integers(1, 9), MEASURES, st.just(Of.GROUP), st.just("g2")),
    st.builds(TwoListRule, VERDICT, st.integers(1, 9), st.just("g1"), MEASURES),
)
WEIGHTINGS = st.sampled_from(WeightScheme).flatmap(
    lambda scheme: st.builds(
        Weighting,
        st.just("weights"),
        st.just(scheme),
        st.dictionaries(st.sampled_from(GROUPS), st.fractions(0, "1/2", max_denominator=9), min_size=1)
        if scheme in (WeightScheme.MULTIPLIER, WeightScheme.TARGET_SHARE)
        else st.just({}),
        PROVENANCE,
        ANY_TEXT,
    )
)
BALLOT_RULE = TopRule(Verdict.IN, 1, BallotMeasure("final", (3, 2, 1)))


@st.composite
def protocols(draw: st.DrawFn) -> Protocol:
    """Draw a protocol with a round of each kind."""
    scale = Scale(
        "scale", 1, 3, ("no", draw(ANY_TEXT), "yes"), draw(ANY_TEXT), (Box("high", 2, 3, draw(TEXT)),)
    )
    rules = tuple(draw(st.lists(RULES, min_size=1, max_size=3)))
    rated = ConsensusDefinition("rated", rules, draw(VERDICT), draw(st.integers(1, 9)), reason=draw(ANY_TEXT))
    rating = {"scale": "scale", "weights": "weights", "definition": "rated"}
    ballot = Ballot("final", draw(ANY_TEXT), 2, draw(st.sampled_from(BallotList)))
    criteria = (Criterion("one", draw(TEXT)), Criterion("two", "Why?"))
    return Protocol(
        study=Identity("study", draw(TEXT), draw(ANY_TEXT), ("en", "cy", "pt-BR"), ("ratings",), draw(TEXT)),
        ethics=Ethics(
            *(draw(ANY_TEXT) for _ in range(4)), private_readers=draw(ANY_TEXT), team_contact=draw(ANY_TEXT)
        ),
        groups=tuple(Group(code, draw(TEXT), draw(ANY_TEXT), draw(ANY_TEXT)) for code in GROUPS),
        rounds=(
            Round("0", RoundKind.COMMENT, draw(TEXT), draw(ANY_TEXT)),
            Round(
                "1",
                RoundKind.RATING,
                "One",
                criteria=criteria,
                feedback=draw(st.sampled_from(FeedbackShown)),
                **rating,
            ),
            Round(
                "2",
                RoundKind.RANKING,
                "Two",
                places=draw(st.none() | st.integers(1, 5)),
                order=draw(st.sampled_from(SectionOrder)),
            ),
            Round("3", RoundKind.WORKSHOP, "Three", ballots=(ballot,), definition="voted"),
        ),
        scales=(scale,),
        weights=(draw(WEIGHTINGS),),
        definitions=(rated, ConsensusDefinition("voted", (BALLOT_RULE,))),
        feedback=FeedbackPolicy(draw(st.integers(1, 9))),
        quantiles=QuantilePolicy(draw(st.integers(1, 9))),
        profile=draw(st.sampled_from([(), PROFILE])),
        support=draw(st.sampled_from([(), SUPPORT])),
        joining=Joining(draw(st.booleans()), draw(st.booleans())),
        leaving=Leaving(removable_until=draw(st.sampled_from(["", "2026-02-28"]))),
    )


@st.composite
def lineages(draw: st.DrawFn) -> tuple[LineageStep, ...]:
    """Draw some of a kept, a reworded or merged, a split and a dropped outcome."""
    make = draw(st.sampled_from([(LineageAction.MERGED, ("a", "b")), (LineageAction.REWORDED, ("a",))]))
    steps = [
        (*make, ("made",)),
        (LineageAction.KEPT, ("c",), ("c",)),
        (LineageAction.DROPPED, ("d",), ()),
    ]
    return tuple(
        LineageStep("1", *step, draw(TEXT), draw(st.sampled_from(Evidence)), draw(PROVENANCE))
        for step in draw(st.permutations(steps))
    )


def _answers(draw: st.DrawFn) -> tuple[Rating, ...]:
    keys = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(OUTCOMES), st.sampled_from(["one", "two"]))
    answer = st.integers(1, 3).map(lambda score: (score, None)) | st.sampled_from(Missing).map(
        lambda m: (None, m)
    )
    drawn = draw(st.dictionaries(keys, st.tuples(answer, st.booleans()), max_size=6))
    return tuple(Rating("1", *key, *given, late) for key, (given, late) in drawn.items())


def _comments(draw: st.DrawFn) -> tuple[Comment, ...]:
    keys = st.tuples(st.sampled_from("013"), st.sampled_from(PEOPLE), st.none() | st.sampled_from(OUTCOMES))
    texts = draw(st.dictionaries(keys, TEXT, max_size=4))
    return tuple(Comment(*key, text, draw(st.sampled_from(CommentKind))) for key, text in texts.items())


def _wording(draw: st.DrawFn, language: str) -> Wording:
    state = draw(st.sampled_from(TranslationState))
    return Wording(language, "a", draw(ANY_TEXT), draw(ANY_TEXT), draw(ANY_TEXT), state)


def _published(draw: st.DrawFn) -> Published:
    value: int | tuple[str, ...] = draw(
        st.integers(-(10**8), 10**8) | st.lists(ANY_TEXT, max_size=3).map(tuple)
    )
    source = Source("source", draw(ANY_TEXT), draw(ANY_TEXT), draw(ANY_TEXT))
    figures = (
        Figure("f1", FigureMeasure.OUTCOMES_IN, value, "source", True, draw(st.sampled_from(["start", "1"]))),
        Figure("f2", FigureMeasure.NONE, value, "source", False, note=draw(TEXT)),
    )
    return draw(st.sampled_from([Published(), Published((source,)), Published((source,), figures)]))


@st.composite
def studies(draw: st.DrawFn) -> Study:
    """Draw a study."""
    languages = draw(st.lists(st.sampled_from(["cy", "pt-BR"]), unique=True))
    places = draw(st.permutations(OUTCOMES))[:2]
    withdrew = draw(st.none() | st.sampled_from("0123"))
    outcomes = tuple(
        Outcome(code, draw(TEXT), draw(ANY_TEXT), draw(TEXT), draw(PROVENANCE), draw(TEXT), draw(ANY_TEXT))
        for code in draw(st.permutations(OUTCOMES))
    )
    noted = draw(st.lists(st.sampled_from([outcome.domain for outcome in outcomes]), unique=True))
    domains = tuple(Domain(name, draw(ANY_TEXT)) for name in noted)
    return Study(
        protocol=replace(draw(protocols()), domains=domains),
        outcomes=outcomes,
        lineage=draw(lineages()),
        panel=tuple(Panellist(code, draw(st.sampled_from(GROUPS)), "0", withdrew) for code in PEOPLE),
        ratings=_answers(draw),
        rankings=tuple(Ranking("2", "p1", place, code) for place, code in enumerate(places, start=1)),
        ballots=tuple(Vote("3", "final", "p2", place, code) for place, code in enumerate(places, start=1)),
        comments=_comments(draw),
        wordings=tuple(_wording(draw, language) for language in languages),
        texts=tuple(StudyText(language, "rounds.0.label", draw(TEXT)) for language in languages),
        published=_published(draw),
        documents=draw(st.dictionaries(st.sampled_from(["README.md", "synthetic.toml"]), DOCUMENT)),
    )

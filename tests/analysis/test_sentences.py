"""Rules, weights and verdicts in plain English."""

from fractions import Fraction

import pytest

from analysis.consensus.outcome_verdict import TieAtCut
from analysis.sentences import (
    definition_sentences,
    exact_number,
    rule_sentence,
    tie_sentence,
    verdict_sentence,
    weighting_sentence,
)
from analysis.study.rules import (
    BallotMeasure,
    EmptyGroups,
    MeanMeasure,
    Of,
    Rule,
    ShareMeasure,
    ShareRule,
    TopRule,
    TwoListRule,
    Verdict,
)
from analysis.study.weighting import Weighting, WeightScheme
from tests.analysis.builders import (
    COMET_70_15,
    EQUAL_GROUPS,
    UNWEIGHTED,
    WORDS,
    defined,
    multiplier,
    share_test,
)

SEVENTY = (share_test("agree", ">=", 70),)
AGREED = ShareMeasure("agree")


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (
            TwoListRule(Verdict.IN, 40, "survivors", AGREED),
            "In: among the 40 most agreed with overall, or among the 40 most agreed with by survivors.",
        ),
        (
            TopRule(Verdict.OUT, 5, ShareMeasure("neither")),
            "Out: among the 5 most often rated “in between” overall.",
        ),
        (
            TopRule(Verdict.IN, 3, MeanMeasure(), of=Of.GROUP, group="policy"),
            "In: among the 3 with the highest mean score given by NGO staff.",
        ),
        (
            TopRule(Verdict.IN, 6, BallotMeasure("final", (3, 2, 1))),
            "In: among the 6 given most points overall on the ballot “Final top three”.",
        ),
        (
            ShareRule(Verdict.IN, (*SEVENTY, share_test("low", "<", "12.5"))),
            "In: at least 70 % of everyone rated it 7 to 9 (agree) "
            "and less than 12.5 % rated it 1 to 3 (disagree).",
        ),
        (
            ShareRule(Verdict.NONE, (share_test("agree", "<=", 50),), of=Of.GROUP, group="survivors"),
            "No consensus: at most 50 % of survivors rated it 7 to 9 (agree).",
        ),
        (
            ShareRule(Verdict.IN, SEVENTY, of=Of.EVERY),
            "In: in every group at least 70 % rated it 7 to 9 (agree), "
            "and every group has at least 10 answers.",
        ),
        (
            ShareRule(Verdict.IN, SEVENTY, of=Of.AT_LEAST, groups_needed=2, empty_groups=EmptyGroups.IGNORE),
            "In: in at least 2 of the 3 groups at least 70 % rated it 7 to 9 (agree); "
            "groups with fewer than 10 answers are left out.",
        ),
    ],
)
def test_each_rule_reads_as_a_sentence(rule: Rule, sentence: str) -> None:
    assert rule_sentence(rule, minimum_n=10, words=WORDS) == sentence


def test_a_definition_says_what_else_applies_and_what_is_too_few() -> None:
    *_, otherwise, too_few = definition_sentences(COMET_70_15, words=WORDS)
    assert (otherwise, too_few) == ("Otherwise: no consensus.", "Not computable: nobody answered.")


def test_an_outcome_that_no_list_took_is_told_so() -> None:
    definition = defined(TwoListRule(Verdict.IN, 40, "survivors", AGREED), otherwise=Verdict.OUT)
    sentence = verdict_sentence(definition, Verdict.OUT, rule=None, words=WORDS)
    assert sentence == (
        "Out: not among the 40 most agreed with overall, and not among the 40 most agreed with by survivors."
    )


def test_an_outcome_that_no_rule_matched_is_told_so() -> None:
    sentence = verdict_sentence(COMET_70_15, Verdict.NONE, rule=None, words=WORDS)
    assert sentence == "No consensus: none of the 2 rules holds."


def test_what_is_not_computable_says_of_whom_too_few_answered() -> None:
    of_survivors = ShareRule(Verdict.IN, SEVENTY, of=Of.GROUP, group="survivors")
    definition = defined(ShareRule(Verdict.OUT, SEVENTY), of_survivors, minimum_n=3)
    assert definition_sentences(definition, words=WORDS)[-1] == (
        "Not computable: fewer than 3 people answered, or fewer than 3 of survivors."
    )
    said = [verdict_sentence(definition, Verdict.NOT_COMPUTABLE, rule=at, words=WORDS) for at in (0, 1)]
    assert said == [
        "Not computable: fewer than 3 people answered.",
        "Not computable: fewer than 3 of survivors answered.",
    ]


@pytest.mark.parametrize(
    ("weighting", "sentence"),
    [
        (UNWEIGHTED, "Everyone counts once."),
        (EQUAL_GROUPS, "Each group counts the same, however many of its people answered."),
        (multiplier(survivors=2), "Survivors count twice; everyone else counts once."),
        (
            multiplier(survivors="3/2", policy=1),
            "Survivors count 1.5 times; NGO staff count once; everyone else counts once.",
        ),
        (
            Weighting("half", WeightScheme.TARGET_SHARE, {"survivors": Fraction(1, 2)}),
            "Survivors make up 50 % of the whole, however many answered; the others share the rest by head.",
        ),
    ],
)
def test_each_weighting_reads_as_a_sentence(weighting: Weighting, sentence: str) -> None:
    assert weighting_sentence(weighting, words=WORDS) == sentence


def test_a_tie_says_how_long_the_list_became() -> None:
    tie = TieAtCut(0, "survivors", 40, Fraction(1, 2), ("a", "b", "c"), 42)
    assert tie_sentence(tie, words=WORDS) == (
        "3 outcomes tie at place 40 by survivors; all are in, so that the list holds 42."
    )


@pytest.mark.parametrize(
    ("value", "text"), [("70", "70"), ("72.5", "72.5"), ("200/3", "200/3"), ("0.125", "0.125"), ("0", "0")]
)
def test_an_exact_number_is_never_rounded(value: str, text: str) -> None:
    assert exact_number(Fraction(value)) == text

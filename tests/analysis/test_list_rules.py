"""List rules: the top N, the two lists, ties at the cut, points of ballots."""

from fractions import Fraction

import pytest

from analysis.consensus.answers import Answers
from analysis.consensus.evaluate import evaluate
from analysis.consensus.outcome_verdict import Consensus
from analysis.study.rules import (
    BallotMeasure,
    MeanMeasure,
    Of,
    Rule,
    ShareMeasure,
    TopRule,
    TwoListRule,
    Verdict,
)
from analysis.study.weighting import Weighting
from tests.analysis.builders import (
    EQUAL_GROUPS,
    UNWEIGHTED,
    WORDS,
    answers_of_split,
    ballot_answers,
    defined,
    multiplier,
)

AGREED, FINAL = ShareMeasure("agree"), BallotMeasure("final", (3, 2, 1))
# Agree, of 10 in each group. Overall, of 20: home 18, work 14, care 12, art 10, sun 6.
FIVE = {
    "home": {"survivors": (8, 2, 0), "providers": (10, 0, 0)},
    "work": {"survivors": (4, 6, 0), "providers": (10, 0, 0)},
    "care": {"survivors": (6, 4, 0), "providers": (6, 4, 0)},
    "art": {"survivors": (9, 1, 0), "providers": (1, 9, 0)},
    "sun": {"survivors": (5, 5, 0), "providers": (1, 9, 0)},
}


def apply(
    rule: Rule, answers: Answers, *, weighting: Weighting = UNWEIGHTED, minimum_n: int = 1
) -> Consensus:
    definition = defined(rule, otherwise=Verdict.OUT, minimum_n=minimum_n)
    return evaluate(definition, answers, weighting=weighting, words=WORDS)


def chosen(consensus: Consensus) -> list[str]:
    return [verdict.outcome for verdict in consensus.verdicts if verdict.verdict is Verdict.IN]


def test_the_top_two_overall() -> None:
    assert chosen(apply(TopRule(Verdict.IN, 2, AGREED), answers_of_split(FIVE))) == ["home", "work"]


def test_the_top_two_of_a_group_are_its_own() -> None:
    rule = TopRule(Verdict.IN, 2, AGREED, of=Of.GROUP, group="survivors")
    consensus = apply(rule, answers_of_split(FIVE), weighting=multiplier(survivors=5))
    assert chosen(consensus) == ["home", "art"]
    assert (consensus.verdicts[0].k, consensus.verdicts[0].n) == (8, 10)  # the group's, without a weight


def test_two_lists_let_in_what_is_in_the_top_of_either() -> None:
    consensus = apply(TwoListRule(Verdict.IN, 2, "survivors", AGREED), answers_of_split(FIVE))
    assert chosen(consensus) == ["home", "work", "art"]
    standings = {one.group: (one.rank, one.within) for one in consensus.verdicts[3].findings[0].standings}
    assert standings == {None: (4, False), "survivors": (1, True)}


def test_all_that_tie_at_the_cut_are_in_and_the_tie_is_logged() -> None:
    split = {
        code: {"survivors": (agree, 10 - agree, 0)}
        for code, agree in (("a", 9), ("b", 7), ("c", 7), ("d", 2))
    }
    consensus = apply(TopRule(Verdict.IN, 2, AGREED), answers_of_split(split))
    assert chosen(consensus) == ["a", "b", "c"]
    (tie,) = consensus.ties
    assert (tie.size, tie.listed, tie.outcomes, tie.value) == (2, 3, ("b", "c"), Fraction(7, 10))


def test_a_tie_above_the_cut_is_not_logged() -> None:
    split = {code: {"survivors": (agree, 10 - agree, 0)} for code, agree in (("a", 9), ("b", 9), ("c", 7))}
    assert apply(TopRule(Verdict.IN, 2, AGREED), answers_of_split(split)).ties == ()


def test_shares_that_only_floats_tell_apart_tie() -> None:
    # Equal groups: (2/5 + 14/14) / 2 = (7/10 + 7/10) / 2 = 7/10; in floats the first is smaller.
    split = {
        "a": {"survivors": (2, 3, 0), "providers": (14, 0, 0)},
        "b": {"survivors": (7, 3, 0), "providers": (7, 3, 0)},
    }
    consensus = apply(TopRule(Verdict.IN, 1, AGREED), answers_of_split(split), weighting=EQUAL_GROUPS)
    assert chosen(consensus) == ["a", "b"]


def test_weights_change_who_is_in_the_top() -> None:
    # Survivors three times: art (27 + 1) / 40 beats work (12 + 10) / 40 and care 24 / 40.
    rule = TopRule(Verdict.IN, 2, AGREED)
    assert chosen(apply(rule, answers_of_split(FIVE), weighting=multiplier(survivors=3))) == ["home", "art"]


def test_an_outcome_with_too_few_answers_takes_no_place() -> None:
    split = {
        "few": {"survivors": (2, 0, 0)},
        "many": {"survivors": (6, 4, 0)},
        "rest": {"survivors": (5, 5, 0)},
    }
    consensus = apply(TopRule(Verdict.IN, 1, AGREED), answers_of_split(split), minimum_n=5)
    assert [verdict.verdict for verdict in consensus.verdicts] == [
        Verdict.NOT_COMPUTABLE,
        Verdict.IN,
        Verdict.OUT,
    ]


def test_a_group_that_is_too_small_has_no_list_of_its_own() -> None:
    split = {
        "a": {"survivors": (0, 2, 0), "providers": (9, 1, 0)},
        "b": {"survivors": (2, 0, 0), "providers": (1, 9, 0)},
    }
    rule = TwoListRule(Verdict.IN, 1, "survivors", AGREED)
    assert chosen(apply(rule, answers_of_split(split), minimum_n=3)) == ["a"]
    assert chosen(apply(rule, answers_of_split(split), minimum_n=2)) == ["a", "b"]


def test_a_list_longer_than_what_there_is_takes_everything() -> None:
    assert len(chosen(apply(TopRule(Verdict.IN, 40, AGREED), answers_of_split(FIVE)))) == 5


def test_the_mean_score_is_a_measure() -> None:
    # Scores 8, 5, 2. a: (3 * 8 + 3 * 2) / 6 = 5; b: 6 * 5 / 6 = 5; c: (4 * 8 + 2 * 5) / 6 = 7.
    split = {"a": {"survivors": (3, 0, 3)}, "b": {"survivors": (0, 6, 0)}, "c": {"survivors": (4, 2, 0)}}
    consensus = apply(TopRule(Verdict.IN, 1, MeanMeasure()), answers_of_split(split))
    standings = [verdict.findings[0].standings[0] for verdict in consensus.verdicts]
    assert [(one.value, one.rank) for one in standings] == [(5, 2), (5, 2), (7, 1)]


BALLOTS = {"survivors": ["a b c", "b a c"], "providers": ["c b a", "c b", "c a d"]}


def test_ballots_by_points() -> None:
    # 3, 2, 1 points. a: 3 + 2 + 1 + 0 + 2 = 8; b: 2 + 3 + 2 + 2 + 0 = 9; c: 1 + 1 + 3 + 3 + 3 = 11; d: 1.
    answers = ballot_answers(BALLOTS, listed="abcde")
    consensus = apply(TopRule(Verdict.IN, 2, FINAL), answers)
    assert [verdict.k for verdict in consensus.verdicts] == [8, 9, 11, 1, 0]
    assert {verdict.n for verdict in consensus.verdicts} == {5}
    assert chosen(consensus) == ["b", "c"]


def test_ballots_with_weights_and_two_lists() -> None:
    # Survivors four times: a 4 * 5 + 3 = 23, b 4 * 5 + 4 = 24, c 4 * 2 + 9 = 17; their own: a and b tie at 5.
    rule = TwoListRule(Verdict.IN, 1, "survivors", FINAL)
    consensus = apply(rule, ballot_answers(BALLOTS, listed="abcde"), weighting=multiplier(survivors=4))
    assert [verdict.k for verdict in consensus.verdicts][:3] == [23, 24, 17]
    assert chosen(consensus) == ["a", "b"]


def test_an_outcome_that_nobody_named_has_no_points_and_a_verdict() -> None:
    last = apply(
        TopRule(Verdict.IN, 1, FINAL), ballot_answers(BALLOTS, listed="abcde"), minimum_n=5
    ).verdicts[-1]
    assert (last.outcome, last.k, last.verdict) == ("e", 0, Verdict.OUT)


def test_a_list_longer_than_what_was_named_on_the_ballots_takes_no_more_than_that() -> None:
    # Three outcomes were named for four places; the five without a point tie at the cut, but with nothing.
    answers = ballot_answers({"survivors": ["a"], "providers": ["a b", "c"]}, listed="abcdefgh")
    assert chosen(apply(TopRule(Verdict.IN, 4, FINAL), answers)) == ["a", "b", "c"]
    consensus = apply(TwoListRule(Verdict.IN, 2, "survivors", FINAL), answers)
    assert chosen(consensus) == ["a", "c"]
    assert consensus.ties == ()


def test_a_list_of_one_group_is_not_computable_where_too_few_of_it_answered() -> None:
    split = {"a": {"survivors": (1, 0, 0), "providers": (9, 0, 0)}}
    rule = TopRule(Verdict.IN, 1, AGREED, of=Of.GROUP, group="survivors")
    verdict = apply(rule, answers_of_split(split), minimum_n=2).verdicts[0]
    assert (verdict.verdict, verdict.n) == (Verdict.NOT_COMPUTABLE, 1)


def test_a_measure_without_its_answers_is_refused() -> None:
    with pytest.raises(ValueError, match="ballot"):
        apply(TopRule(Verdict.IN, 1, BallotMeasure("other", (1,))), ballot_answers(BALLOTS, listed="abcde"))
    with pytest.raises(ValueError, match="no ratings"):
        apply(TopRule(Verdict.IN, 1, AGREED), ballot_answers(BALLOTS, listed="abcde"))

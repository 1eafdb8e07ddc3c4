"""Small answers to work out by hand: how many of each group agree, are in between, or disagree."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from analysis.consensus.answers import Answers
from analysis.counts import ResponseCounts
from analysis.sentences import Words
from analysis.study.rules import Comparator, ConsensusDefinition, Rule, ShareRule, ShareTest, Verdict
from analysis.study.scale import Box
from analysis.study.weighting import Weighting, WeightScheme

AGREE, NEITHER, DISAGREE = (
    Box("agree", 7, 9, "agree"),
    Box("neither", 4, 6, "in between"),
    Box("low", 1, 3, "disagree"),
)
BOXES = {box.code: box for box in (AGREE, NEITHER, DISAGREE)}
SCALE_POINTS = range(1, 10)
WORDS = Words(
    groups={"survivors": "Survivors", "providers": "Service providers", "policy": "NGO staff"},
    boxes=BOXES,
    ballots={"final": "Final top three"},
)
EQUAL_GROUPS = Weighting("equal", WeightScheme.EQUAL_GROUPS)
UNWEIGHTED = Weighting("none", WeightScheme.NONE)

# outcome → group → (agree, in between, disagree)
Split = Mapping[str, Mapping[str, tuple[int, int, int]]]


def counts_of(split: Split) -> ResponseCounts:
    """Scores of 8, 5 and 2."""
    groups = tuple(dict.fromkeys(group for by_group in split.values() for group in by_group))
    rows = [
        (group, outcome, score, None, number)
        for outcome, by_group in split.items()
        for group, numbers in by_group.items()
        for score, number in zip((8, 5, 2), numbers, strict=True)
    ]
    return ResponseCounts.from_rows(rows, groups=groups, outcomes=tuple(split), categories=SCALE_POINTS)


def answers_of_split(split: Split) -> Answers:
    counts = counts_of(split)
    return Answers(counts.groups, counts.outcomes, ratings=counts, boxes=BOXES)


def ballot_answers(votes: Mapping[str, Sequence[str]], *, listed: Sequence[str], places: int = 3) -> Answers:
    """`votes`: group → ballots as "first second third"."""
    rows = [
        (group, outcome, place, None, 1)
        for group, ballots in votes.items()
        for ballot in ballots
        for place, outcome in enumerate(ballot.split(), start=1)
    ]
    counted = ResponseCounts.from_rows(
        rows, groups=tuple(votes), outcomes=tuple(listed), categories=range(1, places + 1)
    )
    return Answers(tuple(votes), tuple(listed), ballots={"final": counted})


def share_test(box: str, comparator: str, percent: int | str) -> ShareTest:
    return ShareTest(box, Comparator(comparator), Fraction(percent))


def defined(*rules: Rule, otherwise: Verdict = Verdict.NONE, minimum_n: int = 1) -> ConsensusDefinition:
    return ConsensusDefinition("made", rules, otherwise=otherwise, minimum_n=minimum_n)


def multiplier(**factors: int | str) -> Weighting:
    return Weighting("factors", WeightScheme.MULTIPLIER, {group: Fraction(f) for group, f in factors.items()})


COMET_70_15 = defined(
    ShareRule(Verdict.IN, (share_test("agree", ">=", 70), share_test("low", "<", 15))),
    ShareRule(Verdict.OUT, (share_test("low", ">=", 70), share_test("agree", "<", 15))),
)

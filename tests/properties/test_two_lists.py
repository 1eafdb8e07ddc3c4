"""The two-list rule on values is the two-list rule of a consensus definition."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from analysis.consensus.evaluate import evaluate
from analysis.consensus.outcome_verdict import Consensus
from analysis.ranking import two_list
from analysis.ranking.two_lists import TwoListResult
from analysis.study.rules import BallotMeasure, ShareMeasure, TwoListRule, Verdict
from tests.analysis.builders import UNWEIGHTED, WORDS, answers_of_split, ballot_answers, defined

CELLS = st.one_of(st.just((0, 0, 0)), st.tuples(st.integers(0, 3), st.integers(0, 3), st.just(0)))
SPLITS = st.lists(st.fixed_dictionaries({"survivors": CELLS, "providers": CELLS}), min_size=1, max_size=9)
BALLOTS = st.lists(st.permutations("abcdef").map(lambda listed: " ".join(listed[:3])), max_size=5)
POINTS = (3, 2, 1)


def assert_same(result: TwoListResult, consensus: Consensus) -> None:
    verdicts = consensus.verdicts
    assert result.selected == tuple(
        at for at, verdict in enumerate(verdicts) if verdict.verdict is Verdict.IN
    )
    codes = [verdict.outcome for verdict in verdicts]
    ties = {tie.group: (tie.outcomes, tie.value) for tie in consensus.ties}
    for group, tied, cut in (
        (None, result.ties_overall, result.cut_overall),
        ("survivors", result.ties_group, result.cut_group),
    ):
        assert ties.get(group) == ((tuple(codes[at] for at in tied), cut) if tied else None)


def share(cells: list[tuple[int, int, int]]) -> Fraction | None:
    people = sum(map(sum, cells))
    return Fraction(sum(agree for agree, _, _ in cells), people) if people else None


@given(SPLITS, st.integers(1, 6))
def test_it_agrees_on_shares(split: list[dict[str, tuple[int, int, int]]], size: int) -> None:
    answers = answers_of_split({f"o{at}": cells for at, cells in enumerate(split)})
    definition = defined(TwoListRule(Verdict.IN, size, "survivors", ShareMeasure("agree")))
    consensus = evaluate(definition, answers, weighting=UNWEIGHTED, words=WORDS)
    overall = [share(list(cells.values())) for cells in split]
    of_group = [share([cells["survivors"]]) for cells in split]
    result = two_list(overall, of_group, size)
    assert_same(result, consensus)
    for at, verdict in enumerate(consensus.verdicts):
        within = {standing.group: standing.within for standing in verdict.findings[0].standings}
        assert within == {None: result.in_overall[at], "survivors": result.in_group[at]}


def points(ballots: list[str]) -> list[int | None]:
    """None for an outcome that nobody named: it is on no list."""
    return [
        sum(POINTS[ballot.split().index(code)] for ballot in ballots if code in ballot) or None
        for code in "abcdef"
    ]


@given(BALLOTS, BALLOTS, st.integers(1, 7))
def test_it_agrees_on_ballots(survivors: list[str], providers: list[str], size: int) -> None:
    answers = ballot_answers({"survivors": survivors, "providers": providers}, listed="abcdef")
    definition = defined(TwoListRule(Verdict.IN, size, "survivors", BallotMeasure("final", POINTS)))
    consensus = evaluate(definition, answers, weighting=UNWEIGHTED, words=WORDS)
    assert_same(two_list(points(survivors + providers), points(survivors), size), consensus)


VALUES = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=10)


@given(VALUES, st.integers(1, 6), st.randoms(use_true_random=False))
def test_outcomes_may_come_in_any_order(values: list[tuple[int, int]], n: int, random: object) -> None:
    order = list(range(len(values)))
    random.shuffle(order)  # type: ignore[attr-defined]
    overall, group = zip(*values, strict=True)
    moved = two_list([overall[at] for at in order], [group[at] for at in order], n)
    assert {order[at] for at in moved.selected} == set(two_list(overall, group, n).selected)


@given(VALUES, st.integers(1, 6))
def test_a_list_is_as_long_as_it_may_be_and_longer_only_by_a_tie(
    values: list[tuple[int, int]], n: int
) -> None:
    result = two_list(*zip(*values, strict=True), n)
    for listed, tied in ((result.in_overall, result.ties_overall), (result.in_group, result.ties_group)):
        assert listed.sum() >= min(n, len(values))
        assert (listed.sum() > n) == bool(tied)
        assert listed.sum() - len(tied) < n or not tied

"""Who is on a list, whatever the answers."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.consensus.evaluate import evaluate
from analysis.study.rules import ShareMeasure, TopRule, Verdict
from tests.analysis.builders import UNWEIGHTED, WORDS, Split, answers_of_split, defined

SHARES = st.lists(st.integers(0, 6), min_size=1, max_size=12)


def chosen(rule: TopRule, *, split: Split) -> list[str]:
    definition = defined(rule, otherwise=Verdict.OUT)
    consensus = evaluate(definition, answers_of_split(split), weighting=UNWEIGHTED, words=WORDS)
    return [verdict.outcome for verdict in consensus.verdicts if verdict.verdict is Verdict.IN]


@given(SHARES, st.integers(1, 12))
def test_the_order_of_outcomes_does_not_matter_and_a_list_is_never_too_short(
    shares: list[int], size: int
) -> None:
    split = {f"o{at}": {"survivors": (agree, 6 - agree, 0)} for at, agree in enumerate(shares)}
    backwards = dict(reversed(list(split.items())))
    rule = TopRule(Verdict.IN, size, ShareMeasure("agree"))
    first, second = (chosen(rule, split=one) for one in (split, backwards))
    assert set(first) == set(second)
    assert len(first) >= min(size, len(shares))

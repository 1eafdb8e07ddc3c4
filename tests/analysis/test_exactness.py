"""Thresholds in exact arithmetic: decimals as written, and equal groups that are exactly at 70 %."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest

from analysis.consensus.evaluate import evaluate
from analysis.consensus.verdict_codes import VERDICTS, verdict_codes
from analysis.exactness import exact_fraction
from analysis.study.rules import ShareRule, Verdict
from tests.analysis.builders import (
    BOXES,
    EQUAL_GROUPS,
    SCALE_POINTS,
    WORDS,
    answers_of_split,
    counts_of,
    defined,
    share_test,
)

AT_LEAST_70 = defined(ShareRule(Verdict.IN, (share_test("agree", ">=", 70),)))


def exactly_70(largest: int) -> Iterator[tuple[int, int, int, int]]:
    """Each (n1, k1, n2, k2) with k1/n1 + k2/n2 = 1.4: two equal groups, 70 % together."""
    sizes = range(1, largest + 1)
    for n1, n2 in product(sizes, sizes):
        for k1 in range(n1 + 1):
            k2 = (Fraction(7, 5) - Fraction(k1, n1)) * n2
            if k2.denominator == 1 and 0 <= k2 <= n2:
                yield n1, k1, n2, int(k2)


def summed(weight: float, people: int) -> float:
    total = 0.0
    for _ in range(people):
        total += weight
    return total


def falls_short(n1: int, k1: int, n2: int, k2: int) -> bool:
    """Whether adding one person's weight after the other, 1/(2 n) each, ends below 0.7."""
    return summed(1 / (2 * n1), k1) + summed(1 / (2 * n2), k2) < 0.7


@pytest.mark.parametrize(
    ("written", "exact"),
    [(0.7, "7/10"), (0.1, "1/10"), (1e-9, "1/1000000000"), ("0.35", "7/20"), (2, "2"), (2.0, "2")],
)
def test_a_decimal_is_what_it_says(written: float | str, exact: str) -> None:
    assert exact_fraction(written) == Fraction(exact)


def test_a_fraction_stays_what_it_is() -> None:
    assert exact_fraction(Fraction(1, 3)) == Fraction(1, 3)


def test_2_of_5_and_14_of_14_is_70_percent_and_a_sum_of_floats_is_not() -> None:
    assert falls_short(5, 2, 14, 14)
    assert summed(0.1, 2) + summed(1 / 28, 14) == 0.69999999999999984
    assert sum(falls_short(*one) for one in exactly_70(30)) == 130


def test_equal_groups_at_exactly_70_percent_are_in() -> None:
    cases = list(exactly_70(30))
    split = {
        f"o{at}": {"survivors": (k1, n1 - k1, 0), "providers": (k2, n2 - k2, 0)}
        for at, (n1, k1, n2, k2) in enumerate(cases)
    }
    found = evaluate(AT_LEAST_70, answers_of_split(split), weighting=EQUAL_GROUPS, words=WORDS)
    assert {one.verdict for one in found.verdicts} == {Verdict.IN}
    counts = counts_of(split)
    codes = verdict_codes(
        *(AT_LEAST_70, counts.counts),
        categories=SCALE_POINTS,
        boxes=BOXES,
        groups=counts.groups,
        weighting=EQUAL_GROUPS,
    )
    assert {VERDICTS[code] for code in codes} == {Verdict.IN}
    assert len(codes) == len(cases) == 631


def test_equal_groups_just_below_70_percent_are_not_in() -> None:
    # 1 of 1 beside 16 000 of 40 000 is 70 %; with one person fewer it is 1.25e-5 below.
    split = {"o": {"survivors": (1, 0, 0), "providers": (15999, 24001, 0)}}
    found = evaluate(AT_LEAST_70, answers_of_split(split), weighting=EQUAL_GROUPS, words=WORDS)
    assert found.verdicts[0].verdict is Verdict.NONE
    counts = counts_of(split)
    codes = verdict_codes(
        *(AT_LEAST_70, counts.counts),
        categories=SCALE_POINTS,
        boxes=BOXES,
        groups=counts.groups,
        weighting=EQUAL_GROUPS,
    )
    assert VERDICTS[codes[0]] is Verdict.NONE

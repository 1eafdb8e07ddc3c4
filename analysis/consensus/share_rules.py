"""Share rules: thresholds held against exact shares, of all or of groups."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from analysis.consensus.answers import Answers
from analysis.consensus.outcome_verdict import Finding, ShareCheck
from analysis.shares import GroupTally, Pooler
from analysis.study.rules import EmptyGroups, Of, ShareMeasure, ShareRule, ShareTest


def apply_share_rule(rule: ShareRule, answers: Answers, *, pooler: Pooler, minimum_n: int) -> list[Finding]:
    """Return what `rule` comes to for each outcome of `answers`.

    A group with fewer than `minimum_n` answers about an outcome is empty: under `block` a rule over
    groups does not hold while there is one, whatever the others say; under `ignore` it is as if it were not
    among the groups, and a rule that is left with none does not hold. A rule on one group that is empty
    is not computable. Every test must hold in the same group.
    """
    tallies = [answers.tally(ShareMeasure(test.box)) for test in rule.tests]
    return [
        _finding(rule, tallies, place, pooler=pooler, minimum_n=minimum_n)
        for place in range(len(answers.outcomes))
    ]


def _finding(
    rule: ShareRule, tallies: list[GroupTally], place: int, *, pooler: Pooler, minimum_n: int
) -> Finding:
    pooled = [pooler.pool(tally.k[place], tally.n[place]) for tally in tallies]
    if rule.of is Of.POOLED:
        checks = [
            _check(test, None, one.k, one.n, minimum=0) for test, one in zip(rule.tests, pooled, strict=True)
        ]
    else:
        checks = list(_checks_of_groups(rule, tallies, place, groups=pooler.groups, minimum_n=minimum_n))
    if rule.group is not None:
        k, n = checks[0].k, checks[0].n
        computable = checks[0].holds is not None
        heads = int(n)
    else:
        k, n, heads = pooled[0].k, pooled[0].n, pooled[0].heads
        computable = heads >= minimum_n and pooled[0].n_times > 0
    holds = computable and _groups_agree(rule, checks)
    return Finding(holds, computable, k, n, heads, pooled[0].weights, checks=tuple(checks))


def _checks_of_groups(
    rule: ShareRule, tallies: list[GroupTally], place: int, *, groups: Sequence[str], minimum_n: int
) -> Iterator[ShareCheck]:
    for at, group in enumerate(groups):
        if rule.group in (None, group):
            for test, tally in zip(rule.tests, tallies, strict=True):
                k, n = Fraction(tally.k[place][at]), Fraction(tally.n[place][at])
                yield _check(test, group, k, n, minimum=minimum_n)


def _check(test: ShareTest, group: str | None, k: Fraction, n: Fraction, *, minimum: int) -> ShareCheck:
    asked = n > 0 and n >= minimum
    holds = test.comparator.holds(100 * k, test.percent * n) if asked else None
    return ShareCheck(group, test.box, k, n, test.comparator, test.percent, holds)


def _groups_agree(rule: ShareRule, checks: list[ShareCheck]) -> bool:
    by_group: dict[str | None, list[bool | None]] = {}
    for check in checks:
        by_group.setdefault(check.group, []).append(check.holds)
    answered = [all(holds) for holds in by_group.values() if None not in holds]
    some_empty = len(answered) < len(by_group)
    if not answered or (some_empty and rule.empty_groups is EmptyGroups.BLOCK):
        return False
    needed = {Of.ANY: 1, Of.AT_LEAST: rule.groups_needed or 1}
    return sum(answered) >= needed.get(rule.of, len(answered))

"""List rules: the top N overall, of a group, or of either, with all ties at the cut included."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from analysis.consensus.answers import Answers
from analysis.consensus.outcome_verdict import Finding, Standing, TieAtCut
from analysis.shares import GroupTally, Pooled, Pooler, share
from analysis.study.rules import BallotMeasure, Of, TopRule, TwoListRule


@dataclass(frozen=True, slots=True)
class _List:
    standings: list[Standing]
    tie: TieAtCut | None


def apply_list_rule(
    rule: TopRule | TwoListRule, answers: Answers, *, place: int, pooler: Pooler, minimum_n: int
) -> tuple[list[Finding], list[TieAtCut]]:
    """Return what `rule`, the definition's number `place`, comes to for each outcome, and its ties.

    An outcome about which fewer than `minimum_n` answered has no place in the list concerned and takes
    none away; so the list of a group that is too small is empty. On a ballot the people are those
    who cast it, so an outcome that nobody named has zero points, and is in no list.
    """
    tally = answers.tally(rule.measure)
    ballot = isinstance(rule.measure, BallotMeasure)
    pooled = [pooler.pool(k, n) for k, n in zip(tally.k, tally.n, strict=True)]
    lists = [
        _list(
            _values(tally, pooled, group=group, ballot=ballot, minimum_n=minimum_n),
            answers.outcomes,
            group,
            rule.size,
            place,
            nothing_counts=not ballot,
        )
        for group in _lists_of(rule)
    ]
    findings = [
        _finding(rule, tally, one, [listed.standings[at] for listed in lists], at=at, minimum_n=minimum_n)
        for at, one in enumerate(pooled)
    ]
    return findings, [listed.tie for listed in lists if listed.tie]


def _lists_of(rule: TopRule | TwoListRule) -> tuple[str | None, ...]:
    if isinstance(rule, TwoListRule):
        return None, rule.group
    return (rule.group if rule.of is Of.GROUP else None,)


def _values(
    tally: GroupTally, pooled: list[Pooled], *, group: str | None, ballot: bool, minimum_n: int
) -> list[Fraction | None]:
    if group is None:
        return [
            (one.k if ballot else one.ratio) if one.n_times and one.heads >= minimum_n else None
            for one in pooled
        ]
    at = tally.groups.index(group)
    sums = [(k[at], n[at]) for k, n in zip(tally.k, tally.n, strict=True)]
    return [(Fraction(k) if ballot else share(k, n)) if n >= minimum_n else None for k, n in sums]


def _list(
    values: Sequence[Fraction | None],
    outcomes: Sequence[str],
    group: str | None,
    size: int,
    place: int,
    *,
    nothing_counts: bool,
) -> _List:
    falling = sorted((value for value in values if value is not None), reverse=True)
    if not falling:
        return _List([Standing(group, None, None, within=False) for _ in values], None)
    cut = falling[min(size, len(falling)) - 1]
    ranks: dict[Fraction, int] = {}
    for rank, value in enumerate(falling, start=1):
        ranks.setdefault(value, rank)
    within = [value is not None and value >= cut and (value > 0 or nothing_counts) for value in values]
    standings = [
        Standing(group, value, None if value is None else ranks[value], inside)
        for value, inside in zip(values, within, strict=True)
    ]
    listed = sum(within)
    at_cut = tuple(code for code, value in zip(outcomes, values, strict=True) if value == cut)
    return _List(standings, TieAtCut(place, group, size, cut, at_cut, listed) if listed > size else None)


def _finding(
    rule: TopRule | TwoListRule,
    tally: GroupTally,
    pooled: Pooled,
    standings: list[Standing],
    *,
    at: int,
    minimum_n: int,
) -> Finding:
    k, n, heads = pooled.k, pooled.n, pooled.heads
    if isinstance(rule, TopRule) and rule.group is not None:
        group = tally.groups.index(rule.group)
        k, n, heads = Fraction(tally.k[at][group]), Fraction(tally.n[at][group]), tally.n[at][group]
    computable = heads >= minimum_n and n > 0
    holds = computable and any(standing.within for standing in standings)
    return Finding(holds, computable, k, n, heads, pooled.weights, standings=tuple(standings))

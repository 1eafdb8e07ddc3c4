"""The weight of a group at which an outcome's verdict changes, in closed form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from analysis.consensus.answers import Answers
from analysis.counts import ResponseCounts
from analysis.study.rules import (
    ConsensusDefinition,
    EmptyGroups,
    Of,
    ShareMeasure,
    ShareRule,
    ShareTest,
    Verdict,
)
from analysis.study.scale import Box


@dataclass(frozen=True, slots=True)
class WeightRange:
    """Weights of the group from `low` to `high` (None: without end) that give `verdict`."""

    low: Fraction
    high: Fraction | None
    verdict: Verdict
    holds_low: bool
    holds_high: bool

    def holds(self, weight: Fraction) -> bool:
        """Say whether `weight` is in the range."""
        above = weight > self.low or (weight == self.low and self.holds_low)
        return above and (
            self.high is None or weight < self.high or (weight == self.high and self.holds_high)
        )


@dataclass(frozen=True, slots=True)
class FlipWeight:
    """One outcome: its verdict for every weight of the group from 0 up, as ranges in rising order."""

    outcome: str
    ranges: tuple[WeightRange, ...]

    @property
    def flips(self) -> tuple[Fraction, ...]:
        """The weights at which the verdict changes."""
        return tuple(sorted({one.low for one in self.ranges[1:]}))

    def at(self, weight: Fraction) -> WeightRange:
        """Return the range that `weight` is in; ValueError for a negative one."""
        for one in self.ranges:
            if one.holds(weight):
                return one
        raise ValueError(f"weight: {weight}, expected 0 or more")


@dataclass(frozen=True, slots=True)
class _Sums:
    """One outcome: those in each box and all who rated, by group."""

    in_box: Mapping[str, tuple[int, ...]]
    n: tuple[int, ...]
    place: int  # of the group whose weight moves
    minimum_n: int

    def margin(self, test: ShareTest) -> tuple[int, int]:
        """Return whole numbers (a, b): the test compares a + b k with 0, where k is the weight."""
        many, of = 100 * test.percent.denominator, test.percent.numerator
        parts = [many * k - of * n for k, n in zip(self.in_box[test.box], self.n, strict=True)]
        moving = parts[self.place]
        return sum(parts) - moving, moving


def flip_weight(
    counts: ResponseCounts,
    group: str,
    rule: ConsensusDefinition | ShareRule,
    *,
    boxes: Mapping[str, Box],
) -> tuple[FlipWeight, ...]:
    """Say for which weights of one group each outcome has which verdict, everyone else counting once.

    Parameters
    ----------
    counts : of one criterion of a rating round.
    group : the group whose multiplier is moved from 0 upwards.
    rule : a consensus definition of share rules, or one share rule (its verdict where it holds, else none).
    boxes : the scale's boxes, by code.

    Returns
    -------
    One `FlipWeight` an outcome, exact.

    Raises
    ------
    ValueError
        For an unknown group or box, or a rule on lists, where each outcome's verdict depends on all the
        others: see `analysis.sensitivity.verdicts_by_weight`.

    Notes
    -----
    With a of n agreeing in the group and b of m elsewhere, the share at weight k is (k a + b) / (k n + m). It
    moves one way only, from b / m to a / n, so it meets a threshold t at most once, at k = (t m - b) / (a - t
    n). The verdict can change at these weights and nowhere else. Rules on single groups do not move.
    """
    definition = rule if isinstance(rule, ConsensusDefinition) else ConsensusDefinition("one_rule", (rule,))
    if group not in counts.groups:
        raise ValueError(f"group: {group!r} is not one of {', '.join(counts.groups)}")
    rules = [one for one in definition.rules if isinstance(one, ShareRule)]
    if len(rules) < len(definition.rules):
        raise ValueError("rule: a list compares outcomes, so no weight of one outcome alone flips it")
    answers = Answers(counts.groups, counts.outcomes, ratings=counts, boxes=boxes)
    tallies = {test.box: answers.tally(ShareMeasure(test.box)) for one in rules for test in one.tests}
    n = [tuple(column) for column in counts.n.T.tolist()]
    place = counts.groups.index(group)
    found = []
    for at, outcome in enumerate(counts.outcomes):
        in_box = {box: tally.k[at] for box, tally in tallies.items()}
        sums = _Sums(in_box, n[at], place, definition.minimum_n)
        found.append(FlipWeight(outcome, tuple(_ranges(definition, rules, sums, counts.groups))))
    return tuple(found)


def _ranges(
    definition: ConsensusDefinition, rules: list[ShareRule], sums: _Sums, groups: tuple[str, ...]
) -> Iterator[WeightRange]:
    """Look at each weight where something can change, and between each two of them; join what is the same."""
    stops = sorted({Fraction(0), *_crossings(rules, sums)})
    between = [(low + high) / 2 for low, high in pairwise(stops)] + [stops[-1] + 1]
    pieces: list[WeightRange] = []
    for stop, inside, end in zip(stops, between, [*stops[1:], None], strict=True):
        for low, high, weight, closed in ((stop, stop, stop, True), (stop, end, inside, False)):
            verdict = _verdict(definition, rules, sums, groups, weight)
            if pieces and pieces[-1].verdict is verdict:
                last = pieces.pop()
                pieces.append(WeightRange(last.low, high, verdict, last.holds_low, closed))
            else:
                pieces.append(WeightRange(low, high, verdict, closed, closed))
    yield from pieces


def _crossings(rules: list[ShareRule], sums: _Sums) -> Iterator[Fraction]:
    for rule in rules:
        for test in rule.tests if rule.of is Of.POOLED else ():
            fixed, moving = sums.margin(test)
            if fixed * moving < 0:
                yield Fraction(-fixed, moving)


def _verdict(
    definition: ConsensusDefinition,
    rules: list[ShareRule],
    sums: _Sums,
    groups: tuple[str, ...],
    weight: Fraction,
) -> Verdict:
    heads = sum(sums.n)
    weighted = heads - sums.n[sums.place] + weight * sums.n[sums.place]
    enough = heads >= sums.minimum_n and weighted > 0
    for rule in rules:
        asked = enough if rule.group is None else _is_asked(sums, groups.index(rule.group))
        if not asked:
            return Verdict.NOT_COMPUTABLE
        if _holds(rule, sums, groups, weight):
            return rule.verdict
    return definition.otherwise


def _is_asked(sums: _Sums, at: int) -> bool:
    return sums.n[at] >= max(1, sums.minimum_n)


def _holds(rule: ShareRule, sums: _Sums, groups: tuple[str, ...], weight: Fraction) -> bool:
    if rule.of is Of.POOLED:
        margins = ((test, *sums.margin(test)) for test in rule.tests)
        many, of = weight.denominator, weight.numerator
        return all(test.comparator.holds(fixed * many + moving * of, 0) for test, fixed, moving in margins)
    asked = [at for at in range(len(groups)) if rule.group in (None, groups[at]) and _is_asked(sums, at)]
    passed = [all(_passes(test, sums, at) for test in rule.tests) for at in asked]
    blocked = rule.group is None and rule.empty_groups is EmptyGroups.BLOCK and len(asked) < len(groups)
    needed = {Of.ANY: 1, Of.AT_LEAST: rule.groups_needed or 1}.get(rule.of, len(passed))
    return bool(passed) and not blocked and sum(passed) >= needed


def _passes(test: ShareTest, sums: _Sums, at: int) -> bool:
    return test.comparator.holds(100 * sums.in_box[test.box][at], test.percent * sums.n[at])

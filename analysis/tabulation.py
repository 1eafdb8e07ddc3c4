"""A round's figures for each outcome, by group and over all, with small groups hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from analysis.consensus.answers import Answers
from analysis.counts import MISSING_KINDS
from analysis.disclosure import Hidden, hidden_figures
from analysis.shares import GroupTally, Pooler, share
from analysis.study.protocol import Protocol
from analysis.study.records import Missing
from analysis.study.rounds import Round
from analysis.study.rules import BallotMeasure, MeanMeasure, Rule, ShareMeasure, ShareRule
from analysis.study.weighting import UNWEIGHTED


@dataclass(frozen=True, slots=True)
class Column:
    """What is counted: a box of the scale, or a ballot; `points` where a rule gives its places points."""

    code: str
    label: str
    low: int | None = None
    high: int | None = None
    points: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """One group on one outcome. All mappings are by column code.

    `n`: those who rated it (workshop: who voted). `n_of`: those who answered for that column. `k`: those
    in the box, or who named it on the ballot. `share`: k of `n_of`, None where that is 0. `points`: of a
    ballot that has them. `mean`: of the scores. `missing`: empty also where n is 0 and fewer than the
    smallest shown group said why. Where `suppressed`, n and mean are None, the mappings empty.
    """

    group: str
    n: int | None
    n_of: Mapping[str, int] = field(default_factory=dict)
    k: Mapping[str, int] = field(default_factory=dict)
    share: Mapping[str, Fraction | None] = field(default_factory=dict)
    points: Mapping[str, int] = field(default_factory=dict)
    mean: Fraction | None = None
    missing: Mapping[Missing, int] = field(default_factory=dict)
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class PooledFigures:
    """All groups on one outcome, under one weighting, exact; the same fields as of a group."""

    n: Fraction | None
    n_of: Mapping[str, Fraction] = field(default_factory=dict)
    k: Mapping[str, Fraction] = field(default_factory=dict)
    share: Mapping[str, Fraction | None] = field(default_factory=dict)
    points: Mapping[str, Fraction] = field(default_factory=dict)
    mean: Fraction | None = None
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeFigures:
    """One outcome: each group, all unweighted and all weighted, side by side."""

    groups: tuple[GroupFigures, ...]
    unweighted: PooledFigures
    weighted: PooledFigures


def columns_of(protocol: Protocol, round_: Round) -> tuple[Column, ...]:
    """Return the boxes of a rating round's scale, or a workshop's ballots with the points of its rules."""
    if round_.scale:
        boxes = protocol.scale_of(round_).boxes
        return tuple(Column(box.code, box.label, box.low, box.high) for box in boxes)
    definition = protocol.definition_of(round_)
    rules = definition.rules if definition else ()
    measures = [rule.measure for rule in rules if not isinstance(rule, ShareRule)]
    points = {measure.ballot: measure.points for measure in measures if isinstance(measure, BallotMeasure)}
    return tuple(Column(b.code, b.label, points=points.get(b.code, ())) for b in round_.ballots)


def columns_of_rules(columns: Sequence[Column], rules: Sequence[Rule]) -> list[Column]:
    """Return the columns that the rules look at: boxes that they test, ballots that have points."""
    boxes = {test.box for rule in rules if isinstance(rule, ShareRule) for test in rule.tests}
    measures = [rule.measure for rule in rules if not isinstance(rule, ShareRule)]
    boxes |= {measure.box for measure in measures if isinstance(measure, ShareMeasure)}
    return [column for column in columns if column.code in boxes or column.points]


def tabulate(
    protocol: Protocol, round_: Round, answers: Answers, *, columns: Sequence[Column]
) -> tuple[OutcomeFigures, ...]:
    """Return the figures of each outcome of `answers`, in its order."""
    tallies = _Tallies.of(answers, columns)
    unweighted = Pooler(UNWEIGHTED, answers.groups)
    weighted = Pooler(protocol.weights_of(round_), answers.groups)
    minimum = protocol.feedback.minimum_group_size
    rows = []
    for place in range(len(answers.outcomes)):
        hidden = _hidden(tallies.numbers(place), weighted, minimum=minimum)
        groups = tuple(
            tallies.group(at, place, hidden=hidden, minimum=minimum) for at in range(len(answers.groups))
        )
        plain = tallies.pooled(place, unweighted, suppressed=hidden.everything)
        with_weights = tallies.pooled(place, weighted, suppressed=hidden.weighted)
        rows.append(OutcomeFigures(groups, plain, with_weights))
    return tuple(rows)


def _hidden(numbers: set[tuple[int, ...]], pooler: Pooler, *, minimum: int) -> Hidden:
    """Return what no one of `numbers`, the people by group behind one column each, lets us show."""
    found = [
        hidden_figures(dict(zip(pooler.groups, n, strict=True)), minimum=minimum, weights=pooler.weights(n))
        for n in numbers
    ]
    return Hidden(
        groups=frozenset().union(*(one.groups for one in found)),
        weighted=any(one.weighted for one in found),
        everything=any(one.everything for one in found),
    )


@dataclass(frozen=True, slots=True)
class _Tallies:
    """What was counted for each column, the points of those that have them, and the sums of scores."""

    groups: tuple[str, ...]
    counted: Mapping[str, GroupTally]
    points: Mapping[str, GroupTally]
    scores: GroupTally | None
    missing: Sequence[Sequence[Sequence[int]]]

    @classmethod
    def of(cls, answers: Answers, columns: Sequence[Column]) -> "_Tallies":
        if answers.ratings is None:
            places = {column.code: answers.ballots[column.code].categories for column in columns}
            counted = {code: answers.points(code, (1,) * len(every)) for code, every in places.items()}
            points = {
                column.code: answers.points(column.code, column.points) for column in columns if column.points
            }
            return cls(answers.groups, counted, points, None, ())
        counted = {column.code: answers.tally(ShareMeasure(column.code)) for column in columns}
        missing = answers.ratings.missing.tolist()
        return cls(answers.groups, counted, {}, answers.tally(MeanMeasure()), missing)

    def numbers(self, place: int) -> set[tuple[int, ...]]:
        tallies = (*self.counted.values(), *([self.scores] if self.scores else []))
        return {tally.n[place] for tally in tallies}

    def group(self, at: int, place: int, *, hidden: Hidden, minimum: int) -> GroupFigures:
        group = self.groups[at]
        if group in hidden.groups:
            return GroupFigures(group, None, suppressed=True)
        n_of = {code: tally.n[place][at] for code, tally in self.counted.items()}
        k = {code: tally.k[place][at] for code, tally in self.counted.items()}
        n = max(numbers[at] for numbers in self.numbers(place))
        return GroupFigures(
            group=group,
            n=n,
            n_of=n_of,
            k=k,
            share={code: share(number, n_of[code]) for code, number in k.items()},
            points={code: tally.k[place][at] for code, tally in self.points.items()},
            mean=share(self.scores.k[place][at], self.scores.n[place][at]) if self.scores else None,
            missing=self._missing(at, place, scored=n, minimum=minimum),
        )

    def _missing(self, at: int, place: int, *, scored: int, minimum: int) -> dict[Missing, int]:
        """Return why there is no score; nothing where too few answered at all, however they did."""
        if not self.missing or 0 < scored + sum(self.missing[at][place]) < minimum:
            return {}
        return dict(zip(MISSING_KINDS, self.missing[at][place], strict=True))

    def pooled(self, place: int, pooler: Pooler, *, suppressed: bool) -> PooledFigures:
        if suppressed:
            return PooledFigures(None, suppressed=True)
        counted = {code: pooler.pool(tally.k[place], tally.n[place]) for code, tally in self.counted.items()}
        points = {code: pooler.pool(tally.k[place], tally.n[place]) for code, tally in self.points.items()}
        scores = pooler.pool(self.scores.k[place], self.scores.n[place]) if self.scores else None
        return PooledFigures(
            n=max(one.n for one in (*counted.values(), *([scores] if scores else []))),
            n_of={code: one.n for code, one in counted.items()},
            k={code: one.k for code, one in counted.items()},
            share={code: one.ratio for code, one in counted.items()},
            points={code: one.k for code, one in points.items()},
            mean=scores.ratio if scores else None,
        )

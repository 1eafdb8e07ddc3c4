"""A round's figures as a page shows them: which one decides, short for the eye, exact for machines."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from analysis.counts import ResponseCounts
from analysis.study.protocol import Protocol
from analysis.study.rounds import Round, RoundKind
from analysis.study.rules import BallotMeasure, MeanMeasure, ShareMeasure, ShareRule
from analysis.tabulation import Column, GroupFigures, PooledFigures
from analysis.verdicts import HIDDEN, VerdictRow, VerdictTable
from delphi.reports.sparkline import Sparkline, sparkline


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """The figure that the rule looks at: the share in a box, a mean, or points on a ballot.

    `column` is None for a mean. `words` names it in a sentence.
    """

    column: Column | None
    is_points: bool
    words: str

    @property
    def box(self) -> range:
        """The scores that count; empty for a mean or a ballot."""
        if self.column is None or self.column.low is None or self.column.high is None:
            return range(0)
        return range(self.column.low, self.column.high + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number: `text` for the eye, `value` to the last digit as in the CSV, `behind` it so many people."""

    text: str
    value: str
    behind: str
    is_hidden: bool
    order: float | None
    spark: Sparkline | None = None


def deciding_figure(protocol: Protocol, round_: Round, table: VerdictTable) -> Deciding:
    """Return which figure the round's first rule looks at; without a rule that of the last column."""
    columns = {column.code: column for column in table.columns}
    definition = protocol.definition_of(round_)
    rule = definition.rules[0] if definition else None
    if isinstance(rule, ShareRule):
        return _of_column(columns[rule.tests[0].box], table)
    match rule.measure if rule else None:
        case MeanMeasure():
            return Deciding(column=None, is_points=False, words="mean score")
        case ShareMeasure(box=code) | BallotMeasure(ballot=code):
            return _of_column(columns[code], table)
    return _of_column(table.columns[-1], table)


def figures_of_row(
    row: VerdictRow, deciding: Deciding, *, counts: ResponseCounts | None
) -> tuple[tuple[Figure, ...], Figure, Figure]:
    """Return a row's figures: one a group, all unweighted, all weighted; `counts` give the pictures."""
    sparks = _sparklines(row, deciding, counts)
    groups = tuple(
        _figure(figures, deciding, spark=spark) for figures, spark in zip(row.groups, sparks, strict=True)
    )
    return groups, _figure(row.unweighted, deciding), _figure(row.weighted, deciding)


def exact(value: Fraction | int | None) -> str:
    """Return a number as the CSV writes it: whole, or the nearest float's shortest decimal; "" for None."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, int) else repr(float(value))


def percent(share: Fraction | None) -> str:
    """Return a share for the eye, to one decimal."""
    return "–" if share is None else f"{float(100 * share):.1f} %"


def scores_of(counts: ResponseCounts, outcome: str, group: str) -> list[int]:
    """Return how many of a group chose each point of the scale."""
    cell = counts.counts[counts.groups.index(group), counts.outcomes.index(outcome)]
    scores: list[int] = cell.tolist()
    return scores


def _of_column(column: Column, table: VerdictTable) -> Deciding:
    if table.kind is RoundKind.WORKSHOP:
        return Deciding(column=column, is_points=bool(column.points), words=_ballot_words(column))
    points = f"{column.low}" if column.low == column.high else f"{column.low} to {column.high}"
    return Deciding(column=column, is_points=False, words=f"share who rated it {points} ({column.label})")


def _ballot_words(column: Column) -> str:
    if not column.points:
        return f"share who named it on the ballot “{column.label}”"
    return f"points on the ballot “{column.label}” ({', '.join(map(str, column.points))} for the places)"


def _figure(
    figures: GroupFigures | PooledFigures, deciding: Deciding, *, spark: Sparkline | None = None
) -> Figure:
    if figures.suppressed:
        return Figure(text=HIDDEN, value=HIDDEN, behind="", is_hidden=True, order=None)
    if deciding.column is None:
        return _shown(figures.mean, "–" if figures.mean is None else f"{float(figures.mean):.2f}", figures.n)
    code = deciding.column.code
    if deciding.is_points:
        points = figures.points[code]
        return _shown(
            points, f"{float(points):g}", figures.n_of[code], value=_points(points), before_n="from"
        )
    return _shown(figures.share[code], percent(figures.share[code]), figures.n_of[code], spark=spark)


def _shown(
    number: Fraction | int | None,
    text: str,
    n: Fraction | int | None,
    *,
    value: str | None = None,
    before_n: str = "of",
    spark: Sparkline | None = None,
) -> Figure:
    return Figure(
        text=text,
        value=exact(number) if value is None else value,
        behind="" if n is None else f"{before_n} {float(n):g}",
        is_hidden=False,
        order=None if number is None else float(number),
        spark=spark,
    )


def _points(points: Fraction | int) -> str:
    return str(int(points)) if Fraction(points).denominator == 1 else repr(float(points))


def _sparklines(
    row: VerdictRow, deciding: Deciding, counts: ResponseCounts | None
) -> Sequence[Sparkline | None]:
    if counts is None or row.outcome not in counts.outcomes:
        return [None] * len(row.groups)
    shown = [
        None if figures.suppressed else scores_of(counts, row.outcome, figures.group)
        for figures in row.groups
    ]
    shares = [max(scores) / sum(scores) for scores in shown if scores and sum(scores)]
    return [
        sparkline(scores, low=counts.categories[0], box=deciding.box, tallest=max(shares))
        if scores and sum(scores)
        else None
        for scores in shown
    ]

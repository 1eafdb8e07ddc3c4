"""What a round came to, outcome by outcome, as evidence beside a decision."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from analysis.counts import ResponseCounts
from analysis.evidence import RoundEvidence
from analysis.sensitivity import flip_sentence, flip_weight
from analysis.study.protocol import Protocol
from analysis.study.rules import (
    BallotMeasure,
    ConsensusDefinition,
    MeanMeasure,
    ShareMeasure,
    ShareRule,
    Verdict,
)
from analysis.study.scale import Box
from analysis.study.weighting import Weighting, WeightScheme
from analysis.tabulation import GroupFigures, PooledFigures
from analysis.uncertainty import verdict_stability
from analysis.verdicts import HIDDEN, VerdictRow, VerdictTable, verdict_table
from delphi.synthesis.kept_evidence import evidence_of_closed_round

NOTHING = "–"
PANELS_DRAWN = 500
SEED = 20220601  # the same panels each time a page is asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeFigures:
    """An outcome's figures for the eye, the verdict under the weights and without them, and why."""

    groups: tuple[str, ...]
    unweighted: str
    weighted: str
    verdict: Verdict | None
    verdict_unweighted: Verdict | None
    sentence: str

    @property
    def changed_by_weights(self) -> bool:
        """Whether the weights change the verdict."""
        return self.verdict != self.verdict_unweighted


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFigures:
    """A round's figures. `shown`: which figure the table shows, in words; `rule`: its rule in sentences."""

    shown: str
    groups: tuple[str, ...]
    rule: tuple[str, ...]
    outcomes: Mapping[str, OutcomeFigures]
    by_ballots: bool
    has_hidden: bool
    smallest_group: int

    def verdict(self, code: str) -> Verdict | None:
        """Return the verdict of the frozen rule, None where there is none."""
        found = self.outcomes.get(code)
        return found.verdict if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Firmness:
    """How firmly one outcome's verdict stands, in sentences; "" where that cannot be said."""

    flip: str
    stability: str


NO_FIGURES = RoundFigures(
    shown="", groups=(), rule=(), outcomes={}, by_ballots=False, has_hidden=False, smallest_group=0
)
NOT_KNOWN = Firmness(flip="", stability="")


def figures_of_round(
    study_id: int, round_id: int, *, protocol: Protocol, round_code: str, listed: Sequence[str]
) -> RoundFigures:
    """Return the figures of a closed round; none where it asked for nothing that is counted."""
    round_ = protocol.round(round_code)
    if not (round_.criteria or round_.ballots) or not listed:
        return NO_FIGURES
    return _figures(
        verdict_table(protocol, round_code, evidence_of_closed_round(study_id, round_id), listed), protocol
    )


def figures_of_outcome(
    study_id: int,
    round_id: int,
    *,
    protocol: Protocol,
    round_code: str,
    listed: Sequence[str],
    code: str,
    kin: Collection[str],
) -> tuple[RoundFigures, Firmness]:
    """Return the figures of one outcome and of its `kin`, and how firmly the verdict on the one stands."""
    round_ = protocol.round(round_code)
    if not (round_.criteria or round_.ballots):
        return NO_FIGURES, NOT_KNOWN
    evidence = evidence_of_closed_round(study_id, round_id)
    # A list rule compares outcomes, so it needs them all; a rule on shares looks at one at a time.
    one_by_one = _looks_at_one(protocol.definition_of(round_))
    asked = [each for each in listed if each == code or each in kin or not one_by_one]
    table = verdict_table(protocol, round_code, evidence, asked)
    return _figures(table, protocol), _firmness(table, protocol=protocol, evidence=evidence, code=code)


def _figures(table: VerdictTable, protocol: Protocol) -> RoundFigures:
    figure, words = _figure_shown(protocol.definition_of(protocol.round(table.round)), table)
    rows = {
        row.outcome: OutcomeFigures(
            groups=tuple(_text(one, figure) for one in row.groups),
            unweighted=_text(row.unweighted, figure),
            weighted=_text(row.weighted, figure),
            verdict=row.verdict_weighted,
            verdict_unweighted=row.verdict_unweighted,
            sentence=row.sentence,
        )
        for row in table.rows
    }
    return RoundFigures(
        shown=words,
        groups=tuple(table.group_labels[code] for code in table.groups),
        rule=table.rule_sentences,
        outcomes=rows,
        by_ballots=table.criterion is None,
        has_hidden=any(HIDDEN in (*one.groups, one.unweighted, one.weighted) for one in rows.values()),
        smallest_group=table.minimum_group_size,
    )


def _figure_shown(definition: ConsensusDefinition | None, table: VerdictTable) -> tuple[str | None, str]:
    """Return which column the rule looks at first, None for a mean, and its words."""
    rule = definition.rules[0] if definition else None
    code = table.columns[-1].code
    if isinstance(rule, ShareRule):
        code = rule.tests[0].box
    else:
        match rule.measure if rule else None:
            case MeanMeasure():
                return None, "mean score"
            case ShareMeasure(box=measured) | BallotMeasure(ballot=measured):
                code = measured
    column = next(column for column in table.columns if column.code == code)
    if column.points:
        return code, f"points on the ballot “{column.label}”"
    if column.low is None:
        return code, f"share who named it on the ballot “{column.label}”"
    points = f"{column.low}" if column.low == column.high else f"{column.low} to {column.high}"
    return code, f"share who rated it {points} ({column.label})"


def _text(figures: GroupFigures | PooledFigures, code: str | None) -> str:
    if figures.suppressed:
        return HIDDEN
    if code is None:
        return NOTHING if figures.mean is None else f"{float(figures.mean):.2f}"
    points, share = figures.points.get(code), figures.share.get(code)
    if points is not None:
        return f"{float(points):g} points"
    n = figures.n_of.get(code)
    return NOTHING if share is None or n is None else f"{float(100 * share):.1f} % of {float(n):g}"


def _firmness(table: VerdictTable, *, protocol: Protocol, evidence: RoundEvidence, code: str) -> Firmness:
    round_ = protocol.round(table.round)
    definition = protocol.definition_of(round_)
    counts = evidence.ratings.get(table.criterion) if table.criterion else None
    if definition is None or counts is None or code not in counts.outcomes:
        return NOT_KNOWN
    if not _looks_at_one(definition):
        return NOT_KNOWN
    alone = counts.of_outcomes([code])
    scale, weighting = protocol.scale_of(round_), protocol.weights_of(round_)
    boxes = {box.code: box for box in scale.boxes}
    row = next(row for row in table.rows if row.outcome == code)
    stays = verdict_stability(
        alone,
        definition,
        boxes=boxes,
        weighting=weighting,
        replicates=PANELS_DRAWN,
        rng=np.random.default_rng(SEED),
    )
    share = float(stays.stays[0])
    stability = (
        ""
        if np.isnan(share)
        else (
            f"In {share:.0%} of {PANELS_DRAWN} panels drawn from the same kinds of people"
            " the verdict would be the same."
        )
    )
    return Firmness(flip=_flip(alone, row, definition, boxes, weighting, table), stability=stability)


def _flip(
    counts: ResponseCounts,
    row: VerdictRow,
    definition: ConsensusDefinition,
    boxes: Mapping[str, Box],
    weighting: Weighting,
    table: VerdictTable,
) -> str:
    """Return for which weights of the one weighted group the verdict stays; "" if its numbers are hidden."""
    weighted = [group for group, weight in weighting.values.items() if weight != 1]
    if weighting.scheme is not WeightScheme.MULTIPLIER or len(weighted) != 1:
        return ""
    # A flip weight gives away what is in the group, and with the total what is in the others.
    if any(one.suppressed for one in row.groups):
        return ""
    (found,) = flip_weight(counts, weighted[0], definition, boxes=boxes)
    words = flip_sentence(found, weight=Fraction(weighting.values[weighted[0]]))
    label = table.group_labels[weighted[0]]
    return f"Weight of one person of the group “{label}”: {words[0].lower()}{words[1:]}"


def _looks_at_one(definition: ConsensusDefinition | None) -> bool:
    return definition is None or all(isinstance(rule, ShareRule) for rule in definition.rules)

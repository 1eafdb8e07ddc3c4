"""The figures of a rating round, from what its tables are made from."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from analysis.consensus.verdict_codes import VERDICTS
from analysis.figures.diverging_bars import AnswersByGroup, OutcomeAnswers, diverging_bars
from analysis.figures.drawing import Caption
from analysis.figures.flip_weight import FlipWeights, OutcomeWeights, flip_weight
from analysis.figures.round_change import Change, OutcomeChange, RoundChange, round_change
from analysis.figures.sensitivity_heat_map import OutcomeVerdicts, Sensitivity, sensitivity_heat_map
from analysis.figures.verdict_stability import StableVerdict
from analysis.figures.verdict_stability import verdict_stability as draw_stability
from analysis.report.change_tables import Paired
from analysis.report.firmness_tables import Decided, alternatives_of, flips_of, runs_of, scan_of
from analysis.report.rating_data import RatingData
from analysis.sensitivity import rule_grid
from analysis.sentences import definition_sentences
from analysis.study.rules import Verdict
from analysis.uncertainty import VerdictStability

_LARGEST_WEIGHT = 10.0


def groups_shown(data: RatingData) -> list[int]:
    """Return the places of the groups that may be shown for at least one outcome."""
    answered = data.counts.n.sum(axis=1) > 0
    return [at for at in range(len(data.counts.groups)) if answered[at] and not data.hidden[at].all()]


def groups_paired(paired: Paired) -> list[str]:
    """Return the groups with enough people who rated both times."""
    numbers = Counter(paired.groups)
    return [group for group in paired.later.counts.groups if numbers[group] >= paired.later.minimum]


def answers_figure(data: RatingData) -> Figure:
    """Draw how each group answered each outcome, by the scale's boxes."""
    boxes = sorted(data.scale.boxes, key=lambda box: box.low)
    groups = groups_shown(data)
    inside = [[at for at, point in enumerate(data.counts.categories) if box.holds(point)] for box in boxes]
    of_boxes = np.stack([data.counts.counts[..., places].sum(axis=-1) for places in inside], axis=-1)
    outcomes = tuple(
        OutcomeAnswers(
            data.label(outcome),
            tuple(
                None if data.hidden[group, at] else tuple(of_boxes[group, at].tolist()) for group in groups
            ),
        )
        for at, outcome in enumerate(data.listed)
    )
    answers = AnswersByGroup(
        outcomes=outcomes,
        groups=tuple(data.group_label(data.counts.groups[at]) for at in groups),
        categories=tuple(f"{box.low} to {box.high}: {box.label}" for box in boxes),
        below=len(boxes) // 2,
        above=len(boxes) // 2,
        k_counts=f"rated it {boxes[-1].low} to {boxes[-1].high}",
        minimum=data.minimum,
    )
    title = f"How did each group rate the outcomes in {data.round.label}?"
    return diverging_bars(answers, caption=caption_of(data, title))


def change_figure(paired: Paired) -> Figure:
    """Draw how the share in the deciding box moved, for those who rated both times."""
    data, box = paired.later, paired.later.deciding_box
    mine = np.array(paired.groups)
    both = ~np.isnan(paired.before) & ~np.isnan(paired.after)
    points = [point for point in data.scale.points if box is None or box.holds(point)]
    first, second = (np.isin(scores, points) & both for scores in (paired.before, paired.after))
    groups = groups_paired(paired)
    rows = {group: mine == group for group in groups}
    outcomes = tuple(
        OutcomeChange(
            data.label(outcome),
            tuple(
                _change(both[rows[group], at], first[rows[group], at], second[rows[group], at], data.minimum)
                for group in groups
            ),
        )
        for at, outcome in enumerate(paired.outcomes)
    )
    changes = RoundChange(
        outcomes=outcomes,
        groups=tuple(data.group_label(group) for group in groups),
        rounds=(paired.earlier.round.label, data.round.label),
        measure=f"Share who rated it {points[0]} to {points[-1]}, in %",
        low=0.0,
        high=100.0,
        minimum=data.minimum,
    )
    title = f"How did ratings change between {paired.earlier.round.label} and {data.round.label}?"
    caption = caption_of(data, title, n=f"{len(paired.groups)} people rated in both rounds")
    return round_change(changes, caption=caption)


def _change(
    paired: NDArray[np.bool_], before: NDArray[np.bool_], after: NDArray[np.bool_], minimum: int
) -> Change | None:
    n = int(paired.sum())
    if n < minimum:
        return None
    return Change(100 * int(before.sum()) / n, 100 * int(after.sum()) / n, n)


def rules_figure(decided: Decided, caption: Caption) -> Figure:
    """Draw the verdicts under other rules."""
    grid = rule_grid(decided.answers, alternatives_of(decided))
    outcomes = tuple(
        OutcomeVerdicts(label, tuple(VERDICTS[code] for code in codes))
        for label, codes in zip(decided.labels, grid.codes.T.tolist(), strict=True)
    )
    return sensitivity_heat_map(Sensitivity(grid.labels, outcomes), caption=caption)


def weights_figure(decided: Decided, caption: Caption) -> Figure:
    """Draw for which weights of the group in focus each outcome is in."""
    if decided.focus is None:
        raise ValueError("decided: no group is in focus")
    flips = flips_of(decided)
    if flips is not None:
        ranges = [[(one.low, one.high) for one in flip.ranges if one.verdict is Verdict.IN] for flip in flips]
    else:
        scan = scan_of(decided)
        last = scan.weights[-1]
        ranges = [
            [
                (low, None if high == last else high)
                for low, high, code in runs_of(scan, at)
                if VERDICTS[code] is Verdict.IN
            ]
            for at in range(len(decided.labels))
        ]
    outcomes = tuple(
        OutcomeWeights(label, tuple(_floats(span)))
        for label, span in zip(decided.labels, ranges, strict=True)
    )
    group = decided.words.group(decided.focus)
    weights = FlipWeights(outcomes, group, of_study=float(decided.own_weight), most=_LARGEST_WEIGHT)
    return flip_weight(weights, caption=caption)


def _floats(spans: Sequence[tuple[Fraction, Fraction | None]]) -> Iterator[tuple[float, float | None]]:
    for low, high in spans:
        yield float(low), None if high is None else float(high)


def firmness_figure(data: RatingData, stays: VerdictStability) -> Figure:
    """Draw in how many of the drawn panels each verdict stays."""
    verdicts = tuple(
        StableVerdict(data.label(outcome), verdict, None if np.isnan(share) else float(share))
        for outcome, verdict, share in zip(stays.outcomes, stays.verdicts, stays.stays, strict=True)
    )
    caption = caption_of(data, f"How firmly do the verdicts of {data.round.label} stand?")
    return draw_stability(verdicts, resamples=stays.replicates, caption=caption)


def caption_of(data: RatingData, title: str, *, n: str = "", note: str = "") -> Caption:
    """Return what a figure of this round says about itself."""
    definition = data.definition
    rule = "This round has no consensus definition."
    if definition is not None:
        rule = " ".join(definition_sentences(definition, words=data.words))
    return Caption(title, n or data.n_sentence, rule, synthetic=data.synthetic, note=note)


def rule_caption(decided: Decided, title: str, *, n: str, synthetic: str, note: str = "") -> Caption:
    """Return the caption of a figure about a rule."""
    rule = " ".join(definition_sentences(decided.definition, words=decided.words))
    return Caption(title, n, rule, synthetic=synthetic, note=note)

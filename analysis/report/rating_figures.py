"""The figures of a rating round, from what its tables are made from."""

from collections import Counter
from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from analysis.figures.diverging_bars import AnswersByGroup, OutcomeAnswers, diverging_bars
from analysis.figures.drawing import Caption
from analysis.figures.round_change import Change, OutcomeChange, RoundChange, round_change
from analysis.figures.verdict_stability import StableVerdict
from analysis.figures.verdict_stability import verdict_stability as draw_stability
from analysis.report.change_tables import Paired
from analysis.report.rating_data import RatingData, hidden_rows
from analysis.report.sheets import Sheet
from analysis.sentences import definition_sentences
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


def answers_figure(data: RatingData, sheet: Sheet) -> Figure:
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
        outcomes=outcomes[sheet.rows],
        groups=tuple(data.group_label(data.counts.groups[at]) for at in groups),
        categories=tuple(f"{box.low} to {box.high}: {box.label}" for box in boxes),
        below=len(boxes) // 2,
        above=len(boxes) // 2,
        k_counts=f"rated it {boxes[-1].low} to {boxes[-1].high}",
        minimum=data.minimum,
    )
    title = f"How did each group rate the outcomes in {data.round.label}?"
    return diverging_bars(answers, caption=sheet.titled(caption_of(data, title)))


def change_figure(paired: Paired, sheet: Sheet) -> Figure:
    """Draw how the share in the deciding box moved, for those who rated both times."""
    data, box = paired.later, paired.later.deciding_box
    mine = np.array(paired.groups)
    both = ~np.isnan(paired.before) & ~np.isnan(paired.after)
    points = [point for point in data.scale.points if box is None or box.holds(point)]
    first, second = (np.isin(scores, points) & both for scores in (paired.before, paired.after))
    groups = groups_paired(paired)
    rows = {group: mine == group for group in groups}
    withheld = _withheld(paired, both)
    outcomes = tuple(
        OutcomeChange(
            data.label(outcome),
            tuple(
                None
                if group in withheld[at]
                else _change(
                    both[rows[group], at], first[rows[group], at], second[rows[group], at], data.minimum
                )
                for group in groups
            ),
        )
        for at, outcome in enumerate(paired.outcomes)
    )
    changes = RoundChange(
        outcomes=outcomes[sheet.rows],
        groups=tuple(data.group_label(group) for group in groups),
        rounds=(paired.earlier.round.label, data.round.label),
        measure=f"Share who rated it {points[0]} to {points[-1]}, in %",
        low=0.0,
        high=100.0,
        minimum=data.minimum,
    )
    title = f"How did ratings change between {paired.earlier.round.label} and {data.round.label}?"
    caption = caption_of(data, title, n=f"{len(paired.groups)} people rated in both rounds")
    return round_change(changes, caption=sheet.titled(caption))


def _withheld(paired: Paired, both: NDArray[np.bool_]) -> list[frozenset[str]]:
    """Return, by outcome, the groups not to draw: hidden elsewhere, or given back by other figures.

    A group whose pairs are one to a few people fewer than those who rated in either round would tell what
    these few said, by subtraction.
    """
    mine, found = np.array(paired.groups), list[frozenset[str]]()
    for at, outcome in enumerate(paired.outcomes):
        n = {group: int(both[mine == group, at].sum()) for group in paired.later.counts.groups}
        hidden = hidden_rows(n, paired.later.protocol, paired.later.round).groups
        for data in (paired.earlier, paired.later):
            hidden |= _given_back(data, outcome, n)
        found.append(hidden)
    return found


def _given_back(data: RatingData, outcome: str, paired: Mapping[str, int]) -> frozenset[str]:
    place = data.listed.index(outcome)
    alone = {
        group: int(data.counts.n[row, place]) - paired[group] for row, group in enumerate(data.counts.groups)
    }
    return frozenset(
        group
        for row, group in enumerate(data.counts.groups)
        if data.hidden[row, place] or 0 < alone[group] < data.minimum
    )


def _change(
    paired: NDArray[np.bool_], before: NDArray[np.bool_], after: NDArray[np.bool_], minimum: int
) -> Change | None:
    n = int(paired.sum())
    if n < minimum:
        return None
    return Change(100 * int(before.sum()) / n, 100 * int(after.sum()) / n, n)


def firmness_figure(data: RatingData, stays: VerdictStability, sheet: Sheet) -> Figure:
    """Draw in how many of the drawn panels each verdict stays."""
    verdicts = tuple(
        StableVerdict(data.label(outcome), verdict, None if np.isnan(share) else float(share))
        for outcome, verdict, share in zip(stays.outcomes, stays.verdicts, stays.stays, strict=True)
    )
    caption = caption_of(data, f"How firmly do the verdicts of {data.round.label} stand?")
    shown = verdicts[sheet.rows]
    return draw_stability(shown, resamples=stays.replicates, caption=sheet.titled(caption))


def caption_of(data: RatingData, title: str, *, n: str = "", note: str = "") -> Caption:
    """Return what a figure of this round says about itself."""
    definition = data.definition
    rule = "This round has no consensus definition."
    if definition is not None:
        rule = " ".join(definition_sentences(definition, words=data.words))
    return Caption(title, n or data.n_sentence, rule, synthetic=data.synthetic, note=note)

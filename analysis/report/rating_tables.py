"""The tables of a rating round: what was rated, how firmly it stands, who differs."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.agreement import alpha_of_counts, gwet_ac, kendall_w
from analysis.apmo import average_percent_of_majority_opinions
from analysis.comparison import differences_from, kruskal_wallis_counts, mann_whitney_counts
from analysis.dispersion import is_bimodal, spread_of_counts, tastle_wierman
from analysis.feedback_words import feedback_of
from analysis.influence import influence
from analysis.report.rating_data import RatingData
from analysis.sentences import weighting_sentence
from analysis.tables import HIDDEN, Cell, Column, Kind, Table, plain_number, table

OUTCOME = (Column("outcome", "Code", Kind.TEXT), Column("label", "Outcome", Kind.TEXT))
_GROUP = Column("group", "Group", Kind.TEXT)
_MANY_TESTS = (
    "One test an outcome is many tests: read all of them or none. A large p-value does not show agreement."
)


def hidden_note(data: RatingData) -> str:
    """Say what "hidden" means, where something is."""
    if not data.hidden.any():
        return ""
    return f"Hidden: groups of fewer than {data.minimum}, and what would give them back."


def statistics_tables(data: RatingData) -> tuple[Table, Table]:
    """Return the measures of each outcome over everyone, and the same by group (in its file only)."""
    everyone = table(
        "statistics",
        "Where the answers lie and how far apart",
        (*OUTCOME, *_MEASURES),
        _statistics_rows(data, (len(data.counts.groups),), with_group=False),
        _measures_note(data),
        hidden_note(data),
    )
    by_group = table(
        "statistics_by_group",
        "The same by group",
        (*OUTCOME, _GROUP, *_MEASURES),
        _statistics_rows(data, range(len(data.counts.groups)), with_group=True),
        _measures_note(data),
        hidden_note(data),
        only_in_file=True,
    )
    return everyone, by_group


_MEASURES = (
    Column("n", "n", Kind.COUNT),
    Column("mean", "Mean"),
    Column("sd", "SD"),
    Column("median", "Median"),
    Column("q1", "Q1"),
    Column("q3", "Q3"),
    Column("iqr", "IQR"),
    Column("mad", "MAD"),
    Column("agreement_a", "A"),
    Column("consensus_cns", "Cns"),
    Column("two_camps", "Two camps", Kind.TEXT),
    Column("rand_disagreement_index", "RAND/UCLA index"),
    Column("rand_verdict", "RAND/UCLA", Kind.TEXT),
)


def _measures_note(data: RatingData) -> str:
    definition = data.protocol.quantiles.definition
    return (
        f"Quartiles by Hyndman-Fan type {definition}. n: those who gave a score. A: van der Eijk's A, "
        "from -1 (two camps at the ends) by 0 (even) to 1. Cns cannot be compared between scales."
    )


def _statistics_rows(data: RatingData, rows: Sequence[int], *, with_group: bool) -> Iterator[list[Cell]]:
    found, points = data.statistics, data.counts.categories
    numbers = np.concatenate((data.counts.counts, data.counts.counts.sum(axis=0, keepdims=True)))
    spread = spread_of_counts(numbers, points, definition=data.protocol.quantiles.definition)
    cns, camps, rand = tastle_wierman(numbers, points), is_bimodal(numbers), found.rand_ucla
    measures: list[NDArray[Any]] = [
        found.n,
        spread.mean,
        spread.sd,
        found.median,
        found.q1,
        found.q3,
        spread.iqr,
        spread.mad,
    ]
    measures += [found.agreement, np.asarray(cns), np.where(camps, "yes", "")]
    measures += [rand.disagreement_index, rand.verdict] if rand else [np.full(found.n.shape, None)] * 2
    for at, outcome in enumerate(data.listed):
        for row in rows:
            start: list[Cell] = [outcome, data.label(outcome)]
            start += [data.group_label(found.rows[row])] if with_group else []
            hides = bool(data.hidden[row, at])
            yield start + [HIDDEN if hides else plain_number(one[row, at]) for one in measures]


def agreement_table(data: RatingData) -> Table:
    """Return how far raters agree over the whole list, for everyone and each group that may be shown."""
    rows = [_agreement_row(data, None), *(_agreement_row(data, group) for group in data.counts.groups)]
    return table(
        "agreement",
        "Agreement over the whole list",
        (
            _GROUP,
            Column("n_raters", "People", Kind.COUNT),
            Column("n_complete", "With an answer to all", Kind.COUNT),
            Column("kendall_w", "Kendall's W"),
            Column("kendall_p", "p", Kind.P_VALUE),
            Column("krippendorff_alpha", "Krippendorff's alpha"),
            Column("gwet_ac2", "Gwet's AC2"),
            Column("apmo", "APMO", Kind.SHARE),
        ),
        rows,
        "Described, never the criterion: outcomes that nearly all rate high have agreement and a low alpha.",
        "W: from complete answers, corrected for ties. Alpha: ordinal, all answers. AC2: ordinal weights. "
        "APMO: of all answers, those in the highest or lowest box that are with their outcome's majority. "
        "W over few complete answers says little.",
        hidden_note(data),
    )


def _agreement_row(data: RatingData, group: str | None) -> list[Cell]:
    mine = np.array([group is None or one == group for one in data.matrix.groups], dtype=bool)
    scores = data.matrix.scores[mine]
    raters = int((~np.isnan(scores)).any(axis=1).sum())
    at = len(data.counts.groups) if group is None else data.counts.groups.index(group)
    if raters < data.minimum or data.hidden[at].any():
        return [data.group_label(group), raters, *[HIDDEN if raters else None] * 6]
    w = kendall_w(scores)
    few = 0 < w.n_raters < data.minimum
    counts = (
        data.counts.counts.sum(axis=0)
        if group is None
        else data.counts.counts[data.counts.groups.index(group)]
    )
    alpha = alpha_of_counts(counts, data.counts.categories)
    gwet = gwet_ac(scores, weights="ordinal", categories=data.scale.points)
    apmo = _apmo(data, counts)
    order: list[Cell] = [HIDDEN] * 3 if few else [w.n_raters, w.w, w.p_value]
    return [data.group_label(group), raters, *order, alpha.alpha, gwet.coefficient, apmo]


def _apmo(data: RatingData, counts: NDArray[np.int64]) -> float | None:
    boxes = sorted(data.scale.boxes, key=lambda box: box.low)
    if len(boxes) < 2:
        return None
    low, high = (
        counts[:, [at for at, point in enumerate(data.counts.categories) if box.holds(point)]].sum(axis=1)
        for box in (boxes[0], boxes[-1])
    )
    return average_percent_of_majority_opinions(high, disagree=low, opinions=counts.sum(axis=1))


def differences_table(data: RatingData, *, against: str | None = None) -> Table | None:
    """Return how each group differs from one, by outcome; None without such a group or without boxes.

    `against`: that group; None: the one in focus.
    """
    compared = data.focus if against is None else against
    if compared is None or data.deciding_box is None or len(data.counts.groups) < 2:
        return None
    reference, focus = data.counts.groups.index(compared), data.group_label(compared)
    title = f"How groups differ from {data.words.group(compared)}"
    return table(
        "group_differences",
        title,
        (
            *OUTCOME,
            _GROUP,
            Column("n", "n", Kind.COUNT),
            Column("share", f"Rated {data.deciding_box.label}", Kind.SHARE),
            Column("share_difference", f"Less {focus}", Kind.SHARE),
            Column("low", "From", Kind.SHARE),
            Column("high", "To", Kind.SHARE),
            Column("median_difference", "Medians apart"),
            Column("superiority", "Rates higher", Kind.SHARE),
            Column("mann_whitney_p", "p, two groups", Kind.P_VALUE),
            Column("kruskal_wallis_p", "p, all groups", Kind.P_VALUE),
            Column("epsilon_squared", "Epsilon squared"),
        ),
        _difference_rows(data, reference),
        "Difference in shares with Newcombe's 95 % interval. Rates higher: how often one of the group rates "
        f"above one of {data.words.group(compared)}, ties half. All groups: Kruskal-Wallis.",
        _MANY_TESTS,
        hidden_note(data),
        only_in_file=True,
    )


def _difference_rows(data: RatingData, reference: int) -> Iterator[list[Cell]]:
    counts, box = data.counts, data.deciding_box
    if box is None:
        return
    mask = np.array([box.holds(point) for point in counts.categories])
    found = differences_from(counts.counts, reference=reference, box=mask)
    against = mann_whitney_counts(counts.counts, counts.counts[reference][None])
    every = kruskal_wallis_counts(counts.counts)
    for at, outcome in enumerate(data.listed):
        for row, group in enumerate(counts.groups):
            if row == reference:
                continue
            measures = (
                found.n,
                found.share,
                found.share_difference,
                found.low,
                found.high,
                found.median_difference,
            )
            cells: list[Cell] = [plain_number(one[row, at]) for one in measures]
            cells += [
                plain_number(one[row, at]) for one in (against.probability_of_superiority, against.p_value)
            ]
            together = [plain_number(one[at]) for one in (every.p_value, every.epsilon_squared)]
            cells += [HIDDEN] * 2 if data.hidden[:-1, at].any() else together
            hides = bool(data.hidden[row, at] or data.hidden[reference, at])
            yield [
                outcome,
                data.label(outcome),
                data.group_label(group),
                *([HIDDEN] * len(cells) if hides else cells),
            ]


def feedback_table(data: RatingData) -> Table:
    """Return how the groups answered each outcome, in plain words."""
    labels = {group.code: group.label for group in data.protocol.groups}
    hidden = data.hidden[:-1, :, None]
    shown = replace(data.counts, counts=np.where(hidden, 0, data.counts.counts))
    found = feedback_of(shown, group_labels=labels, scale=data.scale, minimum=data.minimum)
    return table(
        "feedback",
        "How the groups answered, in words",
        (*OUTCOME, Column("sentence", "In words", Kind.TEXT)),
        ([outcome, data.label(outcome), found[outcome]] for outcome in data.listed),
        f"Groups of fewer than {data.minimum} are left out, and whatever would give them back.",
    )


def influence_table(data: RatingData) -> Table:
    """Return how much of the result each group makes up under the weights."""
    heads = np.bincount(
        [data.counts.groups.index(group) for group in data.matrix.groups], minlength=len(data.counts.groups)
    )
    found = influence(data.weighting, dict(zip(data.counts.groups, heads.tolist(), strict=True)))
    effective = (
        f" Effective people: {float(found.effective_n):.1f} of {int(heads.sum())}."
        if found.effective_n
        else ""
    )
    return table(
        "influence",
        "How much of a say the weights give",
        (
            _GROUP,
            Column("people", "People", Kind.COUNT),
            Column("share_of_people", "Of the people", Kind.SHARE),
            Column("share_of_weight", "Of the weight", Kind.SHARE),
            Column("one_person", "One person", Kind.SHARE),
        ),
        (
            [
                data.group_label(group),
                people,
                people / int(heads.sum()) if heads.sum() else None,
                _float(found.of_group[group]),
                _float(found.of_one_person[group]),
            ]
            for group, people in zip(data.counts.groups, heads.tolist(), strict=True)
        ),
        weighting_sentence(data.weighting, words=data.words) + effective,
    )


def _float(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]  # a Fraction

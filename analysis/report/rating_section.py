"""The part of a rating round: everything that is computed from its answers, and from those before."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from analysis.attrition import leavers_of
from analysis.evidence import RoundEvidence
from analysis.report.change_tables import Paired, changes_table, paired_of, steps_between
from analysis.report.dissents_table import dissents_in, dissents_table
from analysis.report.firmness_tables import (
    Decided,
    Firmness,
    cases_table,
    decided_of,
    firmness_of,
    firmness_table,
    focus_is_hidden,
    left_out_table,
    rules_table,
    weights_table,
)
from analysis.report.parts import Draw, Reporting, Section
from analysis.report.rating_data import RatingData, lost_since
from analysis.report.rating_figures import (
    answers_figure,
    change_figure,
    firmness_figure,
    groups_paired,
    groups_shown,
)
from analysis.report.rating_tables import (
    agreement_table,
    differences_table,
    feedback_table,
    influence_table,
    statistics_tables,
)
from analysis.report.rule_figures import figures_of_rule
from analysis.report.sheets import in_sheets
from analysis.report.study_figures import leavers_figure
from analysis.report.study_tables import hidden_leavers, leavers_table
from analysis.report.verdict_tables import every_figure_table, verdicts_table
from analysis.study.records import LineageStep
from analysis.verdicts import verdict_table

_MOST_DOTS = 2000  # people; a dot each is slow to draw and says no more


def rating_section(reporting: Reporting, data: RatingData, before: RatingData | None) -> Section:
    """Return the part of a rating round, with those who left since `before`, the rating round before."""
    found = rating_parts(
        data,
        before,
        reporting.study.lineage,
        replicates=reporting.replicates,
        rng=reporting.rng(data.round.code),
    )
    found = _with_dissents(found, reporting, data)
    found = replace(found, done=(*found.done, *_late(reporting, data)))
    if before is None or data.criterion != data.round.criteria[0].code:
        return found
    leavers = leavers_of(reporting.study, before.round.code, data.round.code)
    later = data.round.label
    shown = {one.group for one in leavers} - hidden_leavers(before, leavers)
    people = len(before.matrix.panellists)
    drawn: list[tuple[str, Draw]] = []
    if shown and people <= _MOST_DOTS:
        drawn.append(("leavers", lambda: leavers_figure(before, later, leavers)))
    return replace(
        found,
        tables=(*found.tables, leavers_table(before, later, leavers)),
        figures=(*found.figures, *drawn),
    )


def _with_dissents(part: Section, reporting: Reporting, data: RatingData) -> Section:
    """Add the dissents on record: they are of outcomes, so they stand with the round's first question."""
    if data.criterion != data.round.criteria[0].code:
        return part
    dissents = dissents_in(reporting.study, data)
    if not dissents.any():
        return replace(part, done=(*part.done, "Nobody kept a dissent on record."))
    return replace(part, tables=(*part.tables, dissents_table(data, dissents)))


def _late(reporting: Reporting, data: RatingData) -> list[str]:
    """Say how many answers came after the round had closed."""
    late = [
        one.panellist
        for one in reporting.study.ratings
        if one.late and one.round == data.round.code and one.criterion == data.criterion
    ]
    if not late:
        return []
    return [
        f"{len(late)} answers of {len(set(late))} people came after closing: kept, and in no number here."
    ]


def rating_parts(
    data: RatingData,
    before: RatingData | None,
    lineage: Sequence[LineageStep],
    *,
    replicates: int,
    rng: np.random.Generator,
) -> Section:
    """Return the whole analysis of one rating round, figures undrawn; `before`: the rating round before."""
    decided = decided_of(data)
    paired = paired_of(before, data, steps_between(before, data, lineage)) if before else None
    several = len(data.round.criteria) > 1
    code = f"round_{data.round.code}" + (f".{data.criterion}" if several else "")  # no code has a dot
    asked = next(one.question for one in data.round.criteria if one.code == data.criterion)
    title = f"{data.round.label}: {asked}" if several else data.round.label
    statistics, by_group = statistics_tables(data)
    differences = differences_table(data)
    tables = [statistics, by_group, agreement_table(data), feedback_table(data), influence_table(data)]
    tables += [differences] if differences else []
    tables += [changes_table(paired)] if paired else []
    figures: list[tuple[str, Draw]] = []
    if groups_shown(data) and len(data.scale.boxes) > 1 and data.boxes_cover_the_scale:
        figures.extend(in_sheets("answers", len(data.listed), lambda one: answers_figure(data, one)))
    if paired and groups_paired(paired) and data.deciding_box:
        compared = paired
        figures.extend(in_sheets("changes", len(compared.outcomes), lambda one: change_figure(compared, one)))
    part = Section(code, title, _done(data), _not_done(data, before, paired), tuple(tables), tuple(figures))
    return _with_rule(part, data, before, decided, replicates, rng) if decided else part


def _with_rule(
    part: Section,
    data: RatingData,
    before: RatingData | None,
    decided: Decided,
    replicates: int,
    rng: np.random.Generator,
) -> Section:
    """Add what the consensus definition comes to, and how firmly it stands."""
    evidence = RoundEvidence(data.round.code, {}, ratings={data.criterion: data.counts})
    verdicts = verdict_table(data.protocol, data.round.code, evidence, data.listed, criterion=data.criterion)
    firmness = firmness_of(data, replicates=replicates, rng=rng)
    weights = weights_table(decided, data.listed)
    tables = [
        verdicts_table(verdicts, {code: data.label(code) for code in data.listed}, decided.definition.rules),
        every_figure_table(verdicts),
    ]
    tables += [firmness_table(data, firmness)] if firmness else []
    tables += [weights] if weights else []
    tables += [rules_table(decided)]
    tables += [] if data.hides_a_group else [left_out_table(decided)]
    tables += [cases_table(data, decided, lost_since(before, data))]
    return replace(
        part,
        tables=(*tables, *part.tables),
        figures=(*_figures_of_rule(data, decided, firmness), *part.figures),
    )


def _figures_of_rule(
    data: RatingData, decided: Decided, firmness: Firmness | None
) -> Iterator[tuple[str, Draw]]:
    where, n = data.round.label, data.n_sentence
    yield from figures_of_rule(decided, where, n=n, synthetic=data.synthetic)
    if firmness is not None:
        stays = firmness.stays
        yield from in_sheets("firmness", len(data.listed), lambda one: firmness_figure(data, stays, one))


def _done(data: RatingData) -> tuple[str, ...]:
    return (f"{data.n_sentence} about {len(data.listed)} outcomes.", *_missing(data))


def _missing(data: RatingData) -> list[str]:
    """Say how many answers are missing, kind by kind: none of them is in any n."""
    numbers = data.counts.missing.sum(axis=(0, 1)).tolist()
    asked = len(data.matrix.panellists) * len(data.listed)
    untouched = asked - int(data.counts.n.sum()) - sum(numbers)
    words = ("“cannot say”", "“no opinion”", "skipped")
    kinds = [f"{number} {word}" for word, number in zip(words, numbers, strict=True) if number]
    kinds += [f"{untouched} untouched or late"] if untouched else []
    return [f"Of {asked} answers that could have been given: {', '.join(kinds)}."] if kinds else []


def _not_done(data: RatingData, before: RatingData | None, paired: Paired | None) -> tuple[str, ...]:
    return (*_no_verdicts(data), *_no_change(before, paired), *_no_figures(data))


def _no_verdicts(data: RatingData) -> Iterator[str]:
    decided = decided_of(data)
    if decided is None:
        yield "Verdicts: no consensus definition decides on this criterion."
        return
    if data.hides_a_group:
        yield "Verdicts without one group, and rules that ask each group: a small one could be told."
    if focus_is_hidden(data):
        yield "Other weights: the group whose weight would move is too small to be shown."
    elif decided.focus is not None and not decided.only_focus_is_weighted:
        yield "Other weights: several groups are weighted, or by turnout, so no one number moves them."


def _no_change(before: RatingData | None, paired: Paired | None) -> Iterator[str]:
    if before is None:
        yield "Change between rounds: this is the first round that asks this."
    elif paired is None:
        yield "Change between rounds: no outcome was asked in the same words on the same scale."


def _no_figures(data: RatingData) -> Iterator[str]:
    if not groups_shown(data):
        yield f"Figures by group: every group is smaller than {data.minimum}, or would give one back."
    if not data.scale.boxes:
        yield "Shares: the scale has no boxes."
    elif not data.boxes_cover_the_scale:
        yield "The figure by group: the scale's boxes do not cover it, or overlap."
    if data.scale.points != tuple(range(1, 10)):
        yield "RAND/UCLA: it is defined for nine points only."

"""The tables of a whole study: its path, its people, and what is published."""

from collections.abc import Sequence

from analysis.attrition import AttritionStep, LeaverComparison
from analysis.path import StudyPath
from analysis.report.rating_data import RatingData, hidden_rows
from analysis.reproduce import Comparison
from analysis.study.protocol import Protocol
from analysis.study.study import Study
from analysis.tables import HIDDEN, Cell, Column, Kind, Table, table


def path_table(path: StudyPath) -> Table:
    """Return what each round did to the list."""
    return table(
        "path",
        "From the first list to the last",
        (
            Column("round", "Round", Kind.TEXT),
            Column("respondents", "People", Kind.COUNT),
            Column("outcomes_in", "In", Kind.COUNT),
            Column("kept", "Kept", Kind.COUNT),
            Column("merged", "Merged", Kind.COUNT),
            Column("merged_into", "Into", Kind.COUNT),
            Column("dropped", "Dropped", Kind.COUNT),
            Column("added", "Added", Kind.COUNT),
            Column("outcomes_out", "Out", Kind.COUNT),
            Column("provenance", "Rests on", Kind.TEXT),
        ),
        (
            [
                stage.label,
                stage.respondents,
                stage.outcomes_in,
                stage.kept,
                stage.merged,
                stage.merged_into,
                stage.dropped,
                stage.added,
                stage.outcomes_out,
                stage.provenance.value,
            ]
            for stage in path.stages
        ),
        "Computed from answers, rules and lineage: " + " → ".join(map(str, path.path)) + ".",
    )


def final_table(study: Study, path: StudyPath) -> Table:
    """Return the outcomes of the last list."""
    return table(
        "final_list",
        "The last list",
        (
            Column("outcome", "Code", Kind.TEXT),
            Column("label", "Outcome", Kind.TEXT),
            Column("domain", "Domain", Kind.TEXT),
        ),
        ([code, study.outcome(code).label, study.outcome(code).domain] for code in path.final),
    )


def attrition_table(protocol: Protocol, steps: Sequence[AttritionStep]) -> Table:
    """Return who came, stayed, left and came back."""
    return table(
        "attrition",
        "Who answered, round by round",
        (
            Column("round", "Round", Kind.TEXT),
            Column("group", "Group", Kind.TEXT),
            Column("responded", "Answered", Kind.COUNT),
            Column("retained", "Stayed", Kind.COUNT),
            Column("returned", "Came back", Kind.COUNT),
            Column("joined", "New", Kind.COUNT),
            Column("lost", "Left", Kind.COUNT),
        ),
        (
            [
                protocol.round(step.round).label,
                "everyone" if step.group is None else protocol.group(step.group).label,
                step.responded,
                step.retained,
                step.returned,
                step.joined,
                step.lost,
            ]
            for step in steps
        ),
        "Answered = stayed + came back + new. Left: answered the round before and not this one.",
    )


def leavers_table(data: RatingData, later: str, found: Sequence[LeaverComparison]) -> Table:
    """Return whether those who did not come back had rated otherwise."""
    hidden = hidden_leavers(data, found)
    return table(
        "leavers",
        f"Those who left after {data.round.label}, by their mean score there",
        (
            Column("group", "Group", Kind.TEXT),
            Column("n_stayed", "Stayed", Kind.COUNT),
            Column("n_left", "Left", Kind.COUNT),
            Column("median_stayed", "Median, stayed"),
            Column("median_left", "Median, left"),
            Column("difference", "Difference"),
            Column("low", "From"),
            Column("high", "To"),
            Column("p_value", "p", Kind.P_VALUE),
        ),
        (_leavers_row(data, one, hidden=one.group in hidden) for one in found),
        f"Left: answered {data.round.label} and not {later}. Difference: Hodges-Lehmann, stayed less left, "
        "with a 95 % interval; p: Mann-Whitney. With few who left, a large p-value is no evidence that they "
        "did not differ.",
        f"Hidden: fewer than {data.minimum} stayed or left, and what would give them back." if hidden else "",
    )


def hidden_leavers(data: RatingData, found: Sequence[LeaverComparison]) -> frozenset[str | None]:
    """Return whose scores are not shown: too few stayed or left, or they would give such a group back."""
    groups = [one for one in found if one.group is not None]
    hidden: set[str | None] = set()
    for numbers in (
        {one.group: one.n_stayed for one in groups},
        {one.group: one.n_left for one in groups},
    ):
        of_groups = {group: n for group, n in numbers.items() if group is not None}
        hides = hidden_rows(of_groups, data.protocol, data.round)
        hidden |= hides.groups | ({None} if hides.everything else set())
    return frozenset(hidden)


def _leavers_row(data: RatingData, one: LeaverComparison, *, hidden: bool) -> list[Cell]:
    start: list[Cell] = [data.group_label(one.group), one.n_stayed, one.n_left]
    if hidden:
        return [*start, *[HIDDEN] * 6]
    difference = one.difference
    return [
        *start,
        one.median_stayed,
        one.median_left,
        difference.estimate,
        difference.low,
        difference.high,
        one.test.p_value,
    ]


def published_table(found: Sequence[Comparison]) -> Table:
    """Return what is published beside what is computed."""
    return table(
        "published",
        "What is published, and what is computed here",
        (
            Column("figure", "Figure", Kind.TEXT),
            Column("source", "Source", Kind.TEXT),
            Column("published", "Published", Kind.TEXT),
            Column("computed", "Computed", Kind.TEXT),
            Column("status", "Status", Kind.TEXT),
            Column("why", "Why", Kind.TEXT),
        ),
        (
            [
                one.figure.code,
                one.source.title,
                _figure(one.figure.value),
                _figure(one.computed),
                one.status.value.replace("_", " "),
                one.why,
            ]
            for one in found
        ),
    )


def _figure(value: object) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{len(value)} names"  # type: ignore[arg-type]  # a tuple

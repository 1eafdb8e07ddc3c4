"""The verdict table of a round, as a page shows it; its file has every figure by group."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from analysis.report.rating_tables import OUTCOME
from analysis.sentences import VERDICT_WORDS
from analysis.study.rounds import RoundKind
from analysis.study.rules import MeanMeasure, Rule, ShareRule, Verdict
from analysis.tables import HIDDEN, Cell, Column, Kind, Table, table
from analysis.tabulation import GroupFigures, PooledFigures, columns_of_rules
from analysis.verdicts import Rank, VerdictTable, plain_rows


def verdicts_table(found: VerdictTable, labels: Mapping[str, str], rules: Sequence[Rule]) -> Table:
    """Return each outcome's verdict with and without weights, and what the rules look at."""
    votes = found.kind is RoundKind.WORKSHOP
    columns = columns_of_rules(found.columns, rules)
    heads: list[Column] = []
    for column in columns:
        for name, label in (
            *found.group_labels.items(),
            ("unweighted", "All"),
            ("weighted", "All, weighted"),
        ):
            kind = Kind.COUNT if votes else Kind.SHARE
            points = ", points" if votes else ""
            heads.append(Column(f"{name}_{column.code}", f"{label}: {column.label}{points}", kind))
    means = any(not isinstance(rule, ShareRule) and isinstance(rule.measure, MeanMeasure) for rule in rules)
    names = (*found.group_labels.items(), ("unweighted", "All"), ("weighted", "All, weighted"))
    heads += [Column(f"{name}_mean", f"{label}: mean") for name, label in names] if means else []
    heads += [Column(_rank_name(one), _rank_heading(one, found), Kind.COUNT) for one in _ranks(found)]
    rows = []
    for row in found.rows:
        sides: tuple[GroupFigures | PooledFigures, ...] = (*row.groups, row.unweighted, row.weighted)
        cells: list[Cell] = [_cell(side, column.code, votes) for column in columns for side in sides]
        cells += [HIDDEN if side.suppressed else _number(side.mean) for side in sides] if means else []
        cells += [HIDDEN if one.suppressed else one.weighted for one in row.ranks]
        verdicts = [_word(row.verdict_weighted), _word(row.verdict_unweighted)]
        changed = "changed" if row.changed_by_weights else ""
        rows.append([row.outcome, labels[row.outcome], *cells, *verdicts, changed])
    ends = (
        Column("verdict_weighted", "Verdict", Kind.TEXT),
        Column("verdict_unweighted", "Without weights", Kind.TEXT),
        Column("changed_by_weights", "By the weights", Kind.TEXT),
    )
    changed_rows = sum(row.changed_by_weights for row in found.rows)
    return table(
        "verdicts",
        "Verdicts",
        (*OUTCOME, *heads, *ends),
        rows,
        *found.rule_sentences,
        found.weighting_sentence,
        *found.tie_sentences,
        f"The weights change {changed_rows} of {len(found.rows)} verdicts.",
        _hidden_note(found),
    )


def _ranks(found: VerdictTable) -> tuple[Rank, ...]:
    return found.rows[0].ranks if found.rows else ()


def _rank_name(rank: Rank) -> str:
    return f"rule_{rank.rule + 1}_{rank.group or 'overall'}_rank"


def _rank_heading(rank: Rank, found: VerdictTable) -> str:
    return "Place" if rank.group is None else f"Place: {found.group_labels[rank.group]}"


def every_figure_table(found: VerdictTable) -> Table:
    """Return every figure by group, box and ballot, as `python -m analysis verdicts --csv` prints it."""
    header, rows = plain_rows(found)
    columns = [Column(name, name, Kind.TEXT) for name in header]
    return table("every_figure", "Every figure by group", columns, rows, only_in_file=True)


def _cell(figures: GroupFigures | PooledFigures, code: str, votes: bool) -> float | str | None:
    if figures.suppressed:
        return HIDDEN
    return _number(figures.points.get(code) if votes else figures.share.get(code))


def _number(value: Fraction | int | None) -> float | None:
    return None if value is None else float(value)


def _word(verdict: Verdict | None) -> str:
    return VERDICT_WORDS[verdict].lower() if verdict else ""


def _hidden_note(found: VerdictTable) -> str:
    if not any(group.suppressed for row in found.rows for group in row.groups):
        return ""
    return f"Hidden: groups of fewer than {found.minimum_group_size}, and what would give them back."

"""`verdicts`: a round's shares by group, weighted and unweighted, and the verdicts under both."""

import csv
import sys
from collections.abc import Iterator

import click

from analysis.cli.bundle_argument import bundle_argument, json_option
from analysis.cli.exits import refuse
from analysis.cli.printing import percent, print_json, print_lines, print_table
from analysis.cli.verdicts_json import table_as_json
from analysis.evidence import evidence_of
from analysis.path import path_of
from analysis.sentences import VERDICT_WORDS
from analysis.study.rounds import RoundKind
from analysis.study.rules import MeanMeasure, ShareRule
from analysis.study.study import Study
from analysis.tabulation import Column, GroupFigures, PooledFigures, columns_of_rules
from analysis.verdicts import HIDDEN, VerdictRow, VerdictTable, plain_rows, verdict_table

_MARK = "changed by the weights"


@click.command()
@bundle_argument
@click.option("--round", "round_code", required=True, help="The round's code, such as 1.")
@click.option("--criterion", help="The criterion's code; default: the round's first.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, every box and group.")
@json_option
def verdicts(study: Study, *, round_code: str, criterion: str | None, as_csv: bool, as_json: bool) -> None:
    """Print each outcome's shares by group, weighted and unweighted, and its verdict under both.

    A workshop has points in place of shares. Groups that are too small are hidden.
    """
    table = _table(study, round_code, criterion)
    if as_json:
        print_json(table_as_json(study, table))
    elif as_csv:
        header, rows = plain_rows(table)
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    else:
        _print(study, table)


def _table(study: Study, round_code: str, criterion: str | None) -> VerdictTable:
    held = {stage.code: stage.listed_in for stage in path_of(study).stages}
    if round_code not in held:
        refuse(
            f"--round: found {round_code}, expected a round that was held: {', '.join(held) or 'none was'}"
        )
    try:
        evidence = evidence_of(study, round_code)
        return verdict_table(study.protocol, round_code, evidence, held[round_code], criterion=criterion)
    except ValueError as error:
        refuse(str(error))


def _print(study: Study, table: VerdictTable) -> None:
    if not table.rows:
        print_lines("No outcome is in this round's list.")
        return
    columns = _columns_shown(study, table)
    header = [
        "outcome",
        *(name for name, _ in _cells(table, table.rows[0], columns)),
        "verdict",
        "unweighted",
        "",
    ]
    rows = [
        [
            study.outcome(row.outcome).label,
            *(cell for _, cell in _cells(table, row, columns)),
            VERDICT_WORDS[row.verdict_weighted].lower() if row.verdict_weighted else "",
            VERDICT_WORDS[row.verdict_unweighted].lower() if row.verdict_unweighted else "",
            _MARK if row.changed_by_weights else "",
        ]
        for row in table.rows
    ]
    last = len(header)
    print_table(header, rows, text_columns=(0, last - 3, last - 2, last - 1))
    print_lines("", *table.rule_sentences, table.weighting_sentence, *table.tie_sentences)
    print_lines(_voters(table))
    changed = sum(row.changed_by_weights for row in table.rows)
    print_lines(f"The weights change {changed} of {len(table.rows)} verdicts.")
    if any(group.suppressed for row in table.rows for group in row.groups):
        print_lines(
            f"Hidden: groups of fewer than {table.minimum_group_size}, and what would give them back."
        )
    print_lines(f"Synthetic: {table.synthetic}" if table.synthetic else "")


def _voters(table: VerdictTable) -> str:
    """How many cast each ballot that has points; "" for a rating round and where groups are hidden."""
    if table.kind is not RoundKind.WORKSHOP or table.rows[0].unweighted.suppressed:
        return ""
    numbers = table.rows[0].unweighted.n_of
    return " ".join(f"“{one.label}” was cast by {numbers[one.code]}." for one in table.columns if one.points)


def _columns_shown(study: Study, table: VerdictTable) -> list[Column | None]:
    """The columns that the rules look at, None standing for the mean; all columns where there is no rule."""
    definition = study.protocol.definition_of(study.protocol.round(table.round))
    rules = definition.rules if definition else ()
    shown: list[Column | None] = [*columns_of_rules(table.columns, rules)]
    if any(not isinstance(rule, ShareRule) and isinstance(rule.measure, MeanMeasure) for rule in rules):
        shown.append(None)
    return shown or list(table.columns)


def _cells(table: VerdictTable, row: VerdictRow, columns: list[Column | None]) -> Iterator[tuple[str, str]]:
    sides: list[tuple[str, GroupFigures | PooledFigures]] = [
        *((table.group_labels[group.group], group) for group in row.groups),
        ("all, unweighted", row.unweighted),
        ("all, weighted", row.weighted),
    ]
    for column in columns:
        for label, figures in sides:
            about = "" if len(columns) == 1 else f", {column.label if column else 'mean'}"
            yield f"{label}{about}", _cell(figures, column)
    for rank in row.ranks:
        if rank.group is None:
            yield "rank", str(rank.weighted or "")
            yield "rank, unweighted", str(rank.unweighted or "")
        else:
            place = HIDDEN if rank.suppressed else str(rank.weighted or "")
            yield f"rank, {table.group_labels[rank.group]}", place


def _cell(figures: GroupFigures | PooledFigures, column: Column | None) -> str:
    if figures.suppressed:
        return HIDDEN
    if column is None:
        return "" if figures.mean is None else f"{float(figures.mean):.2f}"
    if column.points:
        return f"{float(figures.points[column.code]):g}"
    share = figures.share[column.code]
    if share is None:
        return "nobody"
    return f"{percent(float(share))} ({float(figures.k[column.code]):g}/{float(figures.n_of[column.code]):g})"

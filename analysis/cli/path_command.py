"""`path`: from the first list to the last, stage by stage."""

import click

from analysis.cli.bundle_argument import bundle_argument, json_option
from analysis.cli.exits import FINDING, end_with
from analysis.cli.printing import print_json, print_lines, print_table
from analysis.path import RowAgainstVerdict, Stage, StudyPath, path_of
from analysis.sentences import Words, tie_sentence
from analysis.study.study import Study

_HEADER = ("stage", "respondents", "outcomes in", "kept", "merged", "dropped", "added", "out", "provenance")


@click.command()
@bundle_argument
@json_option
def path(study: Study, *, as_json: bool) -> None:
    """Print what became of the outcomes, stage by stage.

    Who goes on is computed from the answers, the rules and the lineage. Ends with 1 where a lineage row
    claims the rule or the ballots as its evidence and contradicts them.
    """
    found = path_of(study)
    if as_json:
        print_json(_as_json(study, found))
    else:
        _print(study, found)
    if found.disagreements:
        end_with(FINDING)


def _print(study: Study, found: StudyPath) -> None:
    print_table(_HEADER, [_row(stage) for stage in found.stages], text_columns=(0, 8))
    print_lines("", "Path: " + " → ".join(map(str, found.path)), f"In the last list, {len(found.final)}:")
    print_lines(*(f"  {study.outcome(code).label}" for code in found.final))
    for stage in found.stages:
        words = Words.of(study.protocol, study.protocol.round(stage.code))
        print_lines(*(f"Tie, {stage.label}: {tie_sentence(tie, words=words)}" for tie in stage.ties))
    print_lines(*(f"Decided otherwise: {row.sentence} {row.reason}" for row in found.overrides))
    print_lines(*(f"Contradiction: {row.sentence}" for row in found.disagreements))
    if study.is_synthetic:
        print_lines(f"Synthetic ({', '.join(study.protocol.study.synthetic)}): {study.protocol.study.note}")


def _row(stage: Stage) -> tuple[str, ...]:
    merged = f"{stage.merged} into {stage.merged_into}" if stage.merged else "0"
    split = len(stage.arithmetic.split)
    if split:
        merged += f", {split} split into {len(stage.arithmetic.split_into)}"
    numbers = (stage.respondents, stage.outcomes_in, stage.kept, merged)
    rest = (stage.dropped, stage.added, stage.outcomes_out)
    return stage.label, *map(str, numbers), *map(str, rest), stage.provenance.value


def _as_json(study: Study, found: StudyPath) -> dict[str, object]:
    return {
        "study": study.protocol.study.code,
        "stages": [_stage_as_json(stage) for stage in found.stages],
        "path": list(found.path),
        "final": [study.outcome(code).label for code in found.final],
        "synthetic": study.protocol.study.note if study.is_synthetic else "",
        "overrides": [_row_as_json(row) for row in found.overrides],
        "disagreements": [_row_as_json(row) for row in found.disagreements],
    }


def _stage_as_json(stage: Stage) -> dict[str, object]:
    return {
        "stage": stage.code,
        "label": stage.label,
        "respondents": stage.respondents,
        "outcomes_in": stage.outcomes_in,
        "kept": stage.kept,
        "reworded": len(stage.arithmetic.reworded),
        "merged": stage.merged,
        "merged_into": stage.merged_into,
        "split": len(stage.arithmetic.split),
        "split_into": len(stage.arithmetic.split_into),
        "dropped": stage.dropped,
        "added": stage.added,
        "outcomes_out": stage.outcomes_out,
        "provenance": stage.provenance.value,
    }


def _row_as_json(row: RowAgainstVerdict) -> dict[str, object]:
    return {
        "round": row.round,
        "outcome": row.outcome,
        "action": row.action.value,
        "evidence": row.evidence.value,
        "verdict": row.verdict.value if row.verdict else None,
        "reason": row.reason,
    }

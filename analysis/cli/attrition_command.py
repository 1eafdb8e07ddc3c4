"""`attrition`: who came, stayed, left and came back."""

from dataclasses import asdict

import click

from analysis.attrition import AttritionStep, flow
from analysis.cli.bundle_argument import bundle_argument, json_option
from analysis.cli.printing import print_json, print_lines, print_table
from analysis.study.study import Study

_HEADER = ("round", "group", "responded", "retained", "returned", "joined", "lost")


@click.command()
@bundle_argument
@json_option
def attrition(study: Study, *, as_json: bool) -> None:
    """Print who responded in each round, by group.

    responded = retained + returned + joined; lost responded in the round before and not in this one.
    """
    steps = flow(study)
    note = study.protocol.study.note if "panel" in study.protocol.study.synthetic else ""
    if as_json:
        found = [asdict(step) for step in steps]
        print_json({"study": study.protocol.study.code, "steps": found, "synthetic": note})
        return
    print_table(_HEADER, [_row(study, step) for step in steps], text_columns=(0, 1))
    print_lines(f"Synthetic: {note}" if note else "")


def _row(study: Study, step: AttritionStep) -> tuple[str, ...]:
    label = study.protocol.round(step.round).label if step.group is None else ""
    group = "everyone" if step.group is None else study.protocol.group(step.group).label
    numbers = (step.responded, step.retained, step.returned, step.joined, step.lost)
    return label, group, *map(str, numbers)

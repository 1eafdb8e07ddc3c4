"""What the generator knows of a study: its rounds, its scale, and which outcomes are in the list when.

It reads neither the published figures nor the consensus definitions.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from analysis.bundle.columns import LINEAGE, OUTCOMES, STUDY_FILE, Record, Table
from analysis.bundle.faults import BundleError
from analysis.bundle.tables import read_table
from analysis.study.lineage_fit import starting_list
from analysis.study.records import LineageStep, Outcome
from analysis.study.rounds import Round
from analysis.study.scale import Scale


@dataclass(frozen=True, slots=True)
class Design:
    """Rounds in order, scales and labels by code, lineage, each round's list in the order of the file."""

    groups: tuple[str, ...]
    rounds: tuple[Round, ...]
    scales: Mapping[str, Scale]
    labels: Mapping[str, str]
    lineage: tuple[LineageStep, ...]
    lists: Mapping[str, tuple[str, ...]]


def read_design(folder: Path) -> Design:
    """Read a study's design from `study.toml`, `outcomes.csv` and `lineage.csv` in `folder`."""
    with (folder / STUDY_FILE).open("rb") as file:
        document = tomllib.load(file)
    rounds = TypeAdapter(tuple[Round, ...]).validate_python(document["rounds"])
    scales = TypeAdapter(tuple[Scale, ...]).validate_python(document["scales"])
    outcomes = _records(folder, OUTCOMES)
    lineage = _records(folder, LINEAGE)
    return Design(
        groups=tuple(group["code"] for group in document["groups"]),
        rounds=rounds,
        scales={scale.code: scale for scale in scales},
        labels={outcome.code: outcome.label for outcome in outcomes},
        lineage=lineage,
        lists=_lists(rounds, outcomes, lineage),
    )


def _records(folder: Path, table: Table[Record]) -> tuple[Record, ...]:
    reading = read_table(table, (folder / table.file).read_text(encoding="utf-8"))
    if reading.value is None:
        raise BundleError(reading.faults)
    return reading.value.records


def _lists(
    rounds: tuple[Round, ...], outcomes: tuple[Outcome, ...], lineage: tuple[LineageStep, ...]
) -> dict[str, tuple[str, ...]]:
    present = set(starting_list(outcomes, lineage))
    lists: dict[str, tuple[str, ...]] = {}
    for round_ in rounds:
        lists[round_.code] = tuple(outcome.code for outcome in outcomes if outcome.code in present)
        for step in (step for step in lineage if step.after == round_.code):
            present = (present - set(step.sources)) | set(step.results)
    return lists

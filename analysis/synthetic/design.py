"""What the generator knows of a study: its rounds, its scale, and which outcomes are in the list when.

It reads neither the published figures nor the consensus definitions.
"""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from analysis.study.lineage_fit import starting_list
from analysis.study.records import Evidence, LineageAction, LineageStep, Outcome
from analysis.study.rounds import Round
from analysis.study.scale import Scale
from analysis.study.values import Provenance


@dataclass(frozen=True, slots=True)
class Design:
    """Rounds in order, scales by code, labels by outcome, lineage, and each round's list in the file's order."""

    groups: tuple[str, ...]
    rounds: tuple[Round, ...]
    scales: Mapping[str, Scale]
    labels: Mapping[str, str]
    lineage: tuple[LineageStep, ...]
    lists: Mapping[str, tuple[str, ...]]


def read_design(folder: Path) -> Design:
    """Read a study's design from `study.toml`, `outcomes.csv` and `lineage.csv` in `folder`."""
    with (folder / "study.toml").open("rb") as file:
        document = tomllib.load(file)
    rounds = TypeAdapter(tuple[Round, ...]).validate_python(document["rounds"])
    scales = TypeAdapter(tuple[Scale, ...]).validate_python(document["scales"])
    outcomes = tuple(_outcome(row) for row in _rows(folder / "outcomes.csv"))
    lineage = tuple(_step(row) for row in _rows(folder / "lineage.csv"))
    return Design(
        groups=tuple(group["code"] for group in document["groups"]),
        rounds=rounds,
        scales={scale.code: scale for scale in scales},
        labels={outcome.code: outcome.label for outcome in outcomes},
        lineage=lineage,
        lists=_lists(rounds, outcomes, lineage),
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _outcome(row: dict[str, str]) -> Outcome:
    provenance = Provenance(row["provenance"])
    return Outcome(row["code"], row["label"], row["descriptor"], row["domain"], provenance, row["reason"])


def _step(row: dict[str, str]) -> LineageStep:
    return LineageStep(
        after=row["after"],
        action=LineageAction(row["action"]),
        sources=tuple(row["from"].split()),
        results=tuple(row["to"].split()),
        reason=row["reason"],
        evidence=Evidence(row["evidence"]),
        provenance=Provenance(row["provenance"]),
    )


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

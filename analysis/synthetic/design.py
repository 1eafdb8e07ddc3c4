"""What the generator knows of a study: its rounds, its scales, and which outcomes are in the list when.

It reads no published figures, and of the protocol it uses no weight and no consensus definition.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from analysis.bundle.columns import LINEAGE, OUTCOMES, STUDY_FILE, Record, Table
from analysis.bundle.faults import BundleError, Reading
from analysis.bundle.tables import read_table
from analysis.bundle.toml_reader import read_toml
from analysis.lineage import LineageGraph
from analysis.study.protocol import Protocol
from analysis.study.records import LineageStep
from analysis.study.rounds import Round
from analysis.study.scale import Scale

Value = TypeVar("Value")


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
    """Read a study's design from `study.toml`, `outcomes.csv` and `lineage.csv`; BundleError if faulty."""
    text = (folder / STUDY_FILE).read_text(encoding="utf-8")
    protocol = _value(read_toml(text, file=STUDY_FILE, kind=Protocol)).part
    outcomes, lineage = _records(folder, OUTCOMES), _records(folder, LINEAGE)
    graph = LineageGraph.of(outcomes, lineage, protocol.rounds)
    return Design(
        groups=protocol.group_codes,
        rounds=protocol.rounds,
        scales={scale.code: scale for scale in protocol.scales},
        labels={outcome.code: outcome.label for outcome in outcomes},
        lineage=lineage,
        lists={round_.code: graph.list_before(round_.code) for round_ in protocol.rounds},
    )


def _records(folder: Path, table: Table[Record]) -> tuple[Record, ...]:
    text = (folder / table.file).read_text(encoding="utf-8")
    return _value(read_table(table, text)).records


def _value(reading: Reading[Value]) -> Value:
    if reading.value is None:
        raise BundleError(reading.faults)
    return reading.value

"""The same simulation on one core, on two, and on a cluster."""

from dataclasses import replace
from pathlib import Path

import joblib
import numpy as np
import pytest
from distributed import Client

from analysis.bundle.design_file import read_design
from analysis.simulation.characteristics import OperatingCharacteristics, operating_characteristics
from analysis.simulation.design import Design

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "delphi_design.toml"
REPLICATES = 130  # a last piece that is smaller than the others


@pytest.fixture(scope="module")
def design() -> Design:
    return replace(read_design(EXAMPLE), panel_sizes=(0.5, 1.0), attrition=(1.0,))


def played(design: Design, *, workers: int) -> tuple[OperatingCharacteristics, list[int]]:
    told: list[int] = []
    found = operating_characteristics(
        design,
        replicates=REPLICATES,
        rng=np.random.default_rng(9),
        workers=workers,
        progress=lambda done, total: told.append(done),
    )
    return found, told


@pytest.fixture(scope="module")
def alone(design: Design) -> OperatingCharacteristics:
    return played(design, workers=1)[0]


@pytest.mark.parametrize("backend", ["loky", "threading"])
def test_two_workers_give_what_one_gives(
    design: Design, alone: OperatingCharacteristics, backend: str
) -> None:
    with joblib.parallel_config(backend=backend):
        found, told = played(design, workers=2)
    assert found == alone
    assert told == [1, 2, 3, 4]


def test_a_cluster_gives_what_one_gives(
    design: Design, alone: OperatingCharacteristics, two_workers: Client
) -> None:
    before = two_workers.run(tasks_done)
    with two_workers.as_current(), joblib.parallel_config(backend="dask"):
        found, told = played(design, workers=2)
    assert found == alone
    assert told == [1, 2, 3, 4]
    assert sum(two_workers.run(tasks_done).values()) > sum(before.values())


def tasks_done(dask_worker: object) -> int:
    """How many results the worker has given so far."""
    return int(dask_worker.state.executed_count)  # type: ignore[attr-defined]

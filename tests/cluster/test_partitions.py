"""Answers kept as Parquet: the same counts from one file, many files, and two processes of which one dies."""

import os
import signal
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet
import pytest
from distributed import Client, SchedulerPlugin

from analysis.counts import ResponseCounts
from analysis.dispersion.agreement_a import van_der_eijk_a
from analysis.partitions import count_parquet, partitions_of
from analysis.shares import share
from analysis.study.scale import Box, Scale
from tests.cluster.answer_files import (
    GROUPS,
    OUTCOMES,
    POINTS,
    grouped_by_pandas,
    made_up_answers,
    write_parts,
)

ROWS, PARTS = 6_000, 40
SCALE = Scale("nine", 1, 9, ("not at all", *[""] * 7, "very"), "cannot say")
WANTED = {"round": "2", "criterion": "importance"}


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return made_up_answers(ROWS, seed=20)


@pytest.fixture(scope="module")
def parts(frame: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_parts(frame, tmp_path_factory.mktemp("answers") / "ratings", parts=PARTS)


@pytest.fixture(scope="module")
def expected(frame: pd.DataFrame) -> ResponseCounts:
    return grouped_by_pandas(frame, round_code="2", criterion="importance")


def one_file(frame: pd.DataFrame, folder: Path, row_group_size: int | None = None) -> Path:
    path = folder / "answers.parquet"
    frame.to_parquet(path, index=False, row_group_size=row_group_size)
    return path


def test_many_files_are_counted_as_pandas_groups_them(parts: Path, expected: ResponseCounts) -> None:
    counts = count_parquet(parts, scale=SCALE, **WANTED)
    assert expected.n.min() > 100
    assert expected.missing.min() > 0
    assert counts == expected


def test_counts_offer_it_too(parts: Path, expected: ResponseCounts) -> None:
    assert ResponseCounts.from_parquet(parts, scale=SCALE, **WANTED) == expected


def test_two_processes_count_as_one(parts: Path, expected: ResponseCounts, two_workers: Client) -> None:
    address = two_workers.scheduler_info()["address"]
    for scheduler in (None, two_workers, address):
        assert count_parquet(parts, scale=SCALE, **WANTED, engine="dask", scheduler=scheduler) == expected


@dataclass
class KillsAWorker(SchedulerPlugin):
    """Kills the process that has the result of the fifth partition, while most are still to be counted."""

    name = "kills-a-worker"
    processes: dict[str, int]
    counted: list[str] = field(default_factory=list)
    killed: list[int] = field(default_factory=list)

    def transition(self, key: str, start: str, finish: str, *args: object, **kwargs: object) -> None:
        if finish == "memory" and str(key).startswith("count_partition"):
            self.counted.append(str(key))
            if len(self.counted) == 5:
                process = self.processes[str(kwargs["worker"])]
                os.kill(process, signal.SIGKILL)
                self.killed.append(process)


def test_a_worker_that_dies_midway_changes_nothing(
    parts: Path, expected: ResponseCounts, two_workers: Client
) -> None:
    plugin = KillsAWorker(two_workers.run(os.getpid))
    scheduler = two_workers.cluster.scheduler
    scheduler.add_plugin(plugin)
    axes = {"groups": GROUPS, "outcomes": OUTCOMES}
    counts = count_parquet(parts, scale=POINTS, **axes, **WANTED, engine="dask", scheduler=two_workers)
    scheduler.remove_plugin(plugin.name)
    assert counts == expected
    assert len(plugin.killed) == 1
    assert (
        len(set(plugin.counted)) == PARTS < len(plugin.counted)
    )  # what died with the worker is counted again
    two_workers.wait_for_workers(2)
    assert plugin.killed[0] not in two_workers.run(os.getpid).values()


def test_a_fault_on_a_worker_is_told_here(frame: pd.DataFrame, tmp_path: Path, two_workers: Client) -> None:
    path = one_file(frame.assign(group="nobody"), tmp_path)
    with pytest.raises(ValueError, match=r"answers\.parquet: group: found 'nobody', expected one of: carers"):
        count_parquet(path, scale=SCALE, groups=GROUPS, **WANTED, engine="dask", scheduler=two_workers)


def test_statistics_of_one_outcome_go_on_from_there(parts: Path, frame: pd.DataFrame) -> None:
    counts = count_parquet(parts, scale=SCALE, **WANTED)
    k, n = counts.in_box(Box("agree", 7, 9, "agree"))[0, 1], counts.n[0, 1]
    rows = frame.query("round == '2' and criterion == 'importance' and not late")
    scores = rows.query("group == 'carers' and outcome == 'sleep'")["score"].dropna()
    assert share(int(k), int(n)) == Fraction(int((scores >= 7).sum()), len(scores))
    by_category = np.bincount(scores.astype(int), minlength=10)[1:]
    assert van_der_eijk_a(counts.counts)[0, 1] == van_der_eijk_a(by_category)


def test_a_big_file_is_cut_between_its_row_groups(frame: pd.DataFrame, tmp_path: Path) -> None:
    path = one_file(frame, tmp_path, row_group_size=1_000)
    assert pyarrow.parquet.read_metadata(path).num_row_groups == 6
    cut = partitions_of(path, most_rows=2_500)
    assert [part.row_groups for part in cut] == [(0, 1), (2, 3), (4, 5)]
    assert [part.row_groups for part in partitions_of(path)] == [(0, 1, 2, 3, 4, 5)]
    assert [part.row_groups for part in partitions_of(path, most_rows=1)] == [(at,) for at in range(6)]


def test_the_axes_that_are_asked_for_are_those_of_the_result(parts: Path, frame: pd.DataFrame) -> None:
    groups = ("survivors", "carers", "newcomers", "policy")
    counts = count_parquet(parts, scale=SCALE, groups=groups, **WANTED)
    assert counts == grouped_by_pandas(frame, round_code="2", criterion="importance", groups=groups)
    assert counts.n[2].tolist() == [0, 0, 0]


def test_groups_of_other_rows_are_not_found(frame: pd.DataFrame, tmp_path: Path) -> None:
    other = (frame["round"] != "2") | frame["late"]
    changed = frame.assign(group=frame["group"].where(~other, "elsewhere"))
    assert count_parquet(one_file(changed, tmp_path), scale=SCALE, **WANTED).groups == GROUPS


def test_columns_of_other_types_that_say_the_same_are_counted_the_same(
    frame: pd.DataFrame, tmp_path: Path, expected: ResponseCounts
) -> None:
    late = frame["late"].map({True: "late", False: None})
    codes = {name: frame[name].astype("category") for name in ("round", "group", "outcome", "missing")}
    changed = frame.assign(score=frame["score"].astype(float), late=late, **codes)
    assert count_parquet(one_file(changed, tmp_path), scale=SCALE, **WANTED) == expected


def test_columns_that_hold_nothing_are_counted(tmp_path: Path) -> None:
    row = {"round": "1", "group": "a", "outcome": "x", "criterion": "c", "score": 7}
    path = one_file(pd.DataFrame([row, row]).assign(missing=None, late=None), tmp_path)
    counts = count_parquet(path, scale=SCALE)
    assert (counts.groups, counts.outcomes, counts.counts[0, 0].tolist()) == (
        ("a",),
        ("x",),
        [0, 0, 0, 0, 0, 0, 2, 0, 0],
    )


def test_a_file_without_rows_counts_nobody(frame: pd.DataFrame, tmp_path: Path) -> None:
    path = one_file(frame.iloc[:0], tmp_path)
    counts = count_parquet(path, scale=SCALE, groups=GROUPS, outcomes=OUTCOMES)
    assert counts == ResponseCounts.empty(groups=GROUPS, outcomes=OUTCOMES, categories=POINTS)


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"score": pd.array([10], dtype="Int64")}, "score: found 10, expected a point of the scale, 1 to 9"),
    ({"missing": "skipped"}, "score: found 7 in a row whose missing is 'skipped'"),
    ({"score": "7"}, "score: found a column of large_string, expected whole numbers"),
    ({"group": None}, "group: found nothing"),
    ({"group": 3}, "group: found a column of int64, expected text"),
    ({"late": "tardy"}, "late: found 'tardy', expected 'late', true or nothing"),
    ({"criterion": None}, "criterion: found nothing"),
]


@pytest.mark.parametrize(("change", "fault"), FAULTS)
def test_a_fault_names_file_and_column(change: dict[str, Any], fault: str, tmp_path: Path) -> None:
    row = {"round": "1", "group": "a", "outcome": "x", "criterion": "c", "score": 7, "missing": None}
    path = one_file(pd.DataFrame([{**row, "late": False}]).assign(**change), tmp_path)
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the text is compared below
        count_parquet(path, scale=SCALE, groups=("a",), outcomes=("x",))
    assert str(raised.value).startswith(f"{path}: {fault}")


@pytest.mark.parametrize("column", ["round", "group", "outcome", "criterion", "score", "missing", "late"])
def test_a_column_that_is_not_there_is_named(column: str, frame: pd.DataFrame, tmp_path: Path) -> None:
    path = one_file(frame.drop(columns=column), tmp_path)
    with pytest.raises(ValueError, match=rf"answers\.parquet: {column}: no such column"):
        count_parquet(path, scale=SCALE, groups=GROUPS, outcomes=OUTCOMES, **WANTED)


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        ({"round": None}, r"round: .* holds several: 1, 2; say which"),
        ({"criterion": None}, r"criterion: .* holds several: importance, wording"),
        ({"round": "3"}, r"round: '3' is in no row of .*, which holds 1, 2"),
        ({"criterion": "x"}, "criterion: 'x' is in no row"),
        ({"groups": ("carers", "carers")}, "groups: carers more than once"),
        ({"scale": ()}, r"scale: \(\), expected at least one point"),
        ({"scale": (2, 1)}, "scale: .*rising"),
        ({"engine": "spark"}, "engine: 'spark', expected"),
        ({"scheduler": "tcp://127.0.0.1:1"}, "scheduler: given, but only"),
        ({"engine": "dask", "scheduler": 7}, "scheduler: int, expected a scheduler's address"),
    ],
)
def test_an_argument_that_does_not_fit_is_named(arguments: dict[str, Any], fault: str, parts: Path) -> None:
    given: dict[str, Any] = {"scale": SCALE, **WANTED, **arguments}
    with pytest.raises(ValueError, match=f"^{fault}"):
        count_parquet(parts, **given)


def test_a_place_without_parquet_is_told(tmp_path: Path) -> None:
    (tmp_path / "answers.parquet").write_text("round,panellist\n")
    with pytest.raises(ValueError, match=r"answers\.parquet: not a Parquet file"):
        count_parquet(tmp_path, scale=SCALE)
    with pytest.raises(ValueError, match=r"^path: found no Parquet file"):
        count_parquet(tmp_path / "nowhere", scale=SCALE)

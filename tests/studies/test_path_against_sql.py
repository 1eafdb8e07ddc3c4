"""The study's path once more, by SQLite's own counting, division and rank(); nothing of ours computes it.

Equal fractions give equal doubles, as IEEE 754 rounds a division correctly, so ties are ties there too.
"""

import csv
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.bundle.reader import read
from analysis.evidence import evidence_of
from analysis.path import path_of
from analysis.verdicts import verdict_table

STUDY = Path(__file__).resolve().parents[2] / "studies" / "mscos_2022"
TABLES = ("panel", "ratings", "ballots", "lineage")
ROUND_1_SIZE, ROUND_2_SIZE, WORKSHOP_SIZE, SURVIVORS_COUNT = 41, 12, 6, 2  # study.toml

RATED = """
WITH answered AS (
  SELECT outcome, p."group" = 'survivors' AS survivor, CAST(score AS INTEGER) BETWEEN 7 AND 9 AS agrees
  FROM ratings r JOIN panel p USING (panellist)
  WHERE round = :round AND late = '' AND score <> ''
), shares AS (
  SELECT outcome,
    1.0 * sum(agrees * CASE survivor WHEN 1 THEN :weight ELSE 1 END)
        / sum(CASE survivor WHEN 1 THEN :weight ELSE 1 END) AS overall,
    1.0 * sum(agrees AND survivor) / sum(survivor) AS survivors
  FROM answered GROUP BY outcome
)
SELECT outcome, overall, survivors,
  rank() OVER (ORDER BY overall DESC) AS place, rank() OVER (ORDER BY survivors DESC) AS survivors_place
FROM shares
"""
VOTED = """
WITH points AS (
  SELECT outcome, sum((4 - position) * CASE p."group" WHEN 'survivors' THEN :weight ELSE 1 END) AS overall,
    sum((4 - position) * (p."group" = 'survivors')) AS survivors
  FROM ballots b JOIN panel p USING (panellist) WHERE ballot = 'final' GROUP BY outcome
)
SELECT outcome, overall, survivors,
  rank() OVER (ORDER BY overall DESC) AS place, rank() OVER (ORDER BY survivors DESC) AS survivors_place
FROM points
"""


@pytest.fixture(scope="module")
def tables() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    for name in TABLES:
        with (STUDY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        columns = ", ".join(f'"{column}"' for column in header)
        connection.execute(f"CREATE TABLE {name} ({columns})")
        connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(header))})", rows)  # noqa: S608  # our own names
    yield connection
    connection.close()


def _goes_on(rows: list[sqlite3.Row], size: int) -> set[str]:
    return {row["outcome"] for row in rows if row["place"] <= size or row["survivors_place"] <= size}


def _list_after(tables: sqlite3.Connection, round_: str, goes_on: set[str]) -> set[str]:
    rows = tables.execute('SELECT action, "from", "to" FROM lineage WHERE after = ?', (round_,)).fetchall()
    merged = [(set(row["from"].split()), row["to"]) for row in rows if row["action"] == "merged"]
    gone = set().union(*(sources for sources, _ in merged)) if merged else set()
    return (goes_on - gone) | {target for sources, target in merged if sources & goes_on}


def test_sql_gives_the_same_list_after_each_round(tables: sqlite3.Connection) -> None:
    stages = {stage.code: set(stage.listed_out) for stage in path_of(read(STUDY)).stages}
    for round_, size in (("1", ROUND_1_SIZE), ("2", ROUND_2_SIZE)):
        rows = tables.execute(RATED, {"round": round_, "weight": SURVIVORS_COUNT}).fetchall()
        assert _list_after(tables, round_, _goes_on(rows, size)) == stages[round_]
    rows = tables.execute(VOTED, {"weight": SURVIVORS_COUNT}).fetchall()
    assert _goes_on(rows, WORKSHOP_SIZE) == stages["workshop"]


@pytest.mark.parametrize("round_", ["1", "2"])
@pytest.mark.parametrize("weighted", [True, False])
def test_sql_gives_the_same_shares_and_ranks(tables: sqlite3.Connection, round_: str, weighted: bool) -> None:
    study = read(STUDY)
    listed = path_of(study).stage(round_).listed_in
    table = verdict_table(study.protocol, round_, evidence_of(study, round_), listed)
    weight = SURVIVORS_COUNT if weighted else 1
    rows = tables.execute(RATED, {"round": round_, "weight": weight}).fetchall()
    assert {row["outcome"] for row in rows} == set(listed)
    for row in rows:
        ours = table.row(row["outcome"])
        share = (ours.weighted if weighted else ours.unweighted).share["agree"]
        assert share is not None
        assert float(share) == row["overall"]
        ranks = {rank.group: rank.weighted if weighted else rank.unweighted for rank in ours.ranks}
        assert ranks == {None: row["place"], "survivors": row["survivors_place"]}

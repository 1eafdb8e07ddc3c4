"""The command line."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from analysis.bundle.writer import write
from analysis.cli.main import main
from analysis.evidence import evidence_of
from analysis.study.published import Figure, FigureMeasure, Published, Source
from analysis.study.records import Evidence, LineageAction
from analysis.verdicts import plain_rows, verdict_table
from tests.data.small_study import LIST_1, small_study, study_of_every_kind


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    write(small_study(), folder)
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_path_prints_a_row_a_stage_and_the_final_names(bundle: Path) -> None:
    result = run("path", bundle)
    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert lines[0].split()[:4] == ["stage", "respondents", "outcomes", "in"]
    assert lines[1].split() == ["Round", "1", "8", "6", "3", "2", "into", "1", "1", "0", "4", "assumed"]
    assert "Path: 6 → 4 → 4" in lines
    assert "  Friends and family" in lines


def test_path_as_json(bundle: Path) -> None:
    found = json.loads(run("path", bundle, "--json").output)
    assert found["path"] == [6, 4, 4]
    assert found["stages"][0] == {
        "stage": "1",
        "label": "Round 1",
        "respondents": 8,
        "outcomes_in": 6,
        "kept": 3,
        "reworded": 0,
        "merged": 2,
        "merged_into": 1,
        "split": 0,
        "split_into": 0,
        "dropped": 1,
        "added": 0,
        "outcomes_out": 4,
        "provenance": "assumed",
    }


def test_path_ends_with_one_where_a_row_contradicts_the_rule(tmp_path: Path) -> None:
    study = small_study()
    wrong = replace(study.lineage[1], sources=("home",))
    assert (wrong.action, wrong.evidence) == (LineageAction.DROPPED, Evidence.RULE)
    write(replace(study, lineage=(study.lineage[0], wrong)), tmp_path / "wrong")
    result = run("path", tmp_path / "wrong")
    assert result.exit_code == 1
    assert "Contradiction: After round 1, home is dropped on rule" in result.output


def test_what_is_synthetic_is_said_under_the_table(tmp_path: Path) -> None:
    write(study_of_every_kind(), tmp_path / "every.zip")
    assert "Synthetic (ratings): These ratings are synthetic." in run("path", tmp_path / "every.zip").output


def test_csv_of_verdicts_is_the_table_of_plain_rows(bundle: Path) -> None:
    study = small_study()
    header, rows = plain_rows(verdict_table(study.protocol, "1", evidence_of(study, "1"), LIST_1))
    printed = list(csv.reader(io.StringIO(run("verdicts", bundle, "--round", "1", "--csv").output)))
    assert printed == [list(header), *map(list, rows)]


def test_verdicts_mark_what_the_weights_change(bundle: Path) -> None:
    result = run("verdicts", bundle, "--round", "2")
    assert result.exit_code == 0
    marked = [line for line in result.output.splitlines() if line.endswith("changed by the weights")]
    assert [line.split()[0] for line in marked] == ["Work"]
    assert "The weights change 1 of 4 verdicts." in result.output


def test_json_of_verdicts_has_the_same_floats_as_the_csv(bundle: Path) -> None:
    found = json.loads(run("verdicts", bundle, "--round", "2", "--json").output)
    work = next(one for one in found["outcomes"] if one["outcome"] == "work")
    assert work["unweighted"]["share"]["agree"] == 4 / 6
    assert work["groups"]["researchers"] == {"suppressed": True}
    assert work["changed_by_weights"] is True


def test_verdicts_of_a_workshop_have_points(tmp_path: Path) -> None:
    write(study_of_every_kind(), tmp_path / "every")
    result = run("verdicts", tmp_path / "every", "--round", "workshop")
    assert result.exit_code == 0
    assert "“Final top two” was cast by" not in result.output  # three voters are too few to be shown
    assert "given most points overall on the ballot “Final top two”" in result.output


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--round", "9"), "--round: found 9, expected a round that was held: 1, 2"),
        (("--round", "1", "--criterion", "x"), "criterion: 'x' is not one of inclusion"),
    ],
)
def test_a_round_or_criterion_that_is_not_there_is_bad_input(
    bundle: Path, arguments: tuple[str, ...], line: str
) -> None:
    result = run("verdicts", bundle, *arguments)
    assert (result.exit_code, result.stderr.strip()) == (2, line)


def test_each_fault_of_a_bundle_is_one_line_of_standard_error(bundle: Path) -> None:
    table = bundle / "panel.csv"
    table.write_text(table.read_text().replace("s1,survivors", "s1,nobody").replace("r1,researchers", "r1,x"))
    for command in ("path", "reproduce", "attrition", "check"):
        result = run(command, bundle)
        assert (result.exit_code, result.stdout) == (2, "")
        assert len(result.stderr.splitlines()) == 2
        assert "panel.csv, line 2, group" in result.stderr


def test_check_says_what_a_right_bundle_holds(bundle: Path) -> None:
    result = run("check", bundle)
    assert (result.exit_code, result.output.startswith("OK: small: 7 outcomes, 2 lineage rows")) == (0, True)


@pytest.mark.parametrize(("value", "status"), [(6, 0), (7, 1)])
def test_reproduce_ends_with_one_where_a_figure_is_not_reproduced(
    tmp_path: Path, value: int, status: int
) -> None:
    figure = Figure("answered", FigureMeasure.RESPONDENTS, value, "report", should_reproduce=True, stage="2")
    published = Published((Source("report", "The report", "Page 1"),), (figure,))
    write(replace(small_study(), published=published), tmp_path / "study")
    result = run("reproduce", tmp_path / "study")
    assert result.exit_code == status
    assert f"Of 1 that should be reproduced, {1 - status} are." in result.output
    assert json.loads(run("reproduce", tmp_path / "study", "--json").output)["failed"] == status


def test_attrition_has_everyone_and_each_group(bundle: Path) -> None:
    lines = run("attrition", bundle).output.splitlines()
    assert lines[4].split() == ["Round", "2", "everyone", "6", "5", "0", "1", "3"]
    assert lines[5].split() == ["Survivors", "4", "3", "0", "1", "2"]


def test_datapackage_is_the_one_that_the_bundle_holds(bundle: Path) -> None:
    assert run("datapackage", bundle).output == (bundle / "datapackage.json").read_text(encoding="utf-8")


def test_synthesise_refuses_a_folder_without_parameters(tmp_path: Path) -> None:
    result = run("synthesise", tmp_path)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1

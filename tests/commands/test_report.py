"""`python -m analysis report`: one command gives the whole analysis."""

import csv
import hashlib
import json
import re
from pathlib import Path

import html5lib
import pytest
from click.testing import CliRunner, Result

from analysis.bundle.writer import write
from analysis.cli.main import main
from analysis.tables import HIDDEN
from tests.data.small_study import small_study, study_of_every_kind

MSCOS = Path(__file__).parents[2] / "studies" / "mscos_2022"
NOTHING_FROM_ELSEWHERE = re.compile(r'(?:src|href)="(?:https?:)?//')


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """The report of the MSCOS study, with figures as SVG."""
    out = tmp_path_factory.mktemp("report")
    return out, run("report", MSCOS, "--out", out, "--figures", "svg", "--replicates", "200")


def table(out: Path, name: str) -> list[dict[str, str]]:
    with (out / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_one_command_writes_tables_figures_a_page_and_a_manifest(written: tuple[Path, Result]) -> None:
    out, result = written
    assert result.exit_code == 0, result.output
    assert (out / "report.html").is_file()
    assert len(list((out / "tables").glob("*.csv"))) > 35
    assert len(list((out / "figures").glob("*.svg"))) > 14
    assert "74 → 72 → 34 → 14 → 7" in result.output
    assert "Not computed, or needs a look: " in result.output


def test_the_manifest_holds_the_hash_of_each_input_and_output(written: tuple[Path, Result]) -> None:
    out, _ = written
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    inputs = {one["file"]: one["sha256"] for one in manifest["inputs"]}
    assert inputs["ratings.csv"] == hashlib.sha256((MSCOS / "ratings.csv").read_bytes()).hexdigest()
    files = {path for path in out.rglob("*") if path.is_file() and path.name != "manifest.json"}
    outputs = {out / one["file"]: one["sha256"] for one in manifest["outputs"]}
    assert set(outputs) == files
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() == digest for path, digest in outputs.items())
    assert manifest["analysis"]
    assert manifest["libraries"]["numpy"]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    write(study_of_every_kind(), tmp_path / "study")
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        result = run("report", tmp_path / "study", "--out", folder, "--replicates", "100")
        assert result.exit_code == 0, result.output
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in folders
    )
    assert first == second
    assert {path.suffix for path in first} == {".csv", ".html", ".json", ".svg", ".pdf", ".png"}


@pytest.mark.parametrize("round_code", ["1", "2", "workshop"])
def test_its_verdicts_are_those_of_the_verdicts_command(
    written: tuple[Path, Result], round_code: str
) -> None:
    printed = run("verdicts", MSCOS, "--round", round_code, "--csv").output
    kept = (written[0] / "tables" / f"round_{round_code}_every_figure.csv").read_text(encoding="utf-8")
    assert kept == printed


def test_whatever_is_synthetic_says_so(written: tuple[Path, Result]) -> None:
    out, _ = written
    assert "a computer drew them" in (out / "report.html").read_text(encoding="utf-8")
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["synthetic"]
    drawn = [path.read_text(encoding="utf-8") for path in (out / "figures").glob("*.svg")]
    assert all("Synthetic" in svg for svg in drawn)


def test_the_page_is_right_and_asks_nobody_for_anything(written: tuple[Path, Result]) -> None:
    page = (written[0] / "report.html").read_text(encoding="utf-8")
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page)
    # SVG attributes that HTML's own list of them does not hold are no fault of a page.
    assert [error for _, error, _ in parser.errors if "svg" not in error] == []
    assert NOTHING_FROM_ELSEWHERE.search(page) is None
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    links = re.findall(r'href="((?:tables|figures)/[^"]+)"', page)
    assert all((written[0] / link).exists() for link in links)


def test_a_part_of_the_page_is_there_for_every_round(written: tuple[Path, Result]) -> None:
    page = (written[0] / "report.html").read_text(encoding="utf-8")
    titles = re.findall(r"<h2[^>]*>([^<]+)</h2>", page)
    assert titles == [
        "The whole study",
        "Round Zero",
        "Round 1",
        "Round 2",
        "Consensus workshop",
        "What is published",
    ]


def test_figures_can_be_left_out(tmp_path: Path) -> None:
    write(small_study(), tmp_path / "study")
    result = run("report", tmp_path / "study", "--out", tmp_path / "out", "--figures", "none", "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.output)
    assert not (tmp_path / "out" / "figures").exists()
    assert [part["part"] for part in found["parts"]] == ["study", "round_1", "round_2"]
    assert all((tmp_path / "out" / name).is_file() for name in found["files"])


def test_groups_that_are_too_small_are_in_no_table_by_group(tmp_path: Path) -> None:
    write(small_study(), tmp_path / "study")
    run("report", tmp_path / "study", "--out", tmp_path / "out", "--figures", "none")
    rows = table(tmp_path / "out", "round_1_statistics_by_group")
    assert rows
    measures = ("n", "mean", "median", "iqr", "agreement_a")
    assert {row[name] for row in rows for name in measures} == {HIDDEN}
    differences = table(tmp_path / "out", "round_1_group_differences")
    assert {row["share"] for row in differences} == {HIDDEN}


def test_no_group_of_the_mscos_study_below_five_is_shown(written: tuple[Path, Result]) -> None:
    rows = table(written[0], "round_2_statistics_by_group")
    shown = [row for row in rows if row["n"] != HIDDEN]
    assert shown
    assert all(int(row["n"]) >= 5 or row["n"] == "0" for row in shown)


def test_ballots_of_fewer_than_the_smallest_group_are_not_counted_out(tmp_path: Path) -> None:
    write(study_of_every_kind(), tmp_path / "study")
    result = run("report", tmp_path / "study", "--out", tmp_path / "out", "--figures", "none")
    assert "Nothing is shown of fewer than 5 people." in result.output
    assert not list((tmp_path / "out" / "tables").glob("*ballot*"))


def test_a_faulty_bundle_ends_with_2_and_every_fault(tmp_path: Path) -> None:
    write(small_study(), tmp_path / "study")
    ratings = tmp_path / "study" / "ratings.csv"
    ratings.write_text(ratings.read_text(encoding="utf-8").replace(",9,", ",11,", 1), encoding="utf-8")
    result = run("report", tmp_path / "study", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "ratings.csv" in result.output
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_ends_with_2(tmp_path: Path) -> None:
    write(small_study(), tmp_path / "study")
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run("report", tmp_path / "study", "--out", tmp_path / "file" / "out", "--figures", "none")
    assert result.exit_code == 2
    assert "--out" in result.output

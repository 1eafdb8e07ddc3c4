"""`simulate`: a design played through, from the command line."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from analysis.cli.simulate_command import simulate
from analysis.simulation.characteristics import ASSUMPTIONS

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "delphi_design.toml"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(simulate, [str(argument) for argument in arguments])


def example(folder: Path, *changes: tuple[str, str]) -> Path:
    """The example with one scenario a rule set and changes to its text."""
    text = EXAMPLE.read_text(encoding="utf-8")
    for old, new in (("[0.5, 1, 2]", "[1]"), ("attrition = [1, 2]", "attrition = [1]"), *changes):
        assert old in text
        text = text.replace(old, new)
    path = folder / "design.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_for_each_scenario_and_then_what_it_means(tmp_path: Path) -> None:
    result = run(example(tmp_path), "--replicates", 20)
    lines = result.stdout.splitlines()
    assert (result.exit_code, result.stderr) == (0, "")
    assert lines[0].split()[:6] == ["panel", "×", "attrition", "×", "weights", "rules"]
    assert lines[1].split()[:5] == ["1", "1", "1", "unweighted", "seventy_fifteen"]
    assert lines[4].split()[:5] == ["4", "1", "1", "survivors_twice", "two_lists"]
    assert "Kept, by class, with 95 % intervals:" in lines
    assert "Replicates of each scenario: 20, from seed 1." in result.stdout
    assert [line.strip() for line in lines if line.strip() in ASSUMPTIONS] == list(ASSUMPTIONS)
    assert lines[-1].startswith("The design says: Every number of this design is assumed")
    assert "Could not be computed" not in result.stdout


def test_csv_has_a_row_for_each_class_of_each_scenario(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(example(tmp_path), "--replicates", 20, "--csv").stdout)))
    assert len(rows) == 4 * 4
    first = rows[0]
    assert (first["class"], first["should"], first["computable"]) == ("essential", "keep", "160")
    fates = ("kept", "dropped_round_1", "dropped_round_2", "undecided")
    assert sum(float(first[name]) for name in fates) == pytest.approx(1)
    assert float(first["kept_low"]) <= float(first["kept"]) <= float(first["kept_high"])


def test_json_says_all_that_it_rests_on(tmp_path: Path) -> None:
    found = json.loads(run(example(tmp_path), "--replicates", 20, "--seed", 5, "--json").stdout)
    assert (found["replicates"], found["seed"], len(found["scenarios"])) == (20, 5, 4)
    assert found["assumptions"] == list(ASSUMPTIONS)
    assert found["scenarios"][0]["invited"] == {"survivors": 30, "providers": 40, "researchers": 20}


def test_the_same_seed_gives_the_same_with_two_workers(tmp_path: Path) -> None:
    path = example(tmp_path)
    options = ("--replicates", 120, "--seed", 3, "--csv")
    assert run(path, *options).stdout == run(path, *options, "--workers", 2).stdout
    assert run(path, *options).stdout != run(path, *options[:2], "--seed", 4, "--csv").stdout


def test_a_bar_is_shown_on_standard_error_where_that_is_a_terminal(tmp_path: Path) -> None:
    path = str(example(tmp_path))
    result = CliRunner(env={"FORCE_COLOR": "1"}).invoke(simulate, [path, "--replicates", "20", "--csv"])
    assert result.exit_code == 0
    assert "Simulating" in result.stderr
    assert result.stdout.startswith("panel_size,")


def test_what_could_not_be_computed_is_said(tmp_path: Path) -> None:
    gone = (
        "survivors = 0.25, providers = 0.3, researchers = 0.2",
        "survivors = 1, providers = 1, researchers = 1",
    )
    path = example(
        tmp_path, gone, ("joins = { survivors = 0.1 }", ""), ('should = "drop"', 'should = "either"')
    )
    result = run(path, "--replicates", 4)
    assert result.exit_code == 0
    assert "Could not be computed: in 4 of 4 replicates of scenario 1, too few answered" in result.stdout
    assert "Could not be computed: the specificity, as no class should be dropped." in result.stdout
    assert result.stdout.splitlines()[1].split()[5:] == ["–", "–", "–", "–", "100.0", "%"]


def test_each_fault_of_a_design_is_one_line_of_standard_error(tmp_path: Path) -> None:
    path = example(tmp_path, ("size = 40", "size = 0"), ("conformity = 0.15", "conformity = 3"))
    result = run(path)
    assert (result.exit_code, result.stdout) == (2, "")
    lines = path.read_text(encoding="utf-8").splitlines()
    size, conformity = (lines.index(line) + 1 for line in ("size = 0", "conformity = 3"))
    assert result.stderr.splitlines() == [
        f'design.toml, line {size}, groups[1].size: found "0", expected 1 or more people',
        f'design.toml, line {conformity}, rounds[1].conformity: found "3.0", expected a share, 0 to 1',
    ]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--workers", 0), "workers: 0, expected 1 or more, or -1 for all cores"),
        (("--replicates", 0), "Error: Invalid value for '--replicates'"),
    ],
)
def test_numbers_that_cannot_be_are_bad_input(
    tmp_path: Path, arguments: tuple[object, ...], line: str
) -> None:
    result = run(example(tmp_path), *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert line in result.stderr


def test_a_file_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    result = run(tmp_path / "none.toml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "none.toml" in result.stderr

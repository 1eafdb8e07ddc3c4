"""A planned design from a TOML file."""

from pathlib import Path

import pytest

from analysis.bundle.design_file import read_design
from analysis.bundle.faults import BundleError
from analysis.study.values import CODE_EXPECTED

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "delphi_design.toml"

MEANLESS = 'spread = 1.4, missing = 0.02 },\n  { group = "providers", mean = 7.8'
NO_MEAN = (
    "classes[0].answers[0].probabilities: found nothing, expected either probabilities, or mean and spread"
)


def faults_of(text: str, folder: Path) -> list[str]:
    path = folder / "plan.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BundleError) as raised:
        read_design(path)
    return [str(fault) for fault in raised.value.faults]


def changed(old: str, new: str) -> str:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert text.count(old) == 1
    return text.replace(old, new)


def test_the_example_is_a_design_and_says_that_it_is_assumed() -> None:
    design = read_design(EXAMPLE)
    assert (len(design.scenarios), design.outcomes) == (3 * 2 * 2 * 2, 30)
    assert design.definitions_of(design.rule_sets[1])[1].code == "top_ten_of_all_or_of_survivors"
    assert "assumed" in design.note


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("size = 40", 'size = "many"', 'groups[1].size: found "many", expected a whole number'),
        ("size = 40", "size = 0", 'groups[1].size: found "0", expected 1 or more people'),
        ('code = "providers"', 'code = "A B"', f'groups[1].code: found "A B", expected {CODE_EXPECTED}'),
        ('should = "drop"', 'should = "lose"', 'classes[3].should: found "lose", expected one of: keep'),
        (
            'mean = 8.2, spread = 1.4, missing = 0.02 },\n  { group = "providers", mean = 7.8',
            MEANLESS,
            NO_MEAN,
        ),
        ("conformity = 0.15", "conformity = 1.5", 'rounds[1].conformity: found "1.5", expected a share'),
        ("attrition = [1, 2]", "attrition = [1, -2]", 'attrition[1]: found "-2.0", expected 0 or more'),
        ("values = { survivors = 2 }", "values = { x = 2 }", 'weights[1].values.x: found "x", expected one'),
        ("panel_sizes", "panels", 'panels: found "panels", expected one of the keys title, groups'),
    ],
)
def test_a_fault_names_file_line_and_field(old: str, new: str, fault: str, tmp_path: Path) -> None:
    (line,) = faults_of(changed(old, new), tmp_path)
    assert line.startswith("plan.toml, line ")
    assert fault in line


def test_every_fault_is_told(tmp_path: Path) -> None:
    text = changed("size = 40", "size = 0").replace("conformity = 0.15", "conformity = 2")
    assert len(faults_of(text, tmp_path)) == 2


def test_a_file_that_is_no_toml_or_no_text_or_not_there_is_told(tmp_path: Path) -> None:
    assert faults_of("title = ", tmp_path)[0].startswith("plan.toml, line 1")
    (tmp_path / "latin.toml").write_bytes(b'title = "\xe9"\n')
    with pytest.raises(BundleError, match=r"latin\.toml, line 1: found .*, expected text in UTF-8"):
        read_design(tmp_path / "latin.toml")
    with pytest.raises(BundleError, match=r"none\.toml: found .*, expected a file that can be read"):
        read_design(tmp_path / "none.toml")

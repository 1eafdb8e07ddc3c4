"""The schema that is written describes the tables that are written, as an independent reader sees it."""

import json
from pathlib import Path

import pytest
from frictionless import Package, validate

from analysis.bundle.columns import TABLES, text_table, wording_table
from analysis.bundle.reader import read
from analysis.bundle.writer import bundle_files, write
from analysis.study.study import Study
from tests.data.small_study import small_study, study_of_every_kind

MSCOS = Path(__file__).parents[2] / "studies" / "mscos_2022"


def errors_of(folder: Path) -> list[str]:
    report = validate(str(folder / "datapackage.json"))
    return [message for (message,) in report.flatten(["message"])]


@pytest.mark.parametrize(
    "study", [small_study(), study_of_every_kind(), read(MSCOS)], ids=lambda s: s.protocol.study.code
)
def test_frictionless_finds_every_table_right(study: Study, tmp_path: Path) -> None:
    write(study, tmp_path / "bundle")
    assert errors_of(tmp_path / "bundle") == []


@pytest.mark.parametrize(
    ("file", "old", "new", "word"),
    [
        ("panel.csv", "s1,survivors", "S 1,survivors", "pattern"),
        ("panel.csv", "s2,survivors", "s1,survivors", "primary key"),
        ("ratings.csv", "1,s1,home", "1,s99,home", "foreign key"),
        ("ratings.csv", "inclusion,9", "inclusion,nine", "integer"),
        ("ratings.csv", "cannot_say", "shrug", "enum"),
        ("ballots.csv", "s1,1,home", "s1,0,home", "minimum"),
        ("outcomes.csv", "work,Work,", "work,,", "required"),
        ("outcomes.cy.csv", "home", "car", "foreign key"),
    ],
)
def test_frictionless_sees_what_the_schema_forbids(
    file: str, old: str, new: str, word: str, tmp_path: Path
) -> None:
    write(study_of_every_kind(), tmp_path / "bundle")
    path = tmp_path / "bundle" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(word in message.lower() for message in errors_of(tmp_path / "bundle"))


def test_the_schema_has_the_columns_of_each_table_in_their_order(tmp_path: Path) -> None:
    write(study_of_every_kind(), tmp_path / "bundle")
    package = Package(str(tmp_path / "bundle" / "datapackage.json"))
    found = {resource.path: resource.schema.field_names for resource in package.resources}
    tables = (*TABLES, wording_table("cy"), text_table("cy"))
    assert found == {table.file: [c.name for c in table.columns] for table in tables}


def test_only_tables_that_are_there_are_described_and_synthetic_ones_say_so() -> None:
    small = json.loads(bundle_files(small_study())["datapackage.json"])
    assert "rankings.csv" not in [resource["path"] for resource in small["resources"]]
    every = json.loads(bundle_files(study_of_every_kind())["datapackage.json"])
    said = [resource["name"] for resource in every["resources"] if "synthetic" in resource["description"]]
    assert said == ["ratings"]
    assert every["description"] == "These ratings are synthetic."

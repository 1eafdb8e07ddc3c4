"""Only the bundle knows the libraries that check and write its files."""

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGES = Path(__file__).parents[2]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def test_only_the_bundle_imports_what_checks_and_writes_toml() -> None:
    importers = {
        path.relative_to(PACKAGES).parts[:2]
        for package in ("analysis", "delphi")
        for path in (PACKAGES / package).rglob("*.py")
        if {"pydantic", "pydantic_core", "tomli_w"} & set(imported(path))
    }
    assert importers == {("analysis", "bundle")}


def test_the_definitions_of_a_study_import_only_the_standard_library() -> None:
    found = {name for path in (PACKAGES / "analysis" / "study").glob("*.py") for name in imported(path)}
    assert not found & {"numpy", "scipy", "pydantic", "click", "rich", "flask", "sqlalchemy"}

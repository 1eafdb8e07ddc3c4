"""The statistics and their tests need NumPy, SciPy and pytest, and nothing else."""

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

REPOSITORY = Path(__file__).parents[1]
PACKAGE, CORE_TESTS = REPOSITORY / "analysis", REPOSITORY / "tests" / "analysis"
CORE = ("numpy", "scipy")
# What stands on the statistics, or adds to them for those who install more.
OUTER = {"__main__", "bundle", "cli", "synthetic", "figures", "report", "partitions", "tables"}


def distributions(*names: str) -> set[str]:
    """The distributions and all that they require here, without extras."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        required = map(Requirement, importlib.metadata.requires(name) or ())
        waiting += [one.name.lower() for one in required if not one.marker or one.marker.evaluate()]
    return found


def link_what_is_installed(folder: Path, *names: str) -> None:
    """Fill the folder with links to the modules of the distributions: site-packages with nothing else."""
    for name in distributions(*names):
        distribution = importlib.metadata.distribution(name)
        tops = {file.parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}
        assert tops, f"{name} does not say what it has installed"
        for top in tops:
            (folder / top).symlink_to(Path(str(distribution.locate_file(top))).resolve())


@pytest.fixture(scope="module")
def core_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("core")
    link_what_is_installed(folder, *CORE, "pytest")
    return folder


def python_with(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with that folder in place of site-packages, and the repository."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    environment["PYTHONPATH"] = os.pathsep.join(map(str, (folder, REPOSITORY)))
    command = [sys.executable, "-S", *arguments]
    return subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", ["click", "hypothesis", "pydantic", "pandas", "flask"])
def test_nothing_else_can_be_imported_there(core_folder: Path, name: str) -> None:
    assert f"No module named '{name}'" in python_with(core_folder, "-c", f"import {name}").stderr


@pytest.mark.timeout(300)
def test_every_core_test_passes_with_numpy_scipy_and_pytest_alone(core_folder: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.ini"
    empty.touch()
    options = ["-p", "no:cacheprovider", "-c", empty, "--rootdir", REPOSITORY, "--confcutdir", CORE_TESTS]
    arguments = ["-m", "pytest", "-v", "tests/analysis", *options, "--import-mode=importlib", "-W", "error"]
    run = python_with(core_folder, *map(str, arguments))
    assert run.returncode == 0, run.stdout + run.stderr
    results = re.findall(r"^(tests/analysis/\S+?\.py)::.+ ([A-Z]+) +\[", run.stdout, re.MULTILINE)
    assert len(results) > 150
    assert {result for _, result in results} == {"PASSED"}
    ran = {REPOSITORY / file for file, _ in results}
    assert ran == set(CORE_TESTS.rglob("test_*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def core_modules() -> list[Path]:
    def place(path: Path) -> str:
        return path.relative_to(PACKAGE).with_suffix("").parts[0]

    return [path for path in sorted(PACKAGE.rglob("*.py")) if place(path) not in OUTER]


def test_the_statistics_import_only_numpy_scipy_and_the_standard_library() -> None:
    allowed = sys.stdlib_module_names | {*CORE, "analysis"}
    found = {(path.name, name) for path in core_modules() for name in imported(path)}
    assert len(found) > 100
    assert {(file, name) for file, name in found if name.split(".")[0] not in allowed} == set()


def test_the_statistics_import_nothing_that_stands_on_them() -> None:
    outer = tuple(f"analysis.{name}" for name in OUTER)
    found = {(path.name, name) for path in core_modules() for name in imported(path)}
    assert {(file, name) for file, name in found if ".".join(name.split(".")[:2]) in outer} == set()

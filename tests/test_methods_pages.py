"""The methods pages are current, leave no statistic out, and lead where their links say."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.methods_catalogue import INTERNAL, PAGES

ROOT = Path(__file__).resolve().parents[1]
METHODS = ROOT / "docs" / "methods"
TOOL = ROOT / "tools" / "methods_pages.py"
STATISTICS = {
    *("agreement", "apmo", "attrition", "comparison", "content_validity", "disclosure", "dispersion"),
    *("feedback_words", "hodges_lehmann", "influence", "intervals", "quantiles", "rand_ucla", "ranking"),
    *("round_statistics", "sensitivity", "simulation", "stability", "uncertainty"),
}
# What a study is, how answers are held, what stands on the statistics; and pages that are written by hand.
OTHERS = {
    *("__init__", "__main__", "answer_columns", "asof", "bundle", "category_places", "cli", "consensus"),
    *("counting", "counts", "evidence", "exactness", "extras", "figures", "lineage", "partitions", "path"),
    *("provenance", "ratings", "report", "reproduce", "sentences", "shares", "study", "synthetic", "tables"),
    *("tabulation", "verdicts", "weights", "whole_numbers"),
}
LINK = re.compile(r"\[[^\]]*\]\((?P<target>(?!https?:)[^)\s]+)\)")
CODE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


def run_tool(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(TOOL), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def top_of(path: Path) -> str:
    return path.relative_to(ROOT / "analysis").with_suffix("").parts[0]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def public_functions() -> Iterator[tuple[str, str]]:
    """Pairs of module and name, of all statistics."""
    for path in sorted((ROOT / "analysis").rglob("*.py")):
        tree = (
            ast.parse(path.read_text(encoding="utf-8")) if top_of(path) in STATISTICS else ast.Module([], [])
        )
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield module_of(path), node.name


def pages_by_hand_and_tool() -> list[Path]:
    return sorted(METHODS.glob("*.md"))


def anchors_of(page: Path) -> set[str]:
    """The anchors that GitHub gives the headings."""
    headings = re.findall(r"^#+ (.+)$", CODE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_pages_are_current() -> None:
    found = run_tool("--check")
    assert (found.returncode, found.stderr) == (0, "")


def test_a_page_that_is_changed_or_missing_or_left_over_is_named(tmp_path: Path) -> None:
    assert run_tool("--folder", str(tmp_path)).returncode == 0
    changed = tmp_path / "apmo.md"
    changed.write_text(changed.read_text(encoding="utf-8").replace("0.5", "0.6"), encoding="utf-8")
    (tmp_path / "influence.md").rename(tmp_path / "sway.md")
    found = run_tool("--check", "--folder", str(tmp_path))
    assert found.returncode == 1
    named = re.findall(r"(\S+)\.md: not current", found.stderr)
    assert [Path(one).name for one in named] == ["apmo", "influence", "sway"]


def test_every_module_of_the_analysis_is_a_statistic_or_is_not() -> None:
    tops = {top_of(path) for path in (ROOT / "analysis").rglob("*.py")}
    assert tops - OTHERS == STATISTICS


def test_every_public_function_has_its_place_on_a_page() -> None:
    page_of = {module: page.file for page in PAGES for module in page.modules}
    missing = [
        f"{module}.{name}"
        for module, name in public_functions()
        if not {module, f"{module}.{name}"} & INTERNAL
        and (
            module not in page_of
            or f"\n## `{name}`\n" not in (METHODS / page_of[module]).read_text(encoding="utf-8")
        )
    ]
    assert missing == []


def test_what_is_internal_is_there_and_offered_by_no_package() -> None:
    modules = {module_of(path) for path in (ROOT / "analysis").rglob("*.py")}
    assert modules | {f"{module}.{name}" for module, name in public_functions()} >= INTERNAL
    for package in (ROOT / "analysis").glob("*/__init__.py"):
        tree = ast.parse(package.read_text(encoding="utf-8"))
        imported = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
        offered = {f"{node.module}.{alias.name}" for node in imported for alias in node.names}
        assert offered.isdisjoint(INTERNAL)
        assert {node.module for node in imported}.isdisjoint(INTERNAL)


def test_every_function_with_a_full_docstring_is_in_an_example() -> None:
    without = []
    for page in PAGES:
        text = (METHODS / page.file).read_text(encoding="utf-8")
        told, examples = text.split("## Worked examples")
        for section in re.split(r"\n## (?=`)", told)[1:]:
            name = section.split("`")[1]
            if "**Takes**" in section and not re.search(rf"\b{name}\b", examples.split("## Verified")[0]):
                without.append(name)
    assert without == []


@pytest.mark.parametrize("page", pages_by_hand_and_tool(), ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    for target in {match["target"] for match in LINK.finditer(text)}:
        file, _, anchor = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        assert there.exists(), target
        assert not anchor or anchor in anchors_of(there), target


def test_every_page_but_the_hand_written_ones_says_by_what_it_is_made() -> None:
    by_hand = {"choosing.md", "consensus.md", "path.md", "weights.md"}
    made = {page for page in pages_by_hand_and_tool() if page.name not in by_hand}
    assert {page.name for page in made} == {page.file for page in PAGES} | {"README.md"}
    for page in made:
        assert page.read_text(encoding="utf-8").startswith("*Generated by [tools/methods_pages.py]")

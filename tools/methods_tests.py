"""Finds what holds a statistic to its word: tests that import it, and the R functions it is compared with."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("analysis", "peers", "properties")
COMPARED_WITH_R = ROOT / "tools" / "compare_with_r.py"

Imported = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """`tests`: the names that each test file takes from which modules; `r`: a name to R's functions."""

    tests: Mapping[Path, Imported]
    r: Mapping[str, tuple[str, ...]]

    def files(self, folder: str, *, name: str, module: str) -> list[Path]:
        """Return the test files of a folder that import the function, by any module above it."""
        return [
            path
            for path, imported in self.tests.items()
            if path.parent.name == folder
            and any(name == one and f"{module}.".startswith(f"{place}.") for place, one in imported)
        ]


def evidence() -> Evidence:
    """Read the tests of the statistics, and the comparison with R if there is one."""
    paths = [path for folder in FOLDERS for path in sorted((ROOT / "tests" / folder).rglob("test_*.py"))]
    tests = {path.relative_to(ROOT): _imported(_tree(path)) for path in paths}
    return Evidence(tests, _r_functions(_tree(COMPARED_WITH_R)) if COMPARED_WITH_R.exists() else {})


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imported(tree: ast.Module) -> Imported:
    """Return pairs of module and name, also of names that are used as attributes of a module."""
    found, module_of = set(), {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "analysis":
            for alias in node.names:
                found.add((str(node.module), alias.name))
                module_of[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Import):
            module_of |= {alias.asname: alias.name for alias in node.names if alias.asname}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.add((module_of.get(node.value.id, ""), node.attr))
    return frozenset(found)


def _r_functions(tree: ast.Module) -> dict[str, tuple[str, ...]]:
    """Return, for each of our functions, what R's are called that it is compared with."""
    ours = {name for _, name in _imported(tree)}
    own = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    found: dict[str, dict[str, None]] = {}
    for arguments in _comparisons(tree):
        used = {node.id for node in ast.walk(arguments["ours"]) if isinstance(node, ast.Name)}
        inside = (ast.walk(own[name]) for name in used & own.keys())
        used |= {node.id for nodes in inside for node in nodes if isinstance(node, ast.Name)}
        for name in used & ours:
            found.setdefault(name, {})[ast.literal_eval(arguments["by"])] = None
    return {name: tuple(functions) for name, functions in found.items()}


def _comparisons(tree: ast.Module) -> Iterator[dict[str, ast.expr]]:
    """Return the arguments of each `Comparison`, by the name of its field."""
    fields: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name == "Comparison":
            fields = [ast.unparse(part.target) for part in node.body if isinstance(part, ast.AnnAssign)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Comparison":
            named = {str(keyword.arg): keyword.value for keyword in node.keywords}
            yield dict(zip(fields, node.args, strict=False)) | named

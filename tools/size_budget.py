"""Measures functions and files, and fails when one is larger than what we agreed to keep readable."""

import ast
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("analysis", "delphi", "tools", "tests")
PRODUCT = ("analysis", "delphi")
GENERATED = "migrations"  # Alembic's operations are a list, however long
LINES_AT_95_PERCENT = 26
LINES_OF_A_FUNCTION = 60
LINES_OF_A_FILE = 400
NESTING = 3
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.TryStar, ast.Match)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, kw_only=True)
class Function:
    """One function: its place, the lines of its body without the docstring, how deep its blocks nest."""

    place: str
    lines: int
    nesting: int
    imports: bool


def is_elif(node: ast.AST, child: ast.AST) -> bool:
    """Whether the child is an `elif` of the node, which the reader does not see as deeper."""
    return isinstance(node, ast.If) and isinstance(child, ast.If) and node.orelse == [child]


def nesting_below(node: ast.AST) -> int:
    """How many blocks stand in one another below the node; functions inside are counted on their own."""
    deepest = 0
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (*FUNCTIONS, ast.ClassDef)):
            own = isinstance(child, BLOCKS) and not is_elif(node, child)
            deepest = max(deepest, nesting_below(child) + own)
    return deepest


def lines_of_body(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines from the first statement after the docstring to the last."""
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def functions_in(path: Path) -> Iterator[Function]:
    """Every function of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, FUNCTIONS):
            yield Function(
                place=f"{path.relative_to(ROOT)}:{node.lineno} {node.name}",
                lines=lines_of_body(node),
                nesting=nesting_below(node),
                imports=any(isinstance(inner, (ast.Import, ast.ImportFrom)) for inner in ast.walk(node)),
            )


def faults_of(function: Function) -> Iterator[str]:
    """What is wrong with a function."""
    if function.lines > LINES_OF_A_FUNCTION:
        yield f"{function.place}: {function.lines} lines, at most {LINES_OF_A_FUNCTION}"
    if function.nesting > NESTING:
        yield f"{function.place}: {function.nesting} blocks in one another, at most {NESTING}"
    if function.imports:
        yield f"{function.place}: imports inside a function"


def faults_of_file(path: Path) -> Iterator[str]:
    """What is wrong with a file and the functions in it."""
    lines = lines_of_file(path)
    if lines > LINES_OF_A_FILE:
        yield f"{path.relative_to(ROOT)}: {lines} lines, at most {LINES_OF_A_FILE}"
    for function in functions_in(path):
        yield from faults_of(function)


def import_cycles() -> list[str]:
    """Pairs of modules that import each other, by way of others too."""
    graph = grimp.build_graph(*PRODUCT)
    pairs = [(a, b) for a in sorted(graph.modules) for b in graph.find_modules_directly_imported_by(a)]
    cycles = [(a, b) for a, b in pairs if graph.chain_exists(importer=b, imported=a)]
    return [f"{a} imports {b}, which leads back to it" for a, b in cycles]


def lines_of_file(path: Path) -> int:
    """The number of lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def python_files(*folders: str) -> list[Path]:
    """The files of the folders, without generated ones."""
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in paths if GENERATED not in path.parts]


def share_below(lines: list[int], share: float) -> int:
    """The number of lines that the given share of the functions does not exceed."""
    return sorted(lines)[max(0, math.ceil(len(lines) * share) - 1)]


def main() -> int:
    """Print the figures, then each fault; returns the exit status."""
    files, cycles = python_files(*FOLDERS), import_cycles()
    lines = [function.lines for path in python_files(*PRODUCT) for function in functions_in(path)]
    p50, p95 = share_below(lines, 0.50), share_below(lines, 0.95)
    longest = max(files, key=lines_of_file)
    print(f"function bodies: p50 {p50}, p95 {p95}, max {max(lines)} lines")
    print(f"longest file: {longest.relative_to(ROOT)}, {lines_of_file(longest)} lines")
    print(f"import cycles: {len(cycles)}")
    faults = [fault for path in files for fault in faults_of_file(path)] + cycles
    if p95 > LINES_AT_95_PERCENT:
        faults.append(f"one function in twenty is longer than {LINES_AT_95_PERCENT} lines")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

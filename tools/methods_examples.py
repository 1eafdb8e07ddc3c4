"""Runs the worked examples of a methods page, cell by cell, and keeps what they print.

A file of examples begins with its imports, which all cells share. A cell begins with `# %%` and its title;
comments before its first statement are its text.
"""

import ast
import re
import warnings
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

_CELL = re.compile(r"^# %% (?P<title>.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Cell:
    """One example, and what it printed."""

    title: str
    text: tuple[str, ...]
    code: str
    output: str


@dataclass(frozen=True, slots=True)
class Examples:
    """The examples of a page; `imports` are the statements that they share, `names` all that they use."""

    imports: str
    cells: tuple[Cell, ...]
    names: frozenset[str]


def run_examples(path: Path) -> Examples:
    """Run a file; an error or a warning in it ends with its own traceback."""
    source = path.read_text(encoding="utf-8")
    tree, starts = ast.parse(source), list(_CELL.finditer(source))
    namespace: dict[str, object] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        _output_of(source[: starts[0].start()], path, 0, namespace)
        cells = tuple(_run_cells(source, path, starts, namespace))
    names = frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    return Examples(_imports(tree, source.splitlines()), cells, names)


def _imports(tree: ast.Module, lines: list[str]) -> str:
    """Return the lines from the first import to the last."""
    found = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    return "\n".join(lines[found[0].lineno - 1 : found[-1].end_lineno])


def _run_cells(
    source: str, path: Path, starts: list[re.Match[str]], namespace: dict[str, object]
) -> Iterator[Cell]:
    ends = [*(start.start() for start in starts[1:]), len(source)]
    for start, end in zip(starts, ends, strict=True):
        body = source[start.end() : end]
        output = _output_of(body, path, source.count("\n", 0, start.end()), namespace)
        text, code = _parted(body.strip().splitlines())
        yield Cell(start["title"], tuple(text), code, output)


def _parted(lines: list[str]) -> tuple[list[str], str]:
    """Return the text of the first comments, and the code."""
    first = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return [line.lstrip("# ") for line in lines[:first]], "\n".join(lines[first:]).strip()


def _output_of(code: str, path: Path, lines_before: int, namespace: dict[str, object]) -> str:
    printed = StringIO()
    compiled = compile("\n" * lines_before + code, str(path), "exec")
    with redirect_stdout(printed):
        exec(compiled, namespace)  # noqa: S102 - the examples are files of this repository
    return printed.getvalue()

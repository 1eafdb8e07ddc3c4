"""Reads public functions and their result classes from the source: signatures and numpydoc docstrings.

Nothing is imported, so annotations stay as they were written, whatever NumPy is installed.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from numpydoc.docscrape import NumpyDocString, Parameter

ROOT = Path(__file__).resolve().parent.parent
SECTIONS = ("Parameters", "Returns", "Raises", "Notes", "References")
_TITLES = ("Signature", "Summary", "Extended Summary")
_LONGEST_TYPE = 60  # a first line that is longer is text which goes on in the next

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Docstring:
    """A numpydoc docstring; what a function does not have is empty. Items are pairs of name and text."""

    summary: str
    further: Lines
    takes: tuple[tuple[str, str], ...]
    gives: str
    refuses: tuple[tuple[str, str], ...]
    notes: Lines
    references: Lines

    @property
    def is_full(self) -> bool:
        """Whether it has sections; else it is a remark on a function that stands beside another."""
        return bool(self.takes or self.gives or self.refuses or self.notes or self.references)


@dataclass(frozen=True, slots=True)
class Function:
    """A public function: `module` where it is defined, `place` where it is to be imported from."""

    name: str
    module: str
    place: str
    signature: str
    mentions: frozenset[str]
    docstring: Docstring

    @property
    def is_listed(self) -> bool:
        """Whether the index names it: it has a full docstring, or its package offers it."""
        return self.docstring.is_full or self.place != self.module


@dataclass(frozen=True, slots=True)
class ResultClass:
    """A dataclass or enumeration; `members` are pairs of a property's or method's head and its text."""

    name: str
    docstring: Lines
    fields: Lines
    members: tuple[tuple[str, str], ...]
    mentions: frozenset[str]


def path_of(module: str) -> Path:
    """Return the file of a module or package."""
    base = ROOT.joinpath(*module.split("."))
    return base / "__init__.py" if base.is_dir() else base.with_suffix(".py")


def module_docstring(module: str) -> Lines:
    """Return the lines of a module's docstring."""
    return tuple((ast.get_docstring(_tree(module)) or "").splitlines())


def functions_of(module: str) -> Iterator[Function]:
    """Return a module's public functions in their order."""
    package = module.rpartition(".")[0]
    offered = _offered(package) if package != "analysis" else frozenset()
    source = path_of(module).read_text(encoding="utf-8").splitlines()
    for node in _tree(module).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield Function(
                name=node.name,
                module=module,
                place=package if node.name in offered else module,
                signature=_signature(node, source),
                mentions=_names_in(node.args, node.returns),
                docstring=_read(ast.get_docstring(node) or "", f"{module}.{node.name}"),
            )


def classes_of(module: str) -> Iterator[ResultClass]:
    """Return a module's public classes in their order."""
    for node in _tree(module).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            fields = [part for part in node.body if isinstance(part, (ast.AnnAssign, ast.Assign))]
            yield ResultClass(
                name=node.name,
                docstring=tuple((ast.get_docstring(node) or "").splitlines()),
                fields=tuple(ast.unparse(field) for field in fields),
                members=tuple(_members(node)),
                mentions=_names_in(*fields),
            )


def _tree(module: str) -> ast.Module:
    return ast.parse(path_of(module).read_text(encoding="utf-8"))


def _offered(package: str) -> frozenset[str]:
    """Return the names in a package's `__all__`."""
    for node in _tree(package).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return frozenset(ast.literal_eval(node.value))
    return frozenset()


def _signature(node: ast.FunctionDef, source: Sequence[str]) -> str:
    head = "\n".join(source[node.lineno - 1 : node.body[0].lineno - 1])
    return f"{head} ..."


def _names_in(*nodes: ast.AST | None) -> frozenset[str]:
    inner = (part for node in nodes if node for part in ast.walk(node))
    return frozenset(part.id for part in inner if isinstance(part, ast.Name))


def _members(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for part in node.body:
        if isinstance(part, ast.FunctionDef) and not part.name.startswith("_"):
            taken = ", ".join(one.arg for one in part.args.args[1:])
            is_property = any(ast.unparse(one) == "property" for one in part.decorator_list)
            head = part.name if is_property else f"{part.name}({taken})"
            yield head, " ".join((ast.get_docstring(part) or "").split())


def _read(text: str, name: str) -> Docstring:
    found = NumpyDocString(text)
    unknown = [title for title, part in found.items() if any(part) and title not in (*SECTIONS, *_TITLES)]
    if unknown:
        raise SystemExit(f"{name}: the section {unknown[0]} has no place on a page")
    return Docstring(
        summary=" ".join(found["Summary"]),
        further=tuple(found["Extended Summary"]),
        takes=tuple((item.name, _joined(item.type, item.desc)) for item in found["Parameters"]),
        gives=" ".join(_whole(item) for item in found["Returns"]),
        refuses=tuple((item.type, " ".join(item.desc)) for item in found["Raises"]),
        notes=tuple(found["Notes"]),
        references=tuple(found["References"]),
    )


def _whole(item: Parameter) -> str:
    """Put a returned item together again: numpydoc takes what stands before a colon for a name."""
    text = _joined(item.type, item.desc)
    return f"{item.name}: {text}" if item.name else text


def _joined(first: str, rest: Sequence[str]) -> str:
    """Join a type, or the first line of a text, with what follows it."""
    further = " ".join(" ".join(rest).split())
    is_type = first and len(first) < _LONGEST_TYPE and not further[:1].islower()
    return f"{first}. {further}" if is_type and further else f"{first} {further}".strip()

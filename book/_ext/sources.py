"""Where a name stands in the source: the file and the lines of what the claims ledger cites.

A **name** is a dotted name, ``ecolib.regimes.Regime.name``, or a test, ``tests/test_regimes.py::test_x``; a name that
one module imports from another is followed to where it is defined. Files are read and never run.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """A definition in a file, or a whole file.

    Attributes:
        file: path below the root, with slashes
        name: what is defined there, with its class in front; empty for a whole file
        first: its first line, from 1, decorators included
    """

    file: str
    name: str = ""
    first: int = 1


def locate(name: str, root: Path) -> Place | None:
    """Return where the name is defined, or None.

    >>> locate("ecolib.Values", Path(__file__).parents[2]).file
    'ecolib/values.py'
    >>> locate("ecolib.Values.nothing", Path(__file__).parents[2])
    """
    if ".py" in name:
        file, _, inside = name.partition("::")
        return _inside(root / file, inside.split("::") if inside else [], root)
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        if module := _module(parts[:length], root):
            return _inside(module, parts[length:], root)
    return None


def _module(parts: list[str], root: Path) -> Path | None:
    base = root.joinpath(*parts)
    candidates = (base / "__init__.py", base.with_name(base.name + ".py"))
    return next((path for path in candidates if path.is_file()), None)


def _inside(module: Path, parts: list[str], root: Path) -> Place | None:
    """The definition in a module, following imports of its first part."""
    if not module.is_file():
        return None
    if not parts:
        return Place(module.relative_to(root).as_posix())
    body = _tree(module).body
    for depth, part in enumerate(parts):
        node = next((node for node in body if part in _defined(node)), None)
        if node is None:
            target = _imported(module, part) if depth == 0 else None
            return locate(".".join([target, *parts[1:]]), root) if target else None
        if depth + 1 == len(parts):
            return Place(module.relative_to(root).as_posix(), ".".join(parts), _first(node))
        body = node.body if isinstance(node, ast.ClassDef) else []
    return None


@cache
def _tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def _defined(node: ast.stmt) -> Iterator[str]:
    """The names that a statement defines."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            yield from (part.id for part in ast.walk(target) if isinstance(part, ast.Name))


def _imported(module: Path, name: str) -> str | None:
    """The dotted name that ``from ... import name`` stands for."""
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            for alias in node.names:
                if (alias.asname or alias.name) == name:
                    return f"{node.module}.{alias.name}"
    return None


def _first(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])

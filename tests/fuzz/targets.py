"""What is public in `ecolib`, found by looking: functions, constructors that check, methods and properties.

Public are the names in `__all__` of `ecolib`, of its modules, and of its packages. The modules of a package that has
an `__all__` are rooms behind its door, unless a page of the book imports from them.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import ecolib

BOOK = Path(__file__).parents[2] / "book"

INNER = {
    "ecolib.doors": "what other functions refuse with; they are asked",
    "ecolib.integration": "runs what `simulate` has checked; `Path` is public as `ecolib.Path`",
    "ecolib.gathering": "puts together what integrators say",
    "ecolib.polynomials": "solves what `enumerate_equilibria` has checked",
    "ecolib.numeric.solved": "solves on arrays of its callers",
    "ecolib.determinants": "expands what `equilibria` has checked",
    "ecolib.charts": "judges what `regime_map` and `mode_map` have checked",
    "ecolib.signs": "judges pieces of such a batch",
    "ecolib.numerators": "computes on pieces of such a batch",
    "ecolib.numeric.columnwise": "compiles expressions of its callers",
    "ecolib.numeric.pointwise": "compiles expressions of its callers",
}
"""Modules and names beside the public ones that only `ecolib` itself calls."""


@dataclass(frozen=True)
class Target:
    """What a user can call, or read off an object: `owner` is the class of a method or property."""

    name: str
    what: Any
    owner: type | None = None

    @property
    def read(self) -> bool:
        """Whether it is read, not called."""
        return isinstance(self.what, property | cached_property)

    @property
    def home(self) -> type | None:
        """The class with its docstring: the owner, or what is constructed."""
        return self.what if inspect.isclass(self.what) else self.owner

    @cached_property
    def parameters(self) -> tuple[inspect.Parameter, ...]:
        """What can be given, without the object itself and without `**options`."""
        if self.read:
            return ()
        found = list(inspect.signature(self.what).parameters.values())[self.owner is not None :]
        return tuple(p for p in found if p.kind is not p.VAR_KEYWORD)

    @property
    def words(self) -> str:
        """Its docstring and that of its class."""
        what = self.what.func if isinstance(self.what, cached_property) else self.what
        return "\n".join(inspect.getdoc(one) or "" for one in {id(o): o for o in (what, self.home) if o}.values())


def targets() -> tuple[Target, ...]:
    """All of them, each object once."""
    seen: dict[int, tuple[str, Any]] = {}
    for module in modules():
        for name in getattr(module, "__all__", ()):
            whole, given = f"{module.__name__}.{name}", getattr(module, name)
            if callable(given) and whole not in INNER:
                seen.setdefault(id(given), (whole, given))
    found = [target for whole, given in seen.values() for target in _of(whole, given)]
    return tuple(sorted(found, key=lambda target: target.name))


def modules() -> list[ModuleType]:
    """The public modules."""
    names = ["ecolib", *(found.name for found in pkgutil.walk_packages(ecolib.__path__, "ecolib."))]
    known = {name: importlib.import_module(name) for name in names}
    doors = {name for name, module in known.items() if hasattr(module, "__path__") and hasattr(module, "__all__")}
    inside = {name for name in names if name.rpartition(".")[0] in doors - {"ecolib"}}
    return [known[name] for name in names if name not in (inside - doors - imported()) | INNER.keys()]


def imported() -> set[str]:
    """Modules that the pages of the book import from."""
    pages = "\n".join(page.read_text(encoding="utf-8") for page in sorted(BOOK.glob("*.md")))
    return set(re.findall(r"^from (ecolib[\w.]*) import", pages, re.MULTILINE))


def _of(name: str, given: Any) -> Iterator[Target]:
    """A function; or a class: its constructor if that checks, its methods and properties."""
    if not inspect.isclass(given):
        if not hasattr(given, "__args__"):  # the name of a type is not called
            yield Target(name, given)
        return
    if checks(given):
        yield Target(name, given)
    for word, member in vars(given).items():
        if word.startswith("_") or getattr(given, "_is_protocol", False):
            continue
        if isinstance(member, classmethod | staticmethod):
            yield Target(f"{name}.{word}", getattr(given, word))
        elif inspect.isfunction(member) or isinstance(member, property | cached_property):
            yield Target(f"{name}.{word}", member, given)


def checks(given: Any) -> bool:
    """Whether code of `ecolib` runs when one is made: plain records, enums, protocols have none."""
    own: Callable[..., Any] | None = vars(given).get("__post_init__") or vars(given).get("__init__")
    made = getattr(own, "__code__", None)
    return made is not None and "ecolib" in made.co_filename and not issubclass(given, Enum | BaseException)

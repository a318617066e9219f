"""Each part of pyproject.toml declares what its code imports, and nothing that its code does not use."""

import ast
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OWNERS = packages_distributions()
PLACES = {
    "figures": ["ecolib/figures"],
    "proofs": ["ecolib/proofs"],
    "sensitivity": ["ecolib/paper/policy/sensitivity.py"],
    "sweeps": ["ecolib/sweeps"],
    "book": ["book/_ext", "book/_tools"],
    "test": ["tests"],
}
# What is used without an import: where, and the words that show it.
OTHERWISE = {
    "codespell": ("Makefile", "codespell"),
    "import-linter": ("Makefile", "lint-imports"),
    "ipykernel": ("book/07_analytical.md", "name: python3"),
    "jupyter-book": ("Makefile", "jupyter-book build"),
    "mypy": ("Makefile", "mypy"),
    "pre-commit": (".pre-commit-config.yaml", "hooks:"),
    "ruff": ("Makefile", "ruff check"),
    "sphinx-design": ("book/intro.md", "{grid}"),
    "sphinx-exercise": ("_config.yml", "sphinx_exercise"),
    "sphinx-mathjax-offline": ("_config.yml", "sphinx-mathjax-offline"),
    "sphinx-togglebutton": ("book/07_analytical.md", ":class: dropdown"),
    "types-docutils": ("book/_ext/statements.py", "from docutils import"),
    "types-pyyaml": ("book/_tools/reproduction/pages.py", "import yaml"),
}


def name(requirement):
    return canonicalize_name(Requirement(requirement).name)


@cache
def declared(part):
    """Return the distributions that a part declares itself: the package (``""``) or an extra."""
    lines = PROJECT["optional-dependencies"][part] if part else PROJECT["dependencies"]
    return {name(line) for line in lines} - {"ecolib"}


@cache
def allowed(part):
    """Return the distributions that are there when a part is installed: its own, and those of the parts it includes."""
    lines = PROJECT["optional-dependencies"][part] if part else []
    included = {extra for line in lines if name(line) == "ecolib" for extra in Requirement(line).extras}
    return declared(part) | declared("") | {one for extra in included for one in allowed(extra)}


def files(part):
    """Return the Python files of a part; those of the package are the ones that belong to no extra."""
    places = [ROOT / place for place in PLACES.get(part, ["ecolib"])]
    found = [path for place in places for path in ([place] if place.is_file() else sorted(place.rglob("*.py")))]
    elsewhere = {path for extra in PLACES if not part for path in files(extra)}
    return [path for path in found if path not in elsewhere]


def imports(code):
    """Yield the modules that code imports, anywhere: in a function, for types only, by ``import_module("name")``."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            yield from (one.value for one in node.args if isinstance(one, ast.Constant))


def distribution(module):
    """Return the distribution that a module is from; an empty word for the standard library and for this repository."""
    top = module.partition(".")[0]
    found = {canonicalize_name(one) for one in OWNERS.get(top, [])} - {"ecolib"}
    if top in sys.stdlib_module_names or not found:
        return ""
    spelled = canonicalize_name("-".join(module.split(".")[:2]))
    return spelled if spelled in found else min(found)


@cache
def used(part):
    """Return the distributions that the files of a part import, each with one file."""
    found = {distribution(one): path for path in files(part) for one in imports(path.read_text(encoding="utf-8"))}
    return {one: str(path.relative_to(ROOT)) for one, path in found.items() if one}


@pytest.mark.parametrize("part", ["", *PLACES])
def test_what_a_part_imports_is_declared_in_it(part):
    assert {one: path for one, path in used(part).items() if one not in allowed(part)} == {}


@pytest.mark.parametrize("part", ["", *PROJECT["optional-dependencies"]])
def test_what_a_part_declares_is_used_in_it(part):
    imported = used(part) if part in PLACES or not part else {}
    shown = {one for one, (path, words) in OTHERWISE.items() if words in (ROOT / path).read_text(encoding="utf-8")}
    assert declared(part) - set(imported) - shown == set()


def test_an_extra_is_whole():
    book, dev = allowed("book"), allowed("dev")
    assert set().union(*(declared(part) for part in ("", "figures", "proofs", "sensitivity", "sweeps"))) <= book <= dev
    assert set(OTHERWISE) <= dev


def test_imports_are_found_wherever_they_stand():
    code = "import a.b\ndef f():\n    from c import d\n    from . import e\n    importlib.import_module('g')\n"
    assert sorted(imports(code)) == ["a.b", "c", "g"]
    assert distribution("sphinxcontrib.bibtex.nodes") == "sphinxcontrib-bibtex"
    assert distribution("z3") == "z3-solver"
    assert distribution("json") == distribution("ecolib.values") == distribution("checks") == ""

"""The parts of pyproject.toml, the Python files that belong to each, and what these import."""

import ast
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OWNERS = packages_distributions()
PLACES = {
    "figures": ["ecolib/figures", "ecolib/explorer"],
    "proofs": ["ecolib/proofs"],
    "sensitivity": ["ecolib/paper/policy/sensitivity.py"],
    "speed": ["ecolib/ensembles/taylor.py", "ecolib/determinants.py"],
    "sweeps": ["ecolib/sweeps"],
    "book": ["book/_ext", "book/_tools"],
    "test": ["tests"],
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

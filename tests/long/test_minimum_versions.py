"""The lowest versions that pyproject.toml declares do serve, on the oldest Python that it declares.

Covers what the package needs: its dependencies and its extras for figures, proofs, sensitivity and sweeps, each in the
lowest version declared, with whatever these need themselves in its newest. Every doctest of ``ecolib`` runs, and every
test that imports nothing of the book (neither its tools nor a library that only the book has). A deprecation is no
failure here: it speaks of versions to come, and libraries of old warn of each other.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
from packaging.requirements import Requirement
from packaging.version import Version
from parts import PROJECT, allowed, distribution, imports, name
from venvs import ROOT, copy_of_the_tree

EXTRAS = ("figures", "proofs", "sensitivity", "sweeps")
OLDEST = PROJECT["requires-python"].removeprefix(">=")
RUNNERS = [line for line in PROJECT["optional-dependencies"]["test"] if name(line) in {"hypothesis", "pytest"}]
DECLARED = [
    Requirement(line)
    for line in PROJECT["dependencies"] + [one for extra in EXTRAS for one in PROJECT["optional-dependencies"][extra]]
]
TESTS = ROOT / "tests"


@pytest.fixture(scope="module")
def lowest(new_venv):
    venv = new_venv(OLDEST)
    wanted = ["-r", ROOT / "pyproject.toml", *(f"--extra={extra}" for extra in EXTRAS), *RUNNERS]
    venv.install("--resolution=lowest-direct", "--only-binary=:all:", "--compile-bytecode", *wanted)
    return venv


@pytest.fixture(scope="module")
def tree(lowest, tmp_path_factory):
    folder = copy_of_the_tree(tmp_path_factory.mktemp("lowest") / "tree")
    lowest.install("--no-deps", folder)
    return folder


@cache
def reached(path):
    """Return the modules that a test file imports, itself or through the other files of the tests."""
    found = set(imports(path.read_text(encoding="utf-8")))
    helpers = [TESTS / f"{one}.py" for one in found if (TESTS / f"{one}.py").is_file()]
    return found.union(*(reached(helper) for helper in helpers))


def of_the_package():
    """Return the test files that need the package and its extras alone."""
    present = {one for extra in ("", *EXTRAS) for one in allowed(extra)} | {name(line) for line in RUNNERS}
    tools = {path.stem for place in ("_ext", "_tools") for path in (ROOT / "book" / place).iterdir()}
    return [
        str(path.relative_to(ROOT))
        for path in sorted(TESTS.glob("test_*.py"))
        if not reached(path) & tools and {distribution(one) for one in reached(path)} - {""} <= present
    ]


def test_the_lowest_versions_are_the_ones_installed(lowest):
    assert lowest.version == OLDEST
    installed = {name(one): version for one, version in lowest.versions().items()}
    for one in DECLARED:
        (least,) = (clause.version for clause in one.specifier if clause.operator in {">=", "=="})
        assert Version(installed[name(str(one))]) == Version(least), str(one)


def test_the_tests_of_the_package_are_told_from_those_of_the_book():
    files = of_the_package()
    assert {"tests/test_model.py", "tests/test_theorems.py", "tests/test_figures.py", "tests/test_sweeps.py"} <= set(
        files
    )
    assert not {"tests/test_chapters.py", "tests/test_notebooks.py", "tests/test_environment.py"} & set(files)


def test_the_package_passes_its_tests_with_them(lowest, tree):
    files = of_the_package()
    shares = [["ecolib", *files[::2]], files[1::2]]

    def run(share):
        return lowest.run(
            "python", "-m", "pytest", "-q", "-W", "default::DeprecationWarning", *share, cwd=tree, timeout=2400
        )

    with ThreadPoolExecutor(len(shares)) as pool:
        said = list(pool.map(run, shares))
    assert sum(int(passed) for text in said for passed in re.findall(r"(\d+) passed", text)) > 2000

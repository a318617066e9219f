"""Each part of pyproject.toml declares what its code imports, and nothing that its code does not use."""

import pytest
from parts import PLACES, PROJECT, ROOT, allowed, declared, distribution, imports, used

EXTRAS = PROJECT["optional-dependencies"]
# What is used without an import: where, and the words that show it.
OTHERWISE = {
    "codespell": ("Makefile", "codespell"),
    "distributed": ("ecolib/sweeps/run.py", "distributed.Client"),
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


@pytest.mark.parametrize("part", ["", *PLACES])
def test_what_a_part_imports_is_declared_in_it(part):
    assert {one: path for one, path in used(part).items() if one not in allowed(part)} == {}


@pytest.mark.parametrize("part", ["", *EXTRAS])
def test_what_a_part_declares_is_used_in_it(part):
    imported = used(part) if part in PLACES or not part else {}
    shown = {one for one, (path, words) in OTHERWISE.items() if words in (ROOT / path).read_text(encoding="utf-8")}
    assert declared(part) - set(imported) - shown == set()


def test_the_book_needs_every_extra_of_the_package_and_the_tests_need_the_book():
    for part in ("", "figures", "proofs", "sensitivity", "speed", "sweeps", "cluster"):
        assert declared(part) <= allowed("book"), part
    assert allowed("book") <= allowed("test") <= allowed("dev")
    assert set(OTHERWISE) <= allowed("dev")


def test_imports_are_found_wherever_they_stand():
    code = "import a.b\ndef f():\n    from c import d\n    from . import e\n    importlib.import_module('g')\n"
    assert sorted(imports(code)) == ["a.b", "c", "g"]


def test_a_module_is_of_the_distribution_that_brings_it():
    assert distribution("sphinxcontrib.bibtex.nodes") == "sphinxcontrib-bibtex"
    assert distribution("z3") == "z3-solver"
    assert distribution("json") == distribution("ecolib.values") == distribution("checks") == ""

"""The book on plain Sphinx 9, without Jupyter Book: a small book with all extensions comes out the same.

The settings, extensions, command and lock are those of `make book-next`.
"""

import os
import re
import shutil
import subprocess

import pytest
from test_book import HEAD, ROOT, small_book
from test_book_ledger import ledger_book

from expected_scripts import OF_SPHINX_9
from same_book import differences, pages

COMMAND = re.search(r"^NEXT := \S+/python (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[1]


@pytest.fixture(scope="module", params=["3.11", "3.12", "3.13"])
def plain_sphinx(request, new_venv):
    """An environment of environments/next.txt."""
    venv = new_venv(request.param)
    venv.install("--require-hashes", "-r", ROOT / "environments" / "next.txt")
    return venv


def build(book, venv):
    """Run the command of `make book-next` on a small book; return its exit code and what it printed."""
    for name in ("book/_tools", "environments"):
        shutil.copytree(ROOT / name, book.folder / name, dirs_exist_ok=True)
    environment = os.environ | {"PYTHONPATH": str(book.folder), "PYTHONWARNINGS": "", "NO_COLOR": "1"}
    command = [venv.python, *COMMAND.split()]
    run = subprocess.run(command, cwd=book.folder, env=environment, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A small book that Jupyter Book has built."""
    made = ledger_book(tmp_path_factory.mktemp("book"))
    code, output = made.build()
    assert code == 0, output
    return made


def test_jupyter_book_is_not_there_and_sphinx_is_9(plain_sphinx):
    installed = plain_sphinx.versions()
    assert "jupyter-book" not in installed
    assert installed["sphinx"].startswith("9.")


def test_a_book_is_the_same_as_with_jupyter_book(plain_sphinx, book):
    old, new = book.folder / "_build" / "html", book.folder / "_build" / "next" / "html"
    shutil.rmtree(new.parent, ignore_errors=True)
    code, output = build(book, plain_sphinx)
    assert code == 0, output
    assert list(differences(old, new)) == []
    assert {"index.html", "07_first.html", "claims.html", "listings/ecolib/counting.html"} <= pages(new).keys()
    assert "Running Sphinx v9." in output
    assert all((new / name).is_file() for name in OF_SPHINX_9)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("# A\n\n```{code-cell} ipython3\n1 / 0\n```\n", "ZeroDivisionError"),
        ("# A\n\nSee {prf:ref}`nowhere` and {ref}`elsewhere`.\n", "elsewhere"),
        ("# A\n\n```{code-cell} ipython3\nimport sys\nprint('odd', file=sys.stderr)\n```\n", "stderr"),
    ],
    ids=["failing cell", "broken reference", "standard error"],
)
def test_a_fault_stops_the_build(plain_sphinx, tmp_path, text, reason):
    code, output = build(small_book(tmp_path, {"intro": HEAD + text}), plain_sphinx)
    assert code != 0
    assert reason in output

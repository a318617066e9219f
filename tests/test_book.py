"""The build, on a small book: what must stop it stops it, and nothing stale is served.

The small book has the settings, extensions and commands of the real one. Its `ecolib` is a stand-in of one line, beside
what records results, so that a changed default can be tried.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import notebooks
from accessible import MENDED
from execution_cache import execution_key, prune

ROOT = Path(__file__).parents[1]
COPIED = ("_config.yml", "book/_ext", "book/_tools", "book/_static", "requirements-lock.txt")
KEPT = ("ecolib/results.py", "ecolib/doors.py")
HEAD = """---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {name: python3, display_name: Python 3, language: python}
---

"""
CHAPTER = HEAD + (ROOT / "tests" / "data" / "small_chapter.md").read_text(encoding="utf-8")
SECOND = "# 8. Second\n\nBack to {numref}`fig-one`, {prf:ref}`prop-one`, {eq}`eq-two`, {numref}`ex-one`.\n"


@dataclass
class SmallBook:
    """A folder with a book of a few pages."""

    folder: Path

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def build(self, *steps):
        """Run the two commands of `make book`, or one of them; return the exit code and what was printed."""
        said = ""
        for name in steps or ("EXECUTE", "BOOK"):
            options = re.search(rf"^{name} := \$\(BIN\)/([\w-]+) (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
            command = [Path(sys.executable).with_name(options[1]), *options[2].split()]
            if name == "EXECUTE" and not (self.folder / "book" / "results.json").exists():
                command.append("--record")
            environment = os.environ | {"PYTHONPATH": str(self.folder), "PYTHONWARNINGS": "", "NO_COLOR": "1"}
            run = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
            said += run.stdout + run.stderr
            if run.returncode:
                break
        return run.returncode, said

    def page(self, name):
        return (self.folder / "_build" / "html" / f"{name}.html").read_text(encoding="utf-8")

    @property
    def caches(self):
        return [path.name for path in (self.folder / "_build" / ".jupyter_cache").iterdir()]


def small_book(folder, pages):
    """Make a book of the given pages; the first is its root."""
    for name in COPIED + KEPT:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, folder / name)
    book = SmallBook(folder)
    root, *others = pages
    chapters = [f"\n  - file: {name}" for name in others]
    book.write(
        "book/_toc.yml", "".join([f"format: jb-book\nroot: {root}\n", "chapters:\n" * bool(chapters), *chapters])
    )
    book.write("book/references.bib", "@book{May1981, author={May, R. M.}, title={T}, publisher={S}, year={1981}}\n")
    book.write("ecolib/__init__.py", "DEFAULT = 11\n")
    for name, text in pages.items():
        book.write(f"book/{name}.md", text)
    return book


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    pages = {"intro": "# Start\n\n{doc}`07_first`\n", "07_first": CHAPTER, "08_second": SECOND}
    book = small_book(tmp_path_factory.mktemp("book"), pages)
    book.write("notebooks/07_first.ipynb", "{}")
    code, output = book.build()
    assert code == 0, output
    return book


def words(page):
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def test_figures_equations_and_statements_are_numbered_by_chapter(built):
    assert "Back to Figure 7.1, Proposition 7.2, (7.2), Exercise 7.1." in words(built.page("08_second"))


def test_notebooks_show_the_numbers_of_the_book(built):
    book = notebooks.read_book(built.folder / "book", {})
    page, first = words(built.page("07_first")), book.targets
    for label in ("fig-one", "tab-one", "def-one", "prop-one", "rem-one", "ex-one", "ex-two", "eq-one", "eq-two"):
        assert f"{label} is {first[label].name}." in page


def test_pages_ask_no_other_host_for_anything(built):
    assert "mathjax/startup.js" in built.page("07_first")
    assert (built.folder / "_build/html/_static/mathjax/startup.js").is_file()
    for path in (built.folder / "_build" / "html").glob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//(?!doi\.org)[^"']*\.(?:js|css|woff2?)""", page)
        assert "THEBE_JS_URL" not in page


def test_known_faults_of_the_theme_are_mended(built):
    page = built.page("07_first")
    assert not [fault for fault in MENDED if fault in page and fault not in MENDED[fault]]
    for better in ('aria-label="Search Ctrl+K"', 'aria-label="Start page"'):
        assert better in page
    assert "proof-content" not in page


def test_a_chapter_can_be_had_as_a_notebook(built):
    assert 'href="_sources/07_first.ipynb"' in built.page("07_first")
    assert (built.folder / "_build/html/_sources/07_first.ipynb").read_text(encoding="utf-8") == "{}"
    assert "ipynb" not in built.page("08_second")


def test_a_folded_proof_has_a_title(built):
    assert re.search(
        r'<div class="proof dropdown admonition">\s*<p class="admonition-title">Proof</p>', built.page("07_first")
    )


def test_a_changed_default_lock_or_data_file_executes_the_chapter_again(built):
    assert "the default is 11." in words(built.page("07_first"))
    before = built.caches
    code, output = built.build()
    assert (code, built.caches) == (0, before)
    assert "1 of 1 pages are executed already" in output
    assert "Executing notebook" not in output
    built.write("ecolib/__init__.py", "DEFAULT = 12\n")
    code, output = built.build()
    assert code == 0, output
    assert "differs: 07_first, default: recorded 11, now 12" in output
    assert "the default is 12." in words(built.page("07_first"))
    for name, text in (
        ("requirements-lock.txt", "a==1\n"),
        ("book/data/table.csv", "1\n"),
        ("book/data/table.csv", "2\n"),
    ):
        assert "1 of 1 pages are executed already" in built.build("EXECUTE")[1]
        built.write(name, text)
        assert "1/1  07_first" in built.build("EXECUTE")[1]
    assert built.build()[0] == 0
    assert len(built.caches) == 1
    assert built.caches != before


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("# A\n\n```{code-cell} ipython3\n1 / 0\n```\n", "ZeroDivisionError"),
        ("# A\n\nSee {prf:ref}`nowhere` and {ref}`elsewhere`.\n", "elsewhere"),
        ("# A\n\n```{code-cell} ipython3\nimport sys\nprint('odd', file=sys.stderr)\n```\n", "stderr"),
    ],
    ids=["failing cell", "broken reference", "standard error"],
)
def test_a_fault_stops_the_build(tmp_path, text, reason):
    code, output = small_book(tmp_path, {"intro": HEAD + text}).build()
    assert code != 0
    assert reason in output


def test_the_key_follows_contents_names_and_the_lock(tmp_path):
    package, lock = tmp_path / "package", tmp_path / "lock.txt"
    package.mkdir()
    (package / "a.py").write_text("1")
    lock.write_text("a==1")
    keys = [execution_key(package, lock)]
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "a.pyc").write_text("x")
    assert execution_key(package, lock) == keys[0]
    for change in (
        lambda: (package / "a.py").write_text("2"),
        lambda: (package / "data.toml").write_text("b = 1"),
        lambda: (package / "a.py").rename(package / "b.py"),
        lambda: lock.write_text("a==2"),
    ):
        change()
        keys.append(execution_key(package, lock))
    assert len(set(keys)) == 5


def test_only_the_present_cache_is_kept(tmp_path):
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    (tmp_path / "global.db").write_text("")
    prune(tmp_path, keep="new")
    assert [path.name for path in tmp_path.iterdir()] == ["new"]

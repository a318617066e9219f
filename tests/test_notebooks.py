"""The notebooks folder: fresh, without anything that only Sphinx reads, and running from a clean kernel."""

import json
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path

import nbformat
import pytest

import notebooks

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))
LEFT_OVER = {
    "a directive": r"^[\s>]*(?:`{3,}|:{3,})\{",
    "a role": r"\{[\w:+-]+\}`",
    "a target": r"^\([\w-]+\)=$",
    "a link inside the book": r"\]\((?:#|[\w/]+\.md)",
    "an unresolved label": r"\]\(\)|\[\]\(",
}
ABSOLUTE = re.compile(r"(?<![\w/.:])/(?:home|root|tmp|work|usr|opt|Users|mnt)/|[A-Z]:\\\\")


def read(path):
    return nbformat.read(path, as_version=4)


@pytest.fixture(scope="session")
def values():
    return json.loads((FOLDER / "values.json").read_text(encoding="utf-8"))


def test_there_is_a_notebook_for_each_chapter_with_code():
    assert [path.stem for path in PATHS] == [path.stem for path in notebooks.chapters(ROOT / "book")] != []


def test_notebooks_are_what_the_chapters_say():
    assert notebooks.stale(ROOT / "book", FOLDER) == [], "run: make notebooks"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
@pytest.mark.parametrize("what", LEFT_OVER)
def test_nothing_is_left_that_only_sphinx_reads(path, what):
    text = "\n\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    assert not re.findall(LEFT_OVER[what], text, re.MULTILINE)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_notebook_holds_no_outputs_and_no_paths_of_a_machine(path):
    cells = [cell for cell in read(path).cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in cells)
    assert not ABSOLUTE.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_notebook_holds_the_code_of_its_chapter_verbatim(path):
    chapter = (ROOT / "book" / f"{path.stem}.md").read_text(encoding="utf-8")
    for cell in read(path).cells:
        assert cell.cell_type != "code" or cell.source in chapter


def same(now, then):
    """Say whether two printed numbers agree, give or take one in the last digit, as processors round differently."""
    try:
        now, then = Decimal(now.replace(",", "")), Decimal(then.replace(",", ""))
    except InvalidOperation:
        return now == then
    return abs(now - then) <= Decimal((0, (1,), then.as_tuple().exponent))


@pytest.mark.parametrize(
    ("now", "then", "agree"),
    [
        ("0.124", "0.123", True),
        ("0.125", "0.123", False),
        ("3e-12", "4e-12", True),
        ("20,201", "20,200", True),
        ("19", "21", False),
        ("True", "True", True),
        ("True", "False", False),
    ],
)
def test_numbers_agree_to_the_last_digit(now, then, agree):
    assert same(now, then) is agree


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_a_clean_kernel_and_gives_the_numbers_of_the_prose(path, values):
    results = notebooks.run(read(path), FOLDER)
    for name, shown in values.get(path.stem, {}).items():
        key, _, form = name.partition(":")
        assert same(notebooks.format_plain_text(results[key], form), shown), name


def test_a_stale_notebook_is_found(tmp_path):
    book, folder, code = tmp_path / "book", tmp_path / "notebooks", 'record("n", 3, unit="count")'
    book.mkdir()
    (book / "references.bib").write_text("", encoding="utf-8")
    text = f"# One\n\n```{{code-cell}}\nfrom ecolib.results import record\n\n{code}\n```\n\nIt is {{glue:text}}`n`.\n"
    (book / "01_one.md").write_text(text, encoding="utf-8")
    assert notebooks.main([], tmp_path) == 0
    assert "It is 3." in (folder / "01_one.ipynb").read_text(encoding="utf-8")
    assert notebooks.main(["--check"], tmp_path) == 0
    (book / "01_one.md").write_text(text + "\nMore.\n", encoding="utf-8")
    assert notebooks.stale(book, folder) == ["01_one.ipynb"]
    assert notebooks.main(["--check"], tmp_path) == 1
    assert notebooks.main(["--prose"], tmp_path) == 0
    assert notebooks.main(["--check"], tmp_path) == 0
    (book / "01_one.md").write_text(text + "\n{glue:text}`n:.1f`\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"no recorded number 'n:.1f' of 01_one"):
        notebooks.main(["--prose"], tmp_path)

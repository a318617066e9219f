"""The notebooks folder: fresh, without anything that only Sphinx reads, and running from a clean kernel."""

import re
from pathlib import Path

import nbformat
import pytest

import notebooks
from reproduction.pages import execute
from reproduction.recorded import compare, read_record, to_text

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))
RECORD = read_record(ROOT / "book" / "results.json")
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


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_a_clean_kernel_and_gives_the_numbers_on_record(path):
    numbers = {name: one for name, one in RECORD[path.stem].items() if ":" not in name}
    found = {name: one for name, one in execute(path).results.items() if ":" not in name}
    bad = [one for one in compare({path.stem: numbers}, {path.stem: found}) if one.verdict != "reproduced"]
    assert not bad


def test_a_stale_notebook_is_found(tmp_path, capsys):
    book, folder = tmp_path / "book", tmp_path / "notebooks"
    book.mkdir()
    (book / "references.bib").write_text("", encoding="utf-8")
    record = {"01_one": {"n": {"value": 3, "unit": "count", "tolerance": 0}}}
    (book / "results.json").write_text(to_text(record), encoding="utf-8")
    text = "# One\n\n```{code-cell}\n1 + 2\n```\n\nIt is {glue:text}`n`, {glue:text}`01_one.md::n:.1f`.\n"
    (book / "01_one.md").write_text(text, encoding="utf-8")
    assert notebooks.main([], tmp_path) == 0
    assert "It is 3, 3.0." in (folder / "01_one.ipynb").read_text(encoding="utf-8")
    assert notebooks.main(["--check"], tmp_path) == 0
    (book / "01_one.md").write_text(text + "\nMore.\n", encoding="utf-8")
    assert notebooks.stale(book, folder) == ["01_one.ipynb"]
    assert notebooks.main(["--check"], tmp_path) == 1
    assert "not fresh, run make notebooks: 01_one.ipynb" in capsys.readouterr().out
    (book / "01_one.md").write_text(text + "\n{glue:text}`m:.1f`\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="no number 'm' of 01_one on record"):
        notebooks.main([], tmp_path)
    (book / "results.json").unlink()
    with pytest.raises(SystemExit, match=r"results\.json is missing"):
        notebooks.main([], tmp_path)

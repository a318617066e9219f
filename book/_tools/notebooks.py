"""Write notebooks/NN_name.ipynb from book/NN_name.md: the same text, without anything that only Sphinx reads.

Numbers in the prose come from code. Before writing, every chapter is run once, and the numbers that the prose
asks for are kept in notebooks/values.json; ``--check`` and ``--prose`` run nothing and use these.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from myst_nb.core.variables import format_plain_text
from nbclient import NotebookClient
from nbformat import NotebookNode

from plain.book import Book, Page
from plain.cells import to_cells, to_json, to_notebook
from plain.works import Works

ROOT = Path(__file__).parents[2]
RECORD = "application/papermill.record/text/plain"


def chapters(folder: Path) -> list[Path]:
    """Return the chapters that hold code cells, in order."""
    paths = sorted(folder.glob("[0-9][0-9]_*.md"))
    return [path for path in paths if re.search(r"^```+\{code-cell\}", path.read_text(encoding="utf-8"), re.MULTILINE)]


def read_book(folder: Path, values: dict[str, dict[str, str]]) -> Book:
    """Collect the labels and titles of all pages."""
    names = frozenset(path.stem for path in chapters(folder))
    book = Book(folder, Works(folder / "references.bib"), values, notebooks=names)
    for path in sorted(folder.glob("*.md")):
        to_cells(path.read_text(encoding="utf-8"), Page(book, path.stem))
    book.strict = True
    return book


def convert(book: Book) -> Iterator[tuple[Page, NotebookNode]]:
    """Yield each chapter's page and notebook."""
    for path in chapters(book.folder):
        page = Page(book, path.stem)
        try:
            notebook = to_notebook(path, page)
        except (LookupError, ValueError) as fault:
            raise SystemExit(f"{path.relative_to(book.folder.parent)}: {fault}") from fault
        yield page, notebook


def run(notebook: NotebookNode, folder: Path) -> dict[str, str]:
    """Run a notebook in a new kernel and return what it recorded with ``glue``."""
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    glued = [output for output in outputs if "scrapbook" in output.get("metadata", {})]
    return {output.metadata.scrapbook.name: output.data.get(RECORD) or output.data["text/plain"] for output in glued}


def recorded(pages: list[Page], results: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Return each number that the prose asks for, in the form it asks for: ``{page: {"key:.3f": "0.123"}}``."""
    values: dict[str, dict[str, str]] = {}
    for source, key, form in wanted(pages):
        if key not in results.get(source, {}):
            raise SystemExit(f"no cell of {source} glues {key!r}")
        values.setdefault(source, {})[spelled(key, form)] = format_plain_text(results[source][key], form)
    return values


def wanted(pages: list[Page]) -> list[tuple[str, str, str]]:
    """Return page, name and form of each number that the prose asks for."""
    return sorted({one for page in pages for one in page.wanted})


def spelled(key: str, form: str) -> str:
    """Return the name of a number as a role spells it, ``key:.3f``."""
    return f"{key}:{form}" if form else key


def record(folder: Path) -> dict[str, dict[str, str]]:
    """Run every chapter and return the numbers of the prose."""
    converted, results = list(convert(read_book(folder, {}))), {}
    for page, notebook in converted:
        print(f"running {page.name}", file=sys.stderr)
        results[page.name] = run(notebook, folder)
    return recorded([page for page, _ in converted], results)


def texts(folder: Path, values: dict[str, dict[str, str]]) -> dict[str, str]:
    """Return what each file of the notebooks folder should hold, with the numbers given."""
    converted = list(convert(read_book(folder, values)))
    used: dict[str, dict[str, str]] = {}
    for source, key, form in wanted([page for page, _ in converted]):
        if spelled(key, form) not in values.get(source, {}):
            raise SystemExit(f"no recorded number {spelled(key, form)!r} of {source}; run: make notebooks")
        used.setdefault(source, {})[spelled(key, form)] = values[source][spelled(key, form)]
    files = {f"{page.name}.ipynb": to_json(notebook) for page, notebook in converted}
    return files | {"values.json": json.dumps(used, indent=1, ensure_ascii=False, sort_keys=True) + "\n"}


def read_values(notebooks: Path) -> dict[str, dict[str, str]]:
    """Return the numbers recorded by the last run."""
    path = notebooks / "values.json"
    values: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return values


def stale(book: Path, notebooks: Path) -> list[str]:
    """Return the names of files that are missing, out of date, or of no chapter."""
    files = texts(book, read_values(notebooks))
    found = {path.name: path.read_text(encoding="utf-8") for path in notebooks.glob("*.*")}
    return sorted(name for name in files.keys() | found.keys() if files.get(name) != found.get(name))


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Write the notebooks, or with ``--check`` say which are not fresh."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--check", action="store_true", help="write nothing; fail if a notebook is not fresh")
    options.add_argument("--prose", action="store_true", help="run nothing; keep the numbers of the last run")
    chosen = options.parse_args(arguments)
    book, notebooks = root / "book", root / "notebooks"
    if chosen.check:
        names = stale(book, notebooks)
        print("not fresh, run make notebooks: " + ", ".join(names) if names else "notebooks are fresh")
        return int(bool(names))
    notebooks.mkdir(exist_ok=True)
    files = texts(book, read_values(notebooks) if chosen.prose else record(book))
    for path in notebooks.glob("*.ipynb"):
        path.unlink()
    for name, text in files.items():
        (notebooks / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

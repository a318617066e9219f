"""Write notebooks/NN_name.ipynb from book/NN_name.md: the same text, without anything that only Sphinx reads.

Numbers in the prose come from code: they are taken from book/results.json, where ``make notebooks`` puts them first.
"""

import argparse
import re
import sys
from pathlib import Path

from plain.book import Book, Page
from plain.cells import to_cells, to_json, to_notebook
from plain.works import Works
from reproduction.cache import write
from reproduction.pages import Results
from reproduction.recorded import RecordError, read_record

ROOT = Path(__file__).parents[2]


def chapters(folder: Path) -> list[Path]:
    """Return the chapters that hold code cells, in order."""
    paths = sorted(folder.glob("[0-9][0-9]_*.md"))
    return [path for path in paths if re.search(r"^```+\{code-cell\}", path.read_text(encoding="utf-8"), re.MULTILINE)]


def read_book(folder: Path, record: dict[str, Results]) -> Book:
    """Collect the labels and titles of all pages."""
    names = frozenset(path.stem for path in chapters(folder))
    book = Book(folder, Works(folder / "references.bib"), record, notebooks=names)
    for path in sorted(folder.glob("*.md")):
        to_cells(path.read_text(encoding="utf-8"), Page(book, path.stem))
    book.strict = True
    return book


def texts(folder: Path, record: dict[str, Results]) -> dict[str, str]:
    """Return what each notebook should hold, with the numbers on record."""
    book, files = read_book(folder, record), {}
    for path in chapters(folder):
        try:
            files[f"{path.stem}.ipynb"] = to_json(to_notebook(path, Page(book, path.stem)))
        except (LookupError, ValueError) as fault:
            raise SystemExit(f"{path.relative_to(folder.parent)}: {fault}") from fault
    return files


def stale(folder: Path, notebooks: Path) -> list[str]:
    """Return the names of files that are missing, out of date, or of no chapter."""
    files = texts(folder, read_record(folder / "results.json"))
    found = {path.name: path.read_text(encoding="utf-8") for path in notebooks.glob("*.*")}
    return sorted(name for name in files.keys() | found.keys() if files.get(name) != found.get(name))


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Write the notebooks, or with ``--check`` say which are not fresh."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--check", action="store_true", help="write nothing; fail if a notebook is not fresh")
    chosen = options.parse_args(arguments)
    book, notebooks = root / "book", root / "notebooks"
    try:
        if chosen.check:
            names = stale(book, notebooks)
            print("not fresh, run make notebooks: " + ", ".join(names) if names else "notebooks are fresh")
            return int(bool(names))
        files = texts(book, read_record(book / "results.json"))
    except RecordError as fault:
        raise SystemExit(str(fault)) from fault
    for name, text in files.items():
        write(notebooks / name, text)
    for path in set(notebooks.glob("*.ipynb")) - {notebooks / name for name in files}:
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())

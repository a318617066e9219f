"""A chapter as cells: plain Markdown, captions after the figures, code as it is."""

import re
from pathlib import Path
from typing import Any

import nbformat
from myst_nb.core.read import read_myst_markdown_notebook
from myst_parser.config.main import MdParserConfig
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from plain.blocks import EXTENSIONS, render
from plain.book import Page
from plain.directives import caption

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def to_cells(text: str, page: Page) -> list[NotebookNode]:
    """Return the cells of a page, with footnotes and cited works at the end."""
    source = read_myst_markdown_notebook(text, MdParserConfig(enable_extensions=EXTENSIONS))
    cells: list[NotebookNode] = []
    for cell in source.cells:
        if cell.cell_type == "markdown":
            cells += markdown(render(cell.source, page))
        else:
            cells.append(new_code_cell(cell.source.strip("\n"), metadata=kept(cell.metadata, page)))
            cells += markdown(figure_caption(cell.metadata, page))
    return cells + markdown(footnotes(page)) + markdown(references(page))


def markdown(text: str) -> list[NotebookNode]:
    """Return the text as a list of one cell, or of none."""
    return [new_markdown_cell(text)] if text.strip() else []


def kept(metadata: dict[str, Any], page: Page) -> dict[str, Any]:
    """Return the metadata that matters outside the book: folded input (also of solutions), errors that are meant."""
    tags = set(metadata.get("tags", []))
    result: dict[str, Any] = {"tags": ["raises-exception"]} if "raises-exception" in tags else {}
    if page.solving or tags & {"hide-input", "hide-cell", "remove-input", "remove-cell"}:
        result["jupyter"] = {"source_hidden": True}
    return result


def figure_caption(metadata: dict[str, Any], page: Page) -> str:
    """Return the caption of the figure that a cell draws."""
    settings = (metadata.get("mystnb") or {}).get("figure")
    if not settings:
        return ""
    return caption(render(str(settings.get("caption", "")).strip(), page), settings.get("name"), page)


def footnotes(page: Page) -> str:
    """Return the footnotes as a numbered list."""
    notes = [f"{number}. {page.notes[label]}" for number, label in enumerate(page.noted, start=1)]
    return "## Notes\n\n" + "\n".join(notes) if notes else ""


def references(page: Page) -> str:
    """Return the works that the page cites."""
    return f"## References\n\n{page.book.works.listing(page.cited)}" if page.cited else ""


def to_notebook(path: Path, page: Page) -> NotebookNode:
    """Return the notebook of a chapter: no outputs, cells named by their place."""
    cells = to_cells(path.read_text(encoding="utf-8"), page)
    cells += markdown(f"*Generated from `book/{path.name}`: changes belong there.*")
    for place, cell in enumerate(cells):
        cell["id"] = f"cell-{place:03d}"
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    notebook: NotebookNode = new_notebook(cells=cells, metadata=metadata)
    return notebook


def to_json(notebook: NotebookNode) -> str:
    """Return the bytes of the file as text, the same on every run."""
    nbformat.validate(notebook)
    return re.sub(r"\s+\Z", "", nbformat.writes(notebook)) + "\n"

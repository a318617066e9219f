"""Offer the generated notebook of a chapter in the page's download menu, beside its source."""

import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx


def notebook_of(app: Sphinx, page: str) -> Path:
    """Return where the notebook of a page would be."""
    return Path(app.srcdir).parent / "notebooks" / f"{page}.ipynb"


def offer(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    """Tell the theme that the page can be had as a notebook."""
    if notebook_of(app, page).is_file():
        context["ipynb_source"] = f"{page}.ipynb"


def copy_notebooks(app: Sphinx, error: Exception | None) -> None:
    """Put the notebooks where the theme looks for them."""
    sources = Path(app.outdir) / "_sources"
    for page in () if error else app.env.found_docs:
        if sources.is_dir() and notebook_of(app, page).is_file():
            shutil.copy(notebook_of(app, page), sources)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx, before the theme makes its menus."""
    app.connect("html-page-context", offer, priority=300)
    app.connect("build-finished", copy_notebooks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

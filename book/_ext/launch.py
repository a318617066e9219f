"""Offer each chapter to be run: Binder and Colab open its notebook, and a note says what to do when they do not.

The repository stands in one place: ``repository`` (GitHub's ``owner/name``) and ``revision`` of ``_config.yml``,
which the variables ``REPOSITORY`` and ``REVISION`` of the environment override; the workflow that publishes sets them.
Without a repository there are no buttons, and the page says so. The note is ``launch.md`` beside this file.
"""

import os
import re
from html import escape
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from downloads import notebook_of

NOTE = Path(__file__).with_name("launch.md")
BINDER = "https://mybinder.org/v2/gh/{repository}/{revision}?urlpath=lab/tree/notebooks/{page}.ipynb"
COLAB = "https://colab.research.google.com/github/{repository}/blob/{revision}/notebooks/{page}.ipynb"
INSTALL = "%pip install 'ecolib[figures,proofs,sensitivity] @ git+https://github.com/{repository}@{revision}'"
NAMES = {"repository": r"[\w.-]+/[\w.-]+|", "revision": r"[\w./-]+"}
BOX = """
<div class="launch" role="group" aria-label="Run this chapter">
<p>{links}</p>
<details><summary>{question}</summary>
{note}</details>
</div>
"""


def set_repository(_app: Sphinx, config: Config) -> None:
    """Take repository and revision from the environment, if they are there.

    Raises:
        ConfigError: when one is not of its form.
    """
    for name, form in NAMES.items():
        value = os.environ.get(name.upper()) or getattr(config, name)
        if not re.fullmatch(form, value):
            raise ConfigError(f"{name} must be of the form {form}, got {value!r}")
        setattr(config, name, value)


def links(page: str, repository: str, revision: str, notebook: str) -> str:
    """Return the buttons of a page: where to run it, and its notebook."""
    given = {"repository": repository, "revision": revision, "page": page}
    found = [("Binder", BINDER), ("Colab", COLAB)] if repository else []
    shown = [
        f'<a class="launch-button" href="{escape(form.format(**given))}">Run on {name}</a>' for name, form in found
    ]
    return "\n".join([*shown, f'<a class="launch-button" href="{notebook}" download>Download the notebook</a>'])


def box(page: str, repository: str, revision: str, notebook: str) -> str:
    """Return the element that offers a page to be run, with the note folded below its buttons."""
    note = MarkdownIt().render(NOTE.read_text(encoding="utf-8"))
    if repository:
        install = escape(INSTALL.format(repository=repository, revision=revision))
        note += f"<p>The first cell on Colab:</p>\n<pre><code>{install}</code></pre>\n"
    else:
        note += "<p>This copy was built without the address of a repository: no buttons for Binder and Colab.</p>\n"
    question = "If they do not start" if repository else "How to run it"
    return BOX.format(links=links(page, repository, revision, notebook), question=question, note=note)


def offer(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    """Put the element below the title of a page that has a notebook."""
    if "body" in context and page != app.config.root_doc and notebook_of(app, page).is_file():
        notebook = context["pathto"](f"_sources/{page}.ipynb", resource=True)
        made = box(page, app.config.repository, app.config.revision, notebook)
        context["body"] = context["body"].replace("</h1>", f"</h1>{made}", 1)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_config_value("repository", "", "html")
    app.add_config_value("revision", "HEAD", "html")
    app.connect("config-inited", set_repository)
    app.connect("html-page-context", offer, priority=300)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

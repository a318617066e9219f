"""Keep the built pages free of what needs a network.

sphinx-thebe writes its settings on every page even when it is off, twice, which is a syntax error in the
browser and names a remote script. MathJax comes from sphinx-mathjax-offline; the parts that no page asks for
(other input languages and outputs, 20 MB) are deleted after the build.
"""

import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

MATHJAX_NEEDS = (
    "startup.js", "core.js", "input/tex.js", "input/tex/", "input/mml.js", "output/chtml.js", "output/chtml/",
    "a11y/", "ui/", "sre/mathmaps/base", "sre/mathmaps/en",
)  # fmt: skip
"""What TeX to HTML loads, and the explorer of formulas, which a reader may switch on: it reads MathML."""

PARTS = ["core", "input/tex", "output/chtml", "a11y/assistive-mml"]
"""What draws formulas and describes them to screen readers; not the menu, which ``formulas.js`` loads if asked."""


def load_parts(app: Sphinx, _config: Config) -> None:
    """Let MathJax load its parts, not the file that holds all of them."""
    app.config.mathjax_path = "mathjax/startup.js"
    given: dict[str, Any] = dict(app.config.mathjax3_config or {})
    app.config.mathjax3_config = given | {"loader": {"load": PARTS, "versionWarnings": False}}


def drop_thebe(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    """Take the scripts of sphinx-thebe off the page."""
    scripts = context.get("script_files", [])
    context["script_files"] = [script for script in scripts if not _is_thebe(script)]


def _is_thebe(script: Any) -> bool:
    body = getattr(script, "attributes", {}).get("body") or ""
    return "THEBE_JS_URL" in body or "sphinx-thebe" in str(getattr(script, "filename", script))


def prune_mathjax(app: Sphinx, error: Exception | None) -> None:
    """Delete the parts of MathJax that TeX to HTML does not load."""
    root = Path(app.outdir) / "_static" / "mathjax"
    if error or not root.is_dir():
        return
    for path in root.rglob("*"):
        if path.is_file() and not path.relative_to(root).as_posix().startswith(MATHJAX_NEEDS):
            path.unlink()
    for folder in (root / "adaptors", root / "output" / "svg", root / "input" / "mml"):
        shutil.rmtree(folder, ignore_errors=True)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx, late, so that the other extensions have done their part."""
    app.connect("config-inited", load_parts, priority=900)
    app.connect("html-page-context", drop_thebe, priority=900)
    app.connect("build-finished", prune_mathjax, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

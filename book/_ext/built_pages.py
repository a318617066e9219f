"""Pages on disk, rewritten after the build; what several extensions do."""

from collections.abc import Callable
from pathlib import Path

from sphinx.application import Sphinx


def rewrite(app: Sphinx, error: Exception | None, better: Callable[[str], str]) -> None:
    """Put what a function makes of each page in its place, unless the build failed or made no HTML."""
    for path in () if error or app.builder.format != "html" else sorted(Path(app.outdir).rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        if (made := better(page)) != page:
            path.write_text(made, encoding="utf-8")

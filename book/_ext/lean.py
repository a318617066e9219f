"""Make the built pages light: nothing is loaded that a page does not use, and nothing waits for a script.

The theme and the extensions put all their scripts and styles on every page, most of them in the way of the first paint.
After the build each page keeps what its content calls for, scripts wait until the page is read (``defer``), the icons
come from a small font (`icons`), and files that nothing loads are deleted.
"""

import re
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from icons import write_icons

FORMULA = ("math notranslate", 'class="math')
ONLY_WITH: dict[str, tuple[str, ...]] = {
    "fontawesome.js": (),
    "sphinx-thebe.css": (),
    "design-tabs.js": (),
    "ledger.js": ('class="claim verdict-',),
    "clipboard.min.js": ("<pre",),
    "copybutton.js": ("<pre",),
    "copybutton.css": ("<pre",),
    "formulas.js": FORMULA,
    "startup.js": FORMULA,
    "searchtools.js": ('id="search-results"',),
    "language_data.js": ('id="search-results"',),
    "searchindex.js": ('id="search-results"',),
    "wide.js": ("<table", "<pre", *FORMULA),
}
"""File of a script or style -> words of which one must stand in a page that loads it; without words, no page does."""

ASSET = re.compile(
    r"""[ \t]*<(?:script\b[^>]*\bsrc|link\b[^>]*\brel="stylesheet"[^>]*\bhref)="([^"?]+)[^>]*>(?:</script>)?\n?"""
)
INLINE = re.compile(r"<script>(?=\s*DOCUMENTATION_OPTIONS\.)")
WAITING = re.compile(r"<script(?=[^>]*\bsrc=)(?![^>]*\b(?:defer|async)\b)")
LOOK = re.compile(r"document\.documentElement\.dataset\.theme = localStorage\.getItem\(\"theme\"\) \|\| \"[^\"]*\";")
LOOK_AT_ONCE = """document.documentElement.dataset.theme = {light: "light", dark: "dark"}[localStorage.getItem("mode")]
      || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");"""

USELESS = (
    "locales", "scripts/fontawesome.js", "sphinx-thebe.js", "sphinx-thebe.css", "design-tabs.js",
    "readme.png",
)  # fmt: skip
QUIET = ("scripts/pydata-sphinx-theme.js", "scripts/sphinx-book-theme.js", "togglebutton.js")
"""Scripts that tell the console what they do."""


def lean(page: str) -> str:
    r"""Return the page with the scripts and styles that it uses, none of them in the way of the first paint.

    >>> lean('<script src="_static/ledger.js"></script>\n<script src="_static/doctools.js?v=1"></script>')
    '<script defer src="_static/doctools.js?v=1"></script>'
    """

    def kept(asset: re.Match[str]) -> str:
        words = ONLY_WITH.get(asset[1].rpartition("/")[2])
        return asset[0] if words is None or any(word in page for word in words) else ""

    page = WAITING.sub("<script defer", ASSET.sub(kept, page))
    page = page.replace('console.log("[PST]: Set focus on search field.");', "")
    page = re.sub(r'(<html\b[^>]*) data-theme="auto"', r'\1 data-theme="light"', page)  # without scripts
    # A module waits as deferred scripts do, in the order of the page, and sees what they declare.
    return LOOK.sub(lambda _: LOOK_AT_ONCE, INLINE.sub('<script type="module">', page))


def silent(script: str) -> str:
    """Return a script that tells the console nothing; what it computes on the way is still computed.

    >>> silent('a && console.log("b", c)')
    'a && void ("b", c)'
    """
    return re.sub(r"\n//# sourceMappingURL=.*", "", re.sub(r"\bconsole\.(?:log|debug)\(", "void (", script))


def delete_useless(static: Path) -> None:
    """Delete what no page loads; licences stay."""
    for name in USELESS:
        path = static / name
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    for path in [*static.rglob("*.map"), *static.rglob("*webpack-macros.html")]:
        path.unlink()


def make_lean(app: Sphinx, error: Exception | None) -> None:
    """Rewrite the pages on disk, after the build."""
    if error or app.builder.format != "html":
        return
    root, static = Path(app.outdir), Path(app.outdir, "_static")
    delete_useless(static)
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(root.rglob("*.html"))}
    for path, page in pages.items():
        if (better := lean(page)) != page:
            path.write_text(better, encoding="utf-8")
    write_icons(static, pages.values())
    for path in (static / name for name in QUIET if (static / name).is_file()):
        path.write_text(silent(path.read_text(encoding="utf-8")), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx, after the extensions that mend pages and before the policy."""
    app.connect("build-finished", make_lean, priority=940)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

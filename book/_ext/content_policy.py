"""Let the browser load nothing from another host, by a policy that every page carries.

The policy (Content Security Policy, in a ``meta`` element at the top of the page) names where scripts, styles, fonts,
images and data may come from: the book itself. Scripts that stand in a page, and the handlers of its buttons, run only
if their hash is listed. Styles in a page are allowed, since MathJax and the theme write them.

A page opened as a file has no origin, and browsers disagree on whether ``'self'`` then means its folder; hence
``file:``. It gives a page that came from a server nothing, as browsers let no such page read files.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

OWN = "'self' file:"
TAG = '<meta http-equiv="Content-Security-Policy" content="{}" />'
WRITTEN = re.compile(r'\n<meta http-equiv="Content-Security-Policy" content="[^"]*" />')
PIECE = re.compile(
    r"""<script\b.*?</script>|<[a-z](?:[^>"']|"[^"]*"|'[^']*')*?\son[a-z]+=(?:[^>"']|"[^"]*"|'[^']*')*>""", re.DOTALL
)
"""Scripts, and elements with a handler: what `Inline` has to read of a page."""
RUN_TYPES = {"", "module", "text/javascript", "application/javascript"}


class Inline(HTMLParser):
    """Collect what runs in a page without being a file: the texts of ``scripts`` and of ``handlers``."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: set[str] = set()
        self.handlers: set[str] = set()
        self._parts: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the handlers of an element, and the beginning of a script."""
        self.handlers |= {value for name, value in attrs if name.startswith("on") and value}
        given = dict(attrs)
        if tag == "script" and "src" not in given and (given.get("type") or "").lower() in RUN_TYPES:
            self._parts = []

    def handle_data(self, data: str) -> None:
        """Gather the text of a script."""
        if self._parts is not None:
            self._parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Note a script that ends."""
        if tag == "script" and self._parts is not None:
            self.scripts.add("".join(self._parts))
            self._parts = None


def inline(page: str) -> Inline:
    """Return the scripts and handlers that stand in a page.

    >>> found = inline('<button onclick="print()"></button><script>let a = 1</script><script src="b.js"></script>')
    >>> found.scripts, found.handlers
    ({'let a = 1'}, {'print()'})
    """
    parser = Inline()
    parser.feed("".join(PIECE.findall(page)))
    parser.close()
    return parser


def policy(scripts: Iterable[str]) -> str:
    """Return the policy under which these scripts run, and no others but the book's own files.

    >>> policy(["print()"]).split("; ")[1]
    "script-src 'self' file: 'unsafe-hashes' 'sha256-Ul1RMxNBbPGH9E+ofhdT7m0RVSwiCXU33cMrTtNPpo8='"
    """
    hashes = sorted(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)
    return "; ".join(
        [
            f"default-src {OWN}",
            " ".join([f"script-src {OWN} 'unsafe-hashes'", *hashes]),
            f"style-src {OWN} 'unsafe-inline'",
            f"img-src {OWN} data:",
            "object-src 'none'",
            "base-uri 'none'",
            f"form-action {OWN}",
        ]
    )


def guarded(page: str, scripts: Iterable[str]) -> str:
    """Return the page with the policy as the first element of its head, in place of one from an earlier build."""
    return WRITTEN.sub("", page).replace("<head>", "<head>\n" + TAG.format(policy(scripts)), 1)


def guard_pages(app: Sphinx, error: Exception | None) -> None:
    """Write the policy into the pages on disk, after the build.

    The handlers of all pages are in the policy of each: the search reads other pages, and judges them by its own.
    """
    if error or app.builder.format != "html":
        return
    root = Path(app.outdir)
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(root.rglob("*.html"))}
    pages = {path: page for path, page in pages.items() if "<head>" in page}  # not the theme's pieces of pages
    found = {path: inline(page) for path, page in pages.items()}
    handlers = {handler for one in found.values() for handler in one.handlers}
    for path, page in pages.items():
        if (better := guarded(page, found[path].scripts | handlers)) != page:
            path.write_text(better, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx, after the extensions that mend pages."""
    app.connect("build-finished", guard_pages, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""Pages that list the source of every file the claims ledger cites, with a heading for each cited definition.

No host of a repository may be named in the book, so the book carries the source that it speaks of. A listing is cut
where a cited definition begins; the heading there says which claims cite it, and links to their entries.
"""

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from execution_cache import package_folder
from ledger_page import read
from sources import Place, locate

KINDS = ("code", "condition", "test", "counterexample")

Cited = dict[Place, list[str]]


def page_of(file: str) -> str:
    """Return the page that lists a file.

    >>> page_of("ecolib/paper/claims.py")
    'listings/ecolib/paper/claims'
    """
    return f"listings/{file.removesuffix('.py')}"


def cited(root: Path) -> dict[str, Cited]:
    """Return what the ledger cites: file -> definition -> claims, in the order of the lines."""
    found: dict[str, Cited] = {}
    for claim, entry in read().items():
        for name in dict.fromkeys(name for kind in KINDS for name in entry.get(kind, ())):
            if place := locate(name, root):
                claims = found.setdefault(place.file, {}).setdefault(place, [])
                claims += [claim] * (claim not in claims)
    return {file: dict(sorted(found[file].items(), key=lambda item: item[0].first)) for file in sorted(found)}


def collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the pages."""
    root, builder = package_folder().parent, app.builder
    home = app.env.domaindata["std"]["anonlabels"]
    if isinstance(builder, StandaloneHTMLBuilder):
        wanted = cited(root)
        for stale in set(Path(app.outdir, "listings").rglob("*.html")) - {_html(app, file) for file in wanted}:
            stale.unlink()
        for file, places in wanted.items():
            lines = (root / file).read_text(encoding="utf-8").splitlines(keepends=True)
            links = {
                claim: _link(builder, page_of(file), claim, home) for claims in places.values() for claim in claims
            }
            body = "\n".join(_blocks(builder, lines, {place: [links[c] for c in places[place]] for place in places}))
            whole = f"<h1>Source of <code>{escape(file).replace('/', '/<wbr>')}</code></h1>\n{body}"
            yield page_of(file), {"title": file, "body": whole, "parents": []}, "page.html"


def _html(app: Sphinx, file: str) -> Path:
    return Path(app.outdir, f"{page_of(file)}.html")


def _link(builder: StandaloneHTMLBuilder, page: str, claim: str, home: dict[str, tuple[str, str]]) -> str:
    """A link to the entry of a claim; the claim alone when the book has no page of the ledger."""
    ledger, anchor = home.get(claim.lower(), ("", ""))
    return f'<a href="{builder.get_relative_uri(page, ledger)}#{anchor}">{claim}</a>' if ledger else claim


def _blocks(builder: StandaloneHTMLBuilder, lines: list[str], places: Cited) -> Iterator[str]:
    """The listing, cut before each cited definition."""
    whole = [place for place in places if not place.name]
    if whole:
        yield f'<p class="cited-by">Cited as a whole by {", ".join(places[whole[0]])}.</p>'
    named = [place for place in places if place.name]
    starts = [1, *(place.first for place in named), len(lines) + 1]
    for place, (first, end) in zip([None, *named], pairwise(starts), strict=True):
        if place:
            yield f'<h2 id="{place.name}"><code>{place.name.replace("_", "_<wbr>")}</code></h2>'
            yield f'<p class="cited-by">Cited by {", ".join(places[place])}.</p>'
        if first < end:
            yield _highlighted(builder, "".join(lines[first - 1 : end - 1]), first)


def _highlighted(builder: StandaloneHTMLBuilder, code: str, first: int) -> str:
    """Code with the numbers of its lines, in a box that the keyboard can scroll."""
    html = builder.highlighter.highlight_block(code.rstrip("\n"), "python", linenos="inline", linenostart=first)
    return f'<div class="highlight-python notranslate">{html.replace("<pre>", "<pre tabindex=0>", 1)}</div>'


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("html-collect-pages", collect)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""What a published book has beside its pages: addresses, descriptions, sitemap, card, a page for wrong addresses.

The address of the site stands in one place: ``html.baseurl`` of ``_config.yml``, which the variable ``BASE_URL`` of the
environment overrides; the workflow that publishes sets it. Without an address the book is one for a folder or a
preview: canonical addresses, the sitemap and the picture of the card, which must be absolute, are left out.
"""

import os
import re
import shutil
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from social_card import ALT, CARD, draw, drawable

SHORTEST, LONGEST = 80, 200
"""Letters of a paragraph that describes a page, and of the description."""

NOT_FOUND = """<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <link rel="icon" href="data:," />
    <title>No such page: {title}</title>
    <style>
      :root {{ color-scheme: light dark; }}
      body {{ font: 1.1rem/1.6 system-ui, sans-serif; margin: 15vh auto; max-width: 34rem; padding: 0 1.25rem; }}
    </style>
  </head>
  <body>
    <main>
      <h1>There is no such page</h1>
      <p>Pages may have been renamed. The <a href="{home}index.html">start page</a> lists all chapters, and the
        <a href="{home}search.html">search</a> finds their words.</p>
    </main>
  </body>
</html>
"""
"""It is shown for any address, however deep: it loads nothing, and its links begin at the site's own folder."""


def base_url(given: str) -> str:
    """Return the address of the site with a slash at its end, or nothing.

    >>> base_url("https://example.org/book"), base_url("")
    ('https://example.org/book/', '')

    Raises:
        ConfigError: when it is no address.
    """
    if not (given := given.strip()):
        return ""
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise ConfigError(
            f"html.baseurl or BASE_URL must be an address such as https://example.org/book, got {given!r}"
        )
    return given.rstrip("/") + "/"


def set_address(_app: Sphinx, config: Config) -> None:
    """Take the address from the environment, if it is there."""
    config.html_baseurl = base_url(os.environ.get("BASE_URL") or config.html_baseurl)


def description(doctree: nodes.document | None) -> str:
    """Return the first paragraph that says something, shortened at a word."""
    for paragraph in doctree.findall(nodes.paragraph) if doctree else ():
        text = " ".join(paragraph.astext().split())
        if len(text) >= SHORTEST:
            return text if len(text) <= LONGEST else re.sub(r"\W*\s\S*$", "…", text[:LONGEST])
    return ""


def tags(title: str, about: str, address: str, card: str) -> str:
    """Return the elements that search engines and cards read; those with addresses only when these are known."""
    found = [("property", "og:type", "article"), ("property", "og:title", title)]
    found += [("name", "description", about), ("property", "og:description", about)] if about else []
    found += [("property", "og:url", address)] if address else []
    found += [("property", "og:image", card), ("property", "og:image:alt", ALT)] if card else []
    found += [("name", "twitter:card", "summary_large_image" if card else "summary")]
    return "\n".join(f'<meta {kind}="{name}" content="{escape(content)}" />' for kind, name, content in found)


def describe(app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Write the elements into the head of a page."""
    root = app.config.html_baseurl
    address = f"{root}{app.builder.get_target_uri(page)}" if root else ""
    title = re.sub(r"<[^>]+>", "", context.get("title") or app.config.html_title)
    written = tags(title, description(doctree), address, f"{root}_static/{CARD}" if root and drawable() else "")
    icon = f'<link rel="icon" type="image/svg+xml" href="{context["pathto"]("_static/favicon.svg", resource=True)}" />'
    context["metatags"] = f"{context.get('metatags', '')}\n{written}\n{icon}\n"


def sitemap(root: str, pages: list[str]) -> str:
    """Return the sitemap of the pages."""
    lines = [f"  <url><loc>{escape(root + page)}</loc></url>" for page in pages]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join([head, *lines, "</urlset>", ""])


def write_site(app: Sphinx, error: Exception | None) -> None:
    """Write the files that a published site has beside its pages."""
    if error or app.builder.format != "html":
        return
    folder, root = Path(app.outdir), app.config.html_baseurl
    pages = [f"{name}.html" for name in sorted(app.env.found_docs)]
    shutil.copy(folder / f"{app.config.root_doc}.html", folder / "index.html")  # no detour on the way in
    shown = NOT_FOUND.format(title=escape(app.config.html_title), home=urlsplit(root).path or "./")
    (folder / "404.html").write_text(shown, encoding="utf-8")
    robots = ["User-agent: *", "Allow: /"]
    (folder / "sitemap.xml").unlink(missing_ok=True)
    if root:
        (folder / "sitemap.xml").write_text(sitemap(root, pages), encoding="utf-8")
        robots.append(f"Sitemap: {root}sitemap.xml")
        if drawable():
            draw(folder / "_static" / CARD, app.config.html_title)
    (folder / "robots.txt").write_text("\n".join([*robots, ""]), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx, after the extensions that mend pages and before the policy."""
    app.connect("config-inited", set_address)
    app.connect("html-page-context", describe)
    app.connect("build-finished", write_site, priority=945)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""Stop the build if a page, a style sheet or a script of the book would use another host.

Three questions are asked of the whole built site.

- What do pages, drawings and style sheets **load**? Decided from the markup: every element that makes a browser fetch,
  and every ``url(...)`` and ``@import``. Links that a reader follows are free to lead anywhere.
- What do scripts **name**? A search of a script's text cannot prove what it does; so every host that a script names,
  and every way it has to fetch, to run text or to keep data, must be listed in ``EXPECTED`` with the reason why it
  does no harm. What is not listed stops the build, whoever brought it.
- Does every page **carry the policy** of `content_policy`? That is what makes the browser refuse the rest.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.util import logging

from expected_scripts import EXPECTED, NAMESPACES, OF_SPHINX_9

LOADED_BY = {
    "action", "archive", "background", "classid", "code", "codebase", "data", "formaction", "href", "icon", "longdesc",
    "manifest", "poster", "profile", "src", "xlink:href",
}  # fmt: skip
FOLLOWED = {"a", "area"}
NAMED_ONLY = {"alternate", "author", "canonical", "help", "license"}
"""Relations of a ``link`` element that browsers do not load by themselves."""

CSS_LOAD = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""", re.IGNORECASE)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
HOST = re.compile(r"""(?:\b(?:https?|wss?|ftp):|["'`=(])//([\w-]+(?:\.[\w-]+)+)""")
ABILITIES = re.compile(
    r"\b(?:fetch|importScripts|import|eval|Function)(?=\()|\b(?:XMLHttpRequest|sendBeacon|WebSocket|EventSource|Worker"
    r"|RTCPeerConnection|serviceWorker|document\.cookie|cookieStore|localStorage|sessionStorage|indexedDB)\b"
)
logger = logging.getLogger(__name__)


class Markup(HTMLParser):
    """Collect what a page or a drawing loads, its styles and its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.texts: dict[str, list[str]] = {"style": [], "script": []}
        self._inside = ""
        self.guarded = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element loads."""
        given = {name: value or "" for name, value in attrs}
        self._inside = tag
        self.guarded |= given.get("http-equiv") == "Content-Security-Policy"
        relations = set(given.get("rel", "").lower().split())
        if tag not in FOLLOWED and not (tag == "link" and relations and relations <= NAMED_ONLY):
            self.loads += [value for name, value in given.items() if name in LOADED_BY]
        self.loads += [one.split()[0] for one in given.get("srcset", "").split(",") if one.strip()]
        self.loads += [given["ping"]] if "ping" in given else []
        if given.get("http-equiv", "").lower() == "refresh":
            self.loads.append(given.get("content", "").partition("=")[2].strip(" '\""))
        self.texts["style"].append(given.get("style", ""))
        self.texts["script"] += [value for name, value in given.items() if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        """Gather the text of styles and scripts."""
        if self._inside in self.texts:
            self.texts[self._inside].append(data)

    def handle_endtag(self, _tag: str) -> None:
        """Leave an element."""
        self._inside = ""


def leaves_the_book(address: str) -> bool:
    """Say whether a browser that loads the address leaves the book.

    >>> [leaves_the_book(one) for one in ("_static/a.css", "#b", "data:image/png;base64,AA", "//c.org/d", "file:///e")]
    [False, False, False, True, True]
    """
    parts = urlsplit(address.strip())
    return bool(parts.netloc) or parts.scheme not in {"", "data"}


def style_loads(style: str) -> list[str]:
    """Return what a style sheet loads.

    >>> style_loads('@import "a.css"; b { background: url(c.png) } /* url(d.png) */')
    ['a.css', 'c.png']
    """
    return [first or second for first, second in CSS_LOAD.findall(CSS_COMMENT.sub("", style))]


def script_names(script: str) -> set[str]:
    """Return the hosts and abilities that a script names, the names of XML vocabularies aside.

    >>> sorted(script_names("fetch('https://a.org/b'); localStorage.c; document.createElementNS('http://www.w3.org/x')"))
    ['a.org', 'fetch', 'localStorage']
    """
    return {*HOST.findall(script), *ABILITIES.findall(script)} - NAMESPACES


def faults(root: Path) -> Iterator[str]:
    """Yield what is wrong with a built site, a sentence each."""
    for path in sorted(root.rglob("*")):
        if path.suffix in {".html", ".svg", ".css", ".js", ".mjs"}:
            name, text = path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
            yield from (f"{name} {fault}" for fault in _faults(name, path.suffix, text))


def _faults(name: str, kind: str, text: str) -> Iterator[str]:
    loads, scripts, where = [], "", name
    if kind == ".css":
        loads = style_loads(text)
    elif kind in {".js", ".mjs"}:
        scripts = text
    else:
        markup, where = Markup(), "in a page"
        markup.feed(text)
        markup.close()
        scripts = "\n".join(markup.texts["script"])
        loads = [*markup.loads, *style_loads("\n".join(markup.texts["style"]))]
        if "<head>" in text and not markup.guarded:
            yield "carries no policy"
    yield from (f"loads {one}" for one in dict.fromkeys(loads) if leaves_the_book(one))
    unexpected = script_names(scripts) - set((EXPECTED | OF_SPHINX_9).get(where, {}))
    yield from (f"has a script that names {one}" for one in sorted(unexpected))


def check(app: Sphinx, error: Exception | None) -> None:
    """Warn of every fault, after all else is built."""
    if not error and app.builder.format == "html":
        for fault in faults(Path(app.outdir)):
            logger.warning("third party: %s", fault, type="third_party")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx, last of all."""
    app.connect("build-finished", check, priority=990)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

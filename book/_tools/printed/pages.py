"""Which pages the book has, in which parts, and what is taken from each: its article, fit for one page with others.

Every id gets the name of its page in front, every link within the book leads to that id, every picture is found from
where the one page lies. What a reader can only use on a screen is left out.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from bs4 import BeautifulSoup, Tag

SCREEN_ONLY = (
    "script, noscript, a.headerlink, button, dialog, form, .claims-filter, .explorer-live, details.hide, "
    ".d-print-none, .no-print, .launch, .formula-menu, .offline-copy"
)
"""Navigation, controls, and code that is folded on the page."""
OF_ONE_RUN = {"reproducibility": ("where-and-with-what", "what-each-page-took")}
"""Sections about the machine and the hour of a build, which would make each PDF another."""
POINTERS = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers")
DEEPEST = 6


@dataclass(frozen=True)
class Part:
    """A part of the book: its caption, empty for the pages before the first, and the names of its pages."""

    caption: str
    pages: list[str] = field(default_factory=list)


def parts(toc: Path) -> list[Part]:
    """Return the parts that a table of contents lists, after the root's page, which stands alone."""
    listed: dict[str, Any] = yaml.safe_load(toc.read_text(encoding="utf-8"))
    named = [Part(part["caption"], [str(one["file"]) for one in part["chapters"]]) for part in listed["parts"]]
    return [Part("", [str(listed["root"])]), *named]


def anchor(page: str, name: str = "") -> str:
    """Return the id that an element of a page has in the book; without a name, that of the page.

    >>> anchor("07_analytical", "ch-07"), anchor("glossary")
    ('07_analytical--ch-07', 'glossary--')
    """
    return f"{page}--{name}"


def article(folder: Path, page: str, known: set[str], away: str) -> Tag:
    """Return the article of a built page, with ids, links and pictures that hold in the book.

    ``known`` are the pages of the book, ``away`` leads from the book's page to the folder of the built pages.
    """
    soup = BeautifulSoup((folder / f"{page}.html").read_text(encoding="utf-8"), "html.parser")
    found = soup.find("article")
    if not isinstance(found, Tag):
        raise ValueError(f"{page}.html has no article")
    for element in found.select(SCREEN_ONLY):
        element.decompose()
    for name in OF_ONE_RUN.get(page, ()):
        for section in found.select(f"section#{name}"):
            section.decompose()
    for element in found.select("details"):
        element["open"] = ""
    rename(found, page)
    canonical = soup.select_one('link[rel="canonical"]')
    base = str(canonical["href"]).rsplit("/", 1)[0] if canonical else None
    for link in found.select("a[href]"):
        lead(link, page, known, base)
    for picture in found.select("img[src]"):
        picture["src"] = source(str(picture["src"]), away)
        picture.attrs.pop("loading", None)
    return found


def rename(found: Tag, page: str) -> None:
    """Put the page's name before every id outside drawings, and before what points to one."""
    for element in found.select("[id]"):
        if element.find_parent("svg") is None and element.name != "svg":
            element["id"] = anchor(page, str(element["id"]))
    for pointer in POINTERS:
        for element in found.select(f"[{pointer}]"):
            given = element[pointer]
            names = given.split() if isinstance(given, str) else given
            element[pointer] = " ".join(anchor(page, name) for name in names)


def lead(link: Tag, page: str, known: set[str], base: str | None) -> None:
    """Turn a link to a page of the book inwards; one to another file of the site leads there, or is plain text."""
    target = str(link["href"])
    if re.match(r"[a-z][a-z0-9+.-]*:", target):
        return
    file, _, name = target.partition("#")
    to = file.removesuffix(".html") or page
    if to in known and (file == "" or file.endswith(".html")):
        link["href"] = "#" + anchor(to, name)
    elif base:
        link["href"] = f"{base}/{target}"
    else:
        del link["href"]


def source(address: str, away: str) -> str:
    """Return the address of a picture, as seen from the book's page.

    >>> source("_images/a.png", "../html"), source("data:image/svg+xml,x", "../html")
    ('../html/_images/a.png', 'data:image/svg+xml,x')
    """
    return address if address.startswith(("data:", "http:", "https:")) else f"{away}/{address}"


def deepen(found: Tag) -> None:
    """Move every heading one level down, since parts are above chapters."""
    for level in range(DEEPEST - 1, 0, -1):
        for heading in found.find_all(f"h{level}"):
            heading.name = f"h{level + 1}"

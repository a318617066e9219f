"""Write the book as one page: title page, contents, and the articles of all pages, part by part.

Headings tell the outline: a part is at level 1, a chapter at level 2, its sections below. Each chapter is printed on
pages of its own name, of which the foot carries its title.
"""

import json
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import yaml
from bs4 import BeautifulSoup, Tag

from printed.pages import Part, anchor, article, deepen, parts

HEAD = 'link[rel="stylesheet"], script[src*="mathjax"], script[src*="_static/print.js"]'
MATHS = re.compile(r"window\.MathJax = (\{.*\})")
SPOKEN = "a11y/"
"""Parts of MathJax that are left out: what is read aloud of a formula is its source, as the text of a picture."""
TEX = re.compile(r"\\\((.*?)\\\)")
CHAPTER = re.compile(r"\d\d_")
SKELETON = """<!DOCTYPE html>
<html lang="{language}" data-theme="light" data-mode="light">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="author" content="{author}">
<script>window.MathJax = {maths};</script>
{head}
<style>{style}</style>
</head>
<body class="whole-book"><main class="bd-main"><div class="bd-content"><div class="bd-article-container">
{body}
</div></div></main></body>
</html>
"""


@dataclass(frozen=True)
class Entry:
    """A line of the contents: a heading's level, its id, and its inner HTML."""

    level: int
    target: str
    inner: str


def whole_book(folder: Path, sources: Path, away: str) -> str:
    """Return the page of the book, from the built pages in ``folder`` and the settings beside the sources."""
    config = yaml.safe_load((sources.parent / "_config.yml").read_text(encoding="utf-8"))
    listed = parts(sources / "_toc.yml")
    known = {page for part in listed for page in part.pages}
    articles = {page: article(folder, page, known, away) for page in sorted(known)}
    home = articles[listed[0].pages[0]]
    front = title_page(config, home)
    contents: list[Entry] = []
    bodies = [chapter for part in listed for chapter in chapters(part, articles, contents)]
    first = BeautifulSoup((folder / f"{listed[0].pages[0]}.html").read_text(encoding="utf-8"), "html.parser")
    return SKELETON.format(
        language=first.html["lang"] if first.html else "en",
        title=escape(config["title"]),
        author=escape(config["author"]),
        maths=json.dumps(maths(first)),
        head=head(first, away),
        style=feet(listed, articles, config["title"]),
        body="\n".join([front, table(contents), *bodies]),
    )


def head(soup: BeautifulSoup, away: str) -> str:
    """Return what a built page loads and the book needs: styles, and the setter of formulas."""
    found = soup.select(HEAD)
    for element in found:
        name = "href" if element.name == "link" else "src"
        element[name] = f"{away}/{element[name]}"
    return "\n".join(map(str, found))


def maths(soup: BeautifulSoup) -> dict[str, Any]:
    """Return the settings of MathJax that a built page has, less the parts that speak.

    >>> script = '<script>window.MathJax = {"loader": {"load": ["core", "a11y/assistive-mml"]}}</script>'
    >>> maths(BeautifulSoup(script, "html.parser"))
    {'loader': {'load': ['core']}}
    """
    written = next((one for script in soup.select("script") if (one := MATHS.search(script.get_text()))), None)
    settings: dict[str, Any] = json.loads(written[1]) if written else {}
    if loader := settings.get("loader"):
        loader["load"] = [part for part in loader["load"] if not part.startswith(SPOKEN)]
    return settings


def title_page(config: dict[str, str], home: Tag) -> str:
    """Return the title page; what it shows of the first page, title and subtitle, is taken from there."""
    heading, subtitle = home.find("h1"), home.find("p")
    assert isinstance(heading, Tag)
    assert isinstance(subtitle, Tag)
    quoted = home.select_one("blockquote")
    version = re.search(r"Version\s+(\d+(?:\.\d+)*\S*?)[.\s]*$", quoted.get_text()) if quoted else None
    lines = [config["author"], *([f"Version {version[1].rstrip('.')}"] if version else [])]
    title = f'<h1 id="title">{escape(config["title"])}</h1>'
    below = f'<p class="subtitle">{subtitle.decode_contents()}</p>'
    heading.string = "In short"
    subtitle.decompose()
    rest = "".join(f"<p>{escape(line)}</p>" for line in lines)
    licence = (
        f"<p>© {escape(config['copyright'])} {escape(config['author'])}.</p>"
        "<p>Text and figures: Creative Commons Attribution 4.0 International (CC BY 4.0). Code: MIT licence.</p>"
        "<p>Printed from the pages of the online edition. Figures that move there are shown as they start; code that "
        "is folded there is left out; proofs and solutions are unfolded.</p>"
    )
    return f'<section class="title-page">{title}{below}{rest}<footer>{licence}</footer></section>'


def chapters(part: Part, articles: dict[str, Tag], contents: list[Entry]) -> list[str]:
    """Return the chapters of a part as HTML, and add their lines to the contents."""
    found = []
    for rank, page in enumerate(part.pages):
        body, caption = articles[page], ""
        deepen(body)
        if part.caption and rank == 0:
            target = anchor("part", re.sub(r"\W+", "-", part.caption.lower()))
            contents.append(Entry(1, target, escape(part.caption)))
            caption = f'<h1 class="part" id="{target}">{escape(part.caption)}</h1>'
        contents += headings(body, page)
        found.append(
            f'<section class="chapter" id="{anchor(page)}" style="page: {foot(page)}">{caption}{body}</section>'
        )
    return found


def headings(body: Tag, page: str) -> list[Entry]:
    """Return the lines of a page: its title and, if it is a numbered chapter, those of its sections."""
    found = []
    for heading in body.select("h2, h3" if CHAPTER.match(page) else "h2"):
        section = heading.find_parent("section")
        if not heading.get("id"):
            heading["id"] = f"{section['id'] if section and section.get('id') else anchor(page)}-heading"
        level = int(heading.name[1])
        found.append(Entry(level, str(heading["id"]), heading.decode_contents()))
    return found


def table(contents: list[Entry]) -> str:
    """Return the contents, with places for the numbers of pages."""
    lines = [
        f'<li class="level-{one.level}"><a href="#{one.target}"><span class="entry">{plain(one.inner)}</span>'
        f'<span class="page-number" data-target="{one.target}"></span></a></li>'
        for one in contents
    ]
    return f'<nav class="book-contents" aria-label="Contents"><h1>Contents</h1><ol>{"".join(lines)}</ol></nav>'


def plain(inner: str) -> str:
    """Return a heading without ids and links, which must not be there twice."""
    soup = BeautifulSoup(inner, "html.parser")
    for element in soup.find_all(True):
        element.attrs.pop("id", None)
        if element.name == "a":
            element.unwrap()
    return str(soup)


def foot(page: str) -> str:
    """Return the name of the pages on which a chapter is printed.

    >>> foot("07_analytical")
    'p-07_analytical'
    """
    return f"p-{page}"


def feet(listed: list[Part], articles: dict[str, Tag], title: str) -> str:
    """Return the style of the pages' feet: the chapter's title; the book's before the first chapter."""
    rules = [f"@page contents {{ @bottom-left {{ content: {quoted(title)}; }} }}"]
    for page in (page for part in listed for page in part.pages):
        heading = articles[page].find(["h1", "h2"])
        text = " ".join(TEX.sub(r"\1", heading.get_text()).split()) if heading else title
        rules.append(f"@page {foot(page)} {{ @bottom-left {{ content: {quoted(text)}; }} }}")
    return "\n".join(rules)


def quoted(text: str) -> str:
    r"""Return a text as a string of CSS.

    >>> print(quoted('a "b"'))
    "a \22 b\22 "
    """
    return '"' + re.sub(r'["\\<\n]', lambda one: f"\\{ord(one[0]):x} ", text) + '"'

"""Let the search find Chinese words: text without spaces is indexed by its characters and by pairs of neighbours.

Sphinx takes what stands between spaces for a word, and searches no part of words of one or two letters; so a term of
two characters, 共生, would be found only where it stands alone. Here both the index and the query are cut alike, and a
page is found when it has all pairs of the query. In a folder without a server a browser lets no page read another: the
texts from which excerpts are cut lie in a script there, ``search_texts.js``.
"""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

CHINESE = "\u3400-\u9fff"
PARTS = re.compile(f"[{CHINESE}]+|[^{CHINESE}]+")
SCRIPT = Path(__file__).with_suffix(".js")
NOT_READ = {"script", "style"}
RUN_TIME = re.compile(r"\b(?:under|over) \d+ s\b")
OF_THE_RUN = "reproducibility"
"""A page about one run: like run times elsewhere it has no place in a script that is the same after every build."""


def pieces(word: str) -> list[str]:
    """Return what is indexed of a word.

    >>> pieces("mutualism"), pieces("共生体x")
    (['mutualism'], ['共', '生', '体', '共生', '生体', 'x'])
    """
    found = []
    for part in PARTS.findall(word):
        pairs = [*part, *map("".join, pairwise(part))]
        found += pairs if re.match(f"[{CHINESE}]", part) else [part]
    return found


class EnglishAndChinese(SearchEnglish):
    """The English search, with Chinese in pairs."""

    js_splitter_code = SCRIPT.read_text(encoding="utf-8")

    def split(self, input: str) -> list[str]:  # noqa: A002, the name is that of Sphinx
        """Return the words of a text."""
        return [piece for word in super().split(input) for piece in pieces(word)]


class Words(HTMLParser):
    """The text of the article of a page, from ``<article`` to its end."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._article, self._unread = False, 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        """Enter the article, or something in it that is not read."""
        self._article |= tag == "article"
        self._unread += tag in NOT_READ

    def handle_endtag(self, tag: str) -> None:
        """Leave it."""
        self._article &= tag != "article"
        self._unread -= tag in NOT_READ

    def handle_data(self, data: str) -> None:
        """Gather text."""
        if self._article and not self._unread:
            self.parts.append(data)


def text_of(page: str) -> str:
    r"""Return the text of a page, with single spaces.

    >>> text_of("<p>a</p><article><h1>b</h1>\n<script>c</script><p>d <b>e</b></p></article>")
    'b d e'
    """
    words = Words()
    words.feed(page)
    words.close()
    return " ".join("".join(words.parts).split())


def texts(app: Sphinx) -> Iterator[tuple[str, str]]:
    """Yield name and text of the pages that the index knows."""
    for name in sorted(app.env.found_docs - {OF_THE_RUN}):
        path = Path(app.outdir, f"{name}.html")
        if path.is_file():
            yield name, RUN_TIME.sub("in some time", text_of(path.read_text(encoding="utf-8")))


def write_texts(app: Sphinx, error: Exception | None) -> None:
    """Write the script with the texts."""
    if not error and app.builder.format == "html":
        # What a text says of addresses and calls is not what the script does: `third_party` shall not take it for that.
        told = json.dumps(dict(texts(app)), ensure_ascii=False, indent=0).replace("/", r"\/").replace("(", r"\u0028")
        Path(app.outdir, "_static", "search_texts.js").write_text(f"searchTexts({told});\n", encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_search_language(EnglishAndChinese)
    app.connect("build-finished", write_texts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

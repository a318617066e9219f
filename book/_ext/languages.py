"""Mark Chinese text as Chinese, so that it is read aloud, hyphenated and drawn as such.

The book is in English and gives the Chinese terms of the paper in brackets. Each run of Chinese characters in the text
of a built page gets ``lang="zh-Hans"``: in contents, titles and printed results as well, which no directive reaches.
Code, formulas and what is marked already stay as they are.
"""

import re
from typing import Any

from sphinx.application import Sphinx

from built_pages import rewrite

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
SIGNS = r"\u3001\u3002\u300a\u300b\uff08\uff09\uff0c\uff1a\uff1b\u201c\u201d\u00b7\uff1f\uff01"
RUN = re.compile(rf"[{HAN}](?:[{HAN}{SIGNS}]*[{HAN}])?")
PIECE = re.compile(r"""(<!--.*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')*>)""", re.DOTALL)
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
LEFT_ALONE = {"script", "style", "title", "code", "pre", "textarea", "option", "svg", "math"}
MARKED = re.compile(r"""\slang=["']zh|\sclass=["'][^"']*\bmath\b""")
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def marked(page: str) -> str:
    """Return the page with every run of Chinese characters in a ``span`` of that language.

    >>> marked("<p>Mutualism (互惠共生)</p><code>共生</code>")
    '<p>Mutualism (<span lang="zh-Hans">互惠共生</span>)</p><code>共生</code>'
    >>> marked(marked("<p>共生</p>")) == marked("<p>共生</p>")
    True
    """
    pieces = PIECE.split(page)
    left = ""  # the element that is left alone
    depth = 0
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            pieces[place] = piece if depth else RUN.sub(r'<span lang="zh-Hans">\g<0></span>', piece)
        elif tag := TAG.match(piece):
            name = tag[2].lower()
            if depth:
                depth += 0 if name != left or piece.endswith("/>") else -1 if tag[1] else 1
            elif not tag[1] and name not in EMPTY and (name in LEFT_ALONE or MARKED.search(piece)):
                left, depth = name, int(not piece.endswith("/>"))
    return "".join(pieces)


def mark_pages(app: Sphinx, error: Exception | None) -> None:
    """Rewrite the pages on disk, after the build."""
    rewrite(app, error, marked)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx, after the pages are mended and before their policy is written."""
    app.connect("build-finished", mark_pages, priority=940)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

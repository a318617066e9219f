"""What the scripts of the book name, and why it does no harm.

A reason is one of three: the address is text that nothing fetches; the ability is used on the book's own files, or on
settings that never leave the reader's browser; or our settings never reach that line, and the policy of the page
forbids it in any case.
"""

NAMESPACES = {"www.w3.org"}
"""Hosts in the names of XML vocabularies, which nothing fetches."""

LICENCE = "its authors, in a comment or a string that is shown"
GLOBAL = "a fallback to find the global object in browsers without globalThis"
MATHJAX = {
    "www.mathjax.org": "a link that the formula menu shows",
    "cdn.jsdelivr.net": "speech rules and XPath for those without MathJax's own folder or in Internet Explorer",
    "XMLHttpRequest": "reads the speech rules from that folder, once a reader switches the explorer on",
    "localStorage": "what a reader chose in the formula menu",
    "eval": "loads a module of Node, outside browsers",
    "Function": GLOBAL,
}
CHEMISTRY = {"github.com": LICENCE, "www.apache.org": LICENCE}

EXPECTED: dict[str, dict[str, str]] = {
    "in a page": {"localStorage": "light or dark, before the page is drawn"},
    "_static/clipboard.min.js": {"clipboardjs.com": LICENCE},
    "_static/doctools.js": {
        "Function": "the plural rule of a translated book; this one is in English, and the policy would refuse"
    },
    "_static/formulas.js": {"localStorage": "whether a reader used the formula menu before: then it is loaded at once"},
    "_static/mathjax/a11y/sre.js": MATHJAX,
    "_static/mathjax/input/tex/extensions/all-packages.js": CHEMISTRY,
    "_static/mathjax/input/tex/extensions/mhchem.js": CHEMISTRY,
    "_static/mathjax/core.js": {"Function": GLOBAL},
    "_static/mathjax/startup.js": {"Function": GLOBAL},
    "_static/mathjax/ui/menu.js": MATHJAX,
    "_static/scripts/pydata-sphinx-theme.js": {
        "fetch": "a list of versions or an announcement, for books that set an address; this one sets none",
        "pydata-sphinx-theme.readthedocs.io": "advice on such a list, in a message of the console",
        "localStorage": "light or dark, and banners a reader closed",
        "sessionStorage": "where the list of contents was scrolled to",
    },
    "_static/searchtools.js": {
        "developer.mozilla.org": LICENCE,
        "fetch": "the book's own pages, for an excerpt under each result",
        "localStorage": "the words found, to mark on the next page",
    },
    "_static/sphinx_highlight.js": {"localStorage": "the same words, and forgets them"},
}

OF_SPHINX_9: dict[str, dict[str, str]] = {"_static/english-stemmer.js": {"snowballstem.org": LICENCE}}
"""Scripts that only the book on plain Sphinx has."""

"""Number figures, equations, statements and exercises by chapter: Figure 7.2, Proposition 6.3, (7.4).

The chapter's number is the one in the name of its file, ``07_analytical.md``; it is also in its title. Sphinx
numbers these things over the whole book when titles are not numbered; this extension numbers them anew
within each page, and puts the chapter in front.
"""

import re
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def chapter_of(docname: str) -> tuple[int, ...]:
    """Return the chapter's number as a tuple, empty for pages without one.

    >>> chapter_of("07_analytical"), chapter_of("glossary")
    ((7,), ())
    """
    found = re.match(r"(\d\d)_", docname)
    return (int(found[1]),) if found else ()


def number_by_chapter(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Replace Sphinx's running numbers; their order is the order of the page."""
    for docname, kinds in env.toc_fignumbers.items():
        for numbers in kinds.values():
            for rank, label in enumerate(sorted(numbers, key=lambda name: numbers[name]), start=1):
                numbers[label] = (*chapter_of(docname), rank)
    return []


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx, after the collector that counts (its priority is 500)."""
    app.connect("env-get-updated", number_by_chapter, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

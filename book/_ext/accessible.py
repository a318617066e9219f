"""Mend the theme's markup where it fails the accessibility rules (WCAG 2.1 AA, as axe-core checks them).

A button's name must contain its visible words; all of a page lies in landmarks; roles that docutils gives to
the bibliography are no longer valid on these elements.
"""

from typing import Any

from sphinx.application import Sphinx

from built_pages import rewrite

MENDED = {
    'title="Search" aria-label="Search" data-bs': 'title="Search" aria-label="Search Ctrl+K" data-bs',
    'data-mode="light" title="Light"': 'data-mode="light"',
    'data-mode="dark"  title="Dark"': 'data-mode="dark"',
    'data-mode="auto"  title="System Settings"': 'data-mode="auto"',
    '<div class="sidebar-primary-items__start sidebar-primary__section">\n        <div class="sidebar-primary-item">': (
        '<div class="sidebar-primary-items__start sidebar-primary__section">\n'
        '        <div class="sidebar-primary-item" role="navigation" aria-label="Start page">'
    ),
    '<summary aria-label="Toggle hidden content">': "<summary>",
    ' role="doc-biblioentry"': "",
    '<div role="list" class="citation-list">': '<div class="citation-list">',
}


def mend(page: str) -> str:
    """Return the page with each known fault replaced."""
    for fault, better in MENDED.items():
        page = page.replace(fault, better)
    return page


def mend_pages(app: Sphinx, error: Exception | None) -> None:
    """Rewrite the pages on disk, after the build."""
    rewrite(app, error, mend)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("build-finished", mend_pages, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

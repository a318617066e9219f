"""Inline Markdown: roles, links and footnote marks replaced where they stand; all else is left as written."""

import re
from collections.abc import Sequence
from itertools import pairwise

from markdown_it.token import Token

from plain.book import Page
from plain.roles import render_role

GAP = r"\s+(?:>\s*)*"  # a space of the content may be a line break of the source, quoted or not


class Line:
    """Some lines of source, and how far they have been read."""

    def __init__(self, source: str) -> None:
        self.source, self.done, self.out = source, 0, ""

    def replace(self, pattern: str, new: str) -> None:
        """Replace the next match; what stands before it is kept."""
        found = re.compile(pattern, re.DOTALL).search(self.source, self.done)
        if found is None:
            raise ValueError(f"not found in its own line: {pattern!r} in {self.source!r}")
        self.out += self.source[self.done : found.start()] + new
        self.done = found.end()

    def keep(self, pattern: str) -> None:
        """Step over the next match, which must not be searched, such as code."""
        if found := re.compile(pattern, re.DOTALL).search(self.source, self.done):
            self.out += self.source[self.done : found.end()]
            self.done = found.end()

    @property
    def result(self) -> str:
        """All of the source, with the replacements."""
        return self.out + self.source[self.done :]


def flexible(text: str) -> str:
    r"""Return a pattern for the text in which any space may be a line break.

    >>> bool(re.fullmatch(flexible("two words"), "two\n> words"))
    True
    """
    return GAP.join(map(re.escape, text.split(" ")))


def render_inline(source: str, tokens: Sequence[Token], page: Page) -> str:
    """Return the source lines with every MyST construct of their inline tokens resolved."""
    line = Line(source)
    endings: list[tuple[str, str] | None] = []
    for token, following in pairwise([*tokens, Token("end", "", 0)]):
        if token.type == "myst_role":
            role = rf"\{{{re.escape(token.meta['name'])}\}}(`+){flexible(token.content)}\1"
            line.replace(role, render_role(token.meta["name"], token.content, page))
        elif token.type == "code_inline":
            line.keep(rf"{token.markup}\s?{flexible(token.content)}\s?{token.markup}")
        elif token.type == "footnote_ref":
            line.replace(rf"\[\^{re.escape(token.meta['label'])}\]", footnote_mark(token.meta["label"], page))
        elif token.type == "link_open":
            endings.append(open_link(str(token.attrs["href"]), line, page, empty=following.type == "link_close"))
        elif token.type == "link_close" and (ending := endings.pop()):
            line.replace(*ending)
        elif token.type == "image":
            rehome_image(str(token.attrs["src"]), line)
        elif token.type == "span_open":
            raise ValueError(f"no rule for an attribute span: {source!r}")
    return line.result


def footnote_mark(label: str, page: Page) -> str:
    """Return the raised number of a footnote."""
    if label not in page.noted:
        page.noted.append(label)
    return f"<sup>[{page.noted.index(label) + 1}]</sup>"


def open_link(href: str, line: Line, page: Page, *, empty: bool) -> tuple[str, str] | None:
    """Begin a link to ``#label`` or ``page.md``, and return how it ends; a link to elsewhere stays as it is."""
    local = re.fullmatch(r"([\w-]*)(?:\.md)?(?:#([\w:-]+))?", href)
    if not local:
        return None
    target = page.book.find(local[2]) if local[2] else None
    name = target.page if target else local[1]
    title = (target.name if target else page.book.title(name)) if empty else ""
    linked = name in page.book.notebooks and name != page.name
    ending = rf"\]\(<?{re.escape(href)}>?\)"
    line.replace(rf"\[(?=(?:[^\[\]]|\[[^\]]*\])*{ending})", f"[{title}" if linked else title)
    return ending, f"]({name}.ipynb)" if linked else ""


def rehome_image(source: str, line: Line) -> None:
    """Make the path of an image start from the folder of the notebooks."""
    if "://" not in source and not source.startswith("data:"):
        line.replace(rf"\]\({re.escape(source)}", f"](../book/{source}")
